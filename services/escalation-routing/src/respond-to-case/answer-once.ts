import { CaseView, ROUTING_MESSAGES } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { ProblemError } from '@tocsin/runtime';
import { etagOf, viewOf } from '../case-view.js';
import type { KeptAnswerStore, RequestKey } from './kept-answer.store.js';
import { problemOf } from './refusals.http.js';
import type { ActRefusal, CaseRequest, RespondToCase } from './respond-to-case.js';

export interface KeyedRequest {
  readonly request: CaseRequest;
  /** Whose Idempotency-Key it is. */
  readonly actor: string;
  readonly idempotencyKey: string | undefined;
}

export interface CaseAnswer {
  readonly view: CaseView;
  readonly etag: string;
}

type Outcome = CaseAnswer | { readonly refused: ActRefusal } | 'other-request';

/** An act on a case over HTTP: with an Idempotency-Key the second identical request gets the first one's answer. */
export class AnswerOnce {
  constructor(
    private readonly transactions: Transactions,
    private readonly kept: KeptAnswerStore,
    private readonly respondToCase: RespondToCase,
  ) {}

  /** @throws ProblemError when the act is refused; nothing has changed then, and no answer is kept */
  async answer({ request, actor, idempotencyKey }: KeyedRequest): Promise<CaseAnswer> {
    const outcome = await this.outcomeOf(request, keyOf(request, actor, idempotencyKey));
    if (outcome === 'other-request')
      throw new ProblemError(409, ROUTING_MESSAGES.otherRequest.en, { type: 'other-request' });
    if ('refused' in outcome) throw problemOf(outcome.refused);
    return outcome;
  }

  private async outcomeOf(request: CaseRequest, key: RequestKey | undefined): Promise<Outcome> {
    return this.transactions.run('hot', async (tx) => {
      const before = key === undefined ? undefined : await this.kept.take(tx, key);
      if (before === 'other-request') return before;
      if (before !== undefined) return answerOf(CaseView.parse(JSON.parse(before.answer)));
      const result = await this.respondToCase.respondIn(tx, request);
      if (!result.ok) return { refused: result.refused };
      const view = viewOf(result.case);
      if (key !== undefined) await this.kept.keep(tx, key, { status: 200, answer: JSON.stringify(view) });
      return answerOf(view);
    });
  }
}

const answerOf = (view: CaseView): CaseAnswer => ({ view, etag: etagOf(view) });

const keyOf = (
  { tenant, caseId, act, by, body, wish }: CaseRequest,
  actor: string,
  key: string | undefined,
): RequestKey | undefined =>
  key === undefined
    ? undefined
    : {
        tenant,
        actor,
        key,
        request: JSON.stringify([caseId.toString(), act, by, body, ...(wish === undefined ? [] : [wish])]),
      };
