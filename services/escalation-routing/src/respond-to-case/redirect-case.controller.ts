import { Body, Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  AddResponder,
  type CaseView,
  instantOf,
  OwnerTimesOfCase,
  ReassignCase,
  SnoozeCase,
} from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf } from '@tocsin/runtime';
import { type Exchange, ExchangeOf } from '../exchange.js';
import { refuseUnknown, refuseUnknownPerson } from '../known-targets.http.js';
import { PinnedConfigs } from '../pinned-configs.js';
import { ActOverHttp } from './act-over-http.js';

/** Acts that change whom a case pages, or when. */
@Controller('v1/cases/:id')
@UseGuards(AccessGuard)
export class RedirectCaseController {
  constructor(
    private readonly overHttp: ActOverHttp,
    private readonly configs: PinnedConfigs,
  ) {}

  @Post('snooze')
  @HttpCode(200)
  snooze(
    @Param('id') id: string,
    @Body({ schema: SnoozeCase }) { until, for: seconds, reason, ...body }: SnoozeCase,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    const time = until === undefined ? { seconds: seconds ?? 0 } : { until: instantOf(until) };
    return this.overHttp.act({ id, act: 'snooze', body, wish: { reason, ...time }, caller, exchange });
  }

  @Post('owner-times')
  @HttpCode(200)
  ownerTimes(
    @Param('id') id: string,
    @Body({ schema: OwnerTimesOfCase })
    { until, for: seconds, reason, remind, reopen, ...body }: OwnerTimesOfCase,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    const time = until === undefined ? { seconds: seconds ?? 0 } : { until: instantOf(until) };
    const wish = { reason, remind, reopen, ...time };
    return this.overHttp.act({ id, act: 'owner-times', body, wish, caller, exchange });
  }

  @Post('reassign')
  @HttpCode(200)
  reassign(
    @Param('id') id: string,
    @Body({ schema: ReassignCase }) { to, ...body }: ReassignCase,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    refuseUnknown({ member: 'to', targets: to, ofService: true }, this.configs.current().config);
    return this.overHttp.act({ id, act: 'reassign', body, wish: { to }, caller, exchange });
  }

  @Post('responders')
  @HttpCode(200)
  addResponder(
    @Param('id') id: string,
    @Body({ schema: AddResponder }) { person: responder, by, ...said }: AddResponder,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    refuseUnknownPerson('person', responder, this.configs.current().config);
    const body = { ...said, ...(by === undefined ? {} : { person: by }) };
    return this.overHttp.act({ id, act: 'add-responder', body, wish: { responder }, caller, exchange });
  }
}
