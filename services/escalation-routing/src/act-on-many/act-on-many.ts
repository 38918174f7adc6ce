import { type BulkResult, BulkResults, caseIdText } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import type { ProblemError } from '@tocsin/runtime';
import type { KeptAnswerStore, RequestKey } from '../respond-to-case/kept-answer.store.js';
import { problemOf } from '../respond-to-case/refusals.http.js';
import type { CaseRequest, RespondToCase } from '../respond-to-case/respond-to-case.js';

/** One act on many cases, each at most once. */
export interface ManyRequest {
  /** In the caller's order; `text` is the id as it was given. */
  readonly acts: readonly { readonly text: string; readonly request: CaseRequest }[];
  /** Nothing is done when one of them is refused. */
  readonly allOrNone: boolean;
  readonly key?: RequestKey | undefined;
}

/** Why nothing was done: what a case refused, and its place in the caller's list. */
export interface RefusedPlace {
  readonly place: number;
  readonly text: string;
  readonly problem: ProblemError;
}

export type ManyOutcome = BulkResults | 'other-request' | { readonly noneDone: readonly RefusedPlace[] };

/** Acts on many cases in one transaction: what one of them refuses is its own result, as if it had been asked alone. */
export class ActOnMany {
  constructor(
    private readonly transactions: Transactions,
    private readonly kept: KeptAnswerStore,
    private readonly respondToCase: RespondToCase,
  ) {}

  /** With a key the second identical request gets the first one's answer; where nothing was done, none is kept. */
  act(request: ManyRequest): Promise<ManyOutcome> {
    const { key } = request;
    return this.transactions.run('hot', async (tx) => {
      const before = key === undefined ? undefined : await this.kept.take(tx, key);
      if (before === 'other-request') return before;
      if (before !== undefined) return BulkResults.parse(JSON.parse(before.answer));
      const outcome = await this.actIn(tx, request);
      if ('results' in outcome && key !== undefined)
        await this.kept.keep(tx, key, { status: 200, answer: JSON.stringify(outcome) });
      return outcome;
    });
  }

  private async actIn(
    tx: Tx,
    { acts, allOrNone }: ManyRequest,
  ): Promise<Exclude<ManyOutcome, 'other-request'>> {
    const requests = acts.map(({ request }) => request);
    const answered = await this.respondToCase.respondToAllIn(tx, requests, { allOrNone });
    const refused = answered.flatMap((result, place): RefusedPlace[] =>
      result.ok ? [] : [{ place, text: acts[place]?.text ?? '', problem: problemOf(result.refused) }],
    );
    if (allOrNone && refused.length > 0) return { noneDone: refused };
    const problems = new Map(refused.map((each) => [each.place, each]));
    const results = answered.flatMap((result, place): BulkResult[] => {
      const problem = problems.get(place);
      if (problem !== undefined) return [errorOf(problem)];
      if (!result.ok) return [];
      const { id, state, version } = result.case;
      return [{ case: caseIdText(id), status: 200, state, version }];
    });
    return { done: results.length - refused.length, refused: refused.length, results };
  }
}

const errorOf = ({ text, problem }: RefusedPlace): BulkResult => ({
  case: text,
  status: problem.status,
  error: problem.body(),
});
