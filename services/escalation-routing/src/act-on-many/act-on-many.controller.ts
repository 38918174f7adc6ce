import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { BulkAct, type BulkResults, parseCaseId, ROUTING_MESSAGES, say } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, ProblemError, traceparentOf } from '@tocsin/runtime';
import { type Exchange, ExchangeOf } from '../exchange.js';
import { refuseUnknown } from '../known-targets.http.js';
import { PinnedConfigs } from '../pinned-configs.js';
import { resolutionOf } from '../respond-to-case/resolution-of.js';
import { speakerOf } from '../respond-to-case/speaker-of.js';
import type { Wish } from '../respond-to-case/respond-to-case.js';
import { ActOnMany, type RefusedPlace } from './act-on-many.js';

/** No case has this id: texts that name none are refused like ids that nobody knows. */
const NO_CASE = 0n;

@Controller('v1/cases/bulk')
@UseGuards(AccessGuard)
export class ActOnManyController {
  constructor(
    private readonly actOnMany: ActOnMany,
    private readonly configs: PinnedConfigs,
  ) {}

  @Post()
  @HttpCode(200)
  async act(
    @Body({ schema: BulkAct }) asked: BulkAct,
    @CallerOf() caller: Caller,
    @ExchangeOf() { headers }: Exchange,
  ): Promise<BulkResults> {
    const { tenant, actor } = caller;
    const { config } = this.configs.current();
    const { act, cases, allOrNone, person, via, note } = asked;
    const wish = wishOf(asked);
    if (wish?.to !== undefined) refuseUnknown({ member: 'to', targets: wish.to, ofService: true }, config);
    const said = {
      act,
      by: speakerOf(caller, person, config),
      body: { via, note },
      ...(wish === undefined ? {} : { wish }),
      traceparent: traceparentOf(headers.traceparent),
    };
    const key = headers['idempotency-key'];
    const outcome = await this.actOnMany.act({
      acts: cases.map((text) => ({
        text,
        request: { tenant, caseId: parseCaseId(text) ?? NO_CASE, ...said },
      })),
      allOrNone,
      ...(key === undefined
        ? {}
        : { key: { tenant, actor, key, request: JSON.stringify(['bulk', said.by, asked]) } }),
    });
    if (outcome === 'other-request')
      throw new ProblemError(409, ROUTING_MESSAGES.otherRequest.en, { type: 'other-request' });
    if ('noneDone' in outcome) throw noneDone(outcome.noneDone, cases.length);
    return outcome;
  }
}

function wishOf(asked: BulkAct): Wish | undefined {
  if (asked.act === 'reassign') return { to: asked.to };
  return asked.act === 'resolve' ? resolutionOf(asked).wish.wish : undefined;
}

const noneDone = (refused: readonly RefusedPlace[], of: number): ProblemError =>
  new ProblemError(409, say(ROUTING_MESSAGES.noneDone, 'en', { refused: refused.length, of }), {
    type: 'none-done',
    errors: refused.map(({ place, text, problem }) => ({
      pointer: `/cases/${place}`,
      detail: sentences(`${text}: ${problem.title}`, ...reasonsOf(problem)),
    })),
  });

/** Some end with a full stop, some do not. */
const sentences = (...parts: readonly string[]): string =>
  parts.map((part) => part.replace(/\.$/, '')).join('. ');

const reasonsOf = ({ details }: ProblemError): string[] => [
  ...(details.detail === undefined ? [] : [details.detail]),
  ...(details.errors ?? []).map(({ detail }) => detail),
];
