import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { NewEscalation, ROUTING_MESSAGES, type StartedEscalation } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, ProblemError, traceparentOf } from '@tocsin/runtime';
import { type Exchange, ExchangeOf } from '../exchange.js';
import { refuseUnknown } from '../known-targets.http.js';
import { PinnedConfigs } from '../pinned-configs.js';
import { PageByHand } from './page-by-hand.js';

@Controller('v1/escalations')
@UseGuards(AccessGuard)
export class PageByHandController {
  constructor(
    private readonly pageByHand: PageByHand,
    private readonly configs: PinnedConfigs,
  ) {}

  @Post()
  @HttpCode(201)
  async page(
    @Body({ schema: NewEscalation }) body: NewEscalation,
    @ExchangeOf() { headers }: Exchange,
    @CallerOf() { tenant, actor }: Caller,
  ): Promise<StartedEscalation> {
    refuseUnknown(
      { member: 'target', targets: body.target, ofService: false },
      this.configs.current().config,
    );
    const key = headers['idempotency-key'];
    const started = await this.pageByHand.page({
      tenant,
      by: actor,
      body,
      ...(key === undefined
        ? {}
        : { key: { tenant, actor, key, request: JSON.stringify(['page by hand', body]) } }),
      traceparent: traceparentOf(headers.traceparent),
    });
    if (started !== 'other-request') return started;
    throw new ProblemError(409, ROUTING_MESSAGES.otherRequest.en, { type: 'other-request' });
  }
}
