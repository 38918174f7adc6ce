import { type CaseAct, type CaseView, parseCaseId } from '@tocsin/contracts';
import { type Caller, notFound, traceparentOf } from '@tocsin/runtime';
import type { Exchange } from '../exchange.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { AnswerOnce } from './answer-once.js';
import type { Act, Wish } from './respond-to-case.js';
import { speakerOf } from './speaker-of.js';

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
        by: speakerOf(caller, body.person, this.configs.current().config),
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
}
