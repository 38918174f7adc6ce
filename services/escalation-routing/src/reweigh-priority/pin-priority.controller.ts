import { Body, Controller, Delete, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  type CaseView,
  parseCaseId,
  PinnedPriority,
  PIN_TEXTS,
  ROUTING_MESSAGES,
  say,
} from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, notFound, ProblemError, traceparentOf } from '@tocsin/runtime';
import { etagOf } from '../case-view.js';
import { type Exchange, ExchangeOf } from '../exchange.js';
import { PinPriority, type PinRefusal, type PinRequest } from './pin-priority.js';

@Controller('v1/cases/:id/priority')
@UseGuards(AccessGuard)
export class PinPriorityController {
  constructor(private readonly pinPriority: PinPriority) {}

  @Post()
  @HttpCode(200)
  pin(
    @Param('id') id: string,
    @Body({ schema: PinnedPriority }) { set, reason, until }: PinnedPriority,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    const ends = until === undefined ? {} : { until: Date.parse(until) };
    return this.act(id, { priority: set, reason, ...ends }, caller, exchange);
  }

  @Delete()
  unpin(
    @Param('id') id: string,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    return this.act(id, undefined, caller, exchange);
  }

  private async act(
    id: string,
    pin: PinRequest['pin'],
    { tenant, actor }: Caller,
    { headers, setHeader }: Exchange,
  ): Promise<CaseView> {
    const caseId = parseCaseId(id);
    if (caseId === undefined) throw notFound();
    const key = headers['idempotency-key'];
    const request = JSON.stringify(['priority', caseId.toString(), pin]);
    const result = await this.pinPriority.pin({
      ...{ tenant, caseId, by: actor, pin },
      ifMatch: headers['if-match'],
      ...(key === undefined ? {} : { key: { tenant, actor, key, request } }),
      traceparent: traceparentOf(headers.traceparent),
    });
    if (!result.ok) throw problemOf(result.refused);
    setHeader('etag', etagOf(result.view));
    return result.view;
  }
}

function problemOf(refused: PinRefusal): ProblemError {
  switch (refused.reason) {
    case 'unknown-case':
      return notFound();
    case 'other-version':
      return new ProblemError(412, ROUTING_MESSAGES.otherVersion.en, {
        type: 'other-version',
        headers: { etag: `"${refused.version}"` },
      });
    case 'below-floor':
      return new ProblemError(409, say(PIN_TEXTS.belowFloor, 'en', refused), { type: 'below-floor' });
    case 'past-until':
      return new ProblemError(422, 'The request does not fit its schema', {
        errors: [{ pointer: '/until', detail: PIN_TEXTS.pastUntil.en }],
      });
    case 'not-pinned':
      return new ProblemError(409, PIN_TEXTS.notPinned.en, { type: 'not-pinned' });
    case 'merged':
      return new ProblemError(409, ROUTING_MESSAGES.isMerged.en, { type: 'merged' });
    case 'already-resolved':
      return new ProblemError(409, ROUTING_MESSAGES.alreadyResolved.en, { type: 'already-resolved' });
    case 'other-request':
      return new ProblemError(409, ROUTING_MESSAGES.otherRequest.en, { type: 'other-request' });
  }
}
