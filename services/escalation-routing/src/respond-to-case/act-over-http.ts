import { type CaseAct, type CaseView, parseCaseId, ROUTING_MESSAGES } from '@tocsin/contracts';
import { type Caller, notFound, ProblemError, traceparentOf } from '@tocsin/runtime';
import type { Exchange } from '../exchange.js';
import { refuseUnknownPerson } from '../known-targets.http.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { AnswerOnce } from './answer-once.js';
import type { Act, Wish } from './respond-to-case.js';

export interface ActCall {
  readonly id: string;
  readonly act: Act;
  readonly body: CaseAct;
  readonly wish?: Wish;
  readonly caller: Caller;
  readonly exchange: Exchange;
}

/** The way of every act from a request to its answer: who speaks, which case, once per Idempotency-Key. */
export class ActOverHttp {
  constructor(
    private readonly answerOnce: AnswerOnce,
    private readonly configs: PinnedConfigs,
  ) {}

  async act({ id, act, body, wish, caller, exchange }: ActCall): Promise<CaseView> {
    const caseId = parseCaseId(id);
    if (caseId === undefined) throw notFound();
    const { headers } = exchange;
    const answer = await this.answerOnce.answer({
      request: {
        tenant: caller.tenant,
        caseId,
        act,
        by: this.speakerOf(caller, body.person),
        body,
        ...(wish === undefined ? {} : { wish }),
        ifMatch: headers['if-match'],
        traceparent: traceparentOf(headers.traceparent),
      },
      actor: caller.actor,
      idempotencyKey: headers['idempotency-key'],
    });
    exchange.setHeader('etag', answer.etag);
    return answer.view;
  }

  /** Operators and our own services may speak for a person; a responder's token speaks for itself. */
  private speakerOf({ role, actor }: Caller, person: string | undefined): string {
    if (person === undefined || person === actor) return actor;
    if (role === 'service') return person;
    if (role !== 'operator') throw new ProblemError(403, ROUTING_MESSAGES.speaksForOthers.en);
    refuseUnknownPerson('person', person, this.configs.current().config);
    return person;
  }
}
