import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import {
  type Config,
  NewEscalation,
  ROUTING_MESSAGES,
  say,
  type StartedEscalation,
  type Target,
} from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, ProblemError, traceparentOf } from '@tocsin/runtime';
import { type Exchange, ExchangeOf } from '../exchange.js';
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
    refuseUnknown(body.target, this.configs.current().config);
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

/** @throws ProblemError when a target's name is not in the config, or only a service would say whom it means */
function refuseUnknown(targets: readonly Target[], config: Config): void {
  const errors = targets.flatMap((target, n) => {
    const detail = faultOf(target, config);
    return detail === undefined ? [] : [{ pointer: `/target/${n}`, detail }];
  });
  if (errors.length > 0) throw new ProblemError(422, 'The request does not fit the config', { errors });
}

function faultOf(target: Target, config: Config): string | undefined {
  if (target.kind === 'everyone') return undefined;
  if (target.kind === 'ladder') return say(ROUTING_MESSAGES.needsService, 'en', { level: target.level });
  const known = { person: config.people, team: config.teams, schedule: config.schedules }[target.kind];
  if (Object.hasOwn(known, target.name)) return undefined;
  return say(ROUTING_MESSAGES.unknownTarget, 'en', { kind: target.kind, name: target.name });
}
