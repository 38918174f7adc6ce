import { Controller, Get, Headers, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ConfigCopy } from '@tocsin/connections';
import {
  HEARTBEAT_SIGNS,
  type HeartbeatList,
  type HeartbeatSign,
  type HeartbeatView,
  isoOf,
  MONITORING_MESSAGES,
} from '@tocsin/contracts';
import type { HeartbeatState } from '@tocsin/rules';
import { Access, AccessGuard, type Caller, CallerOf, notFound, ProblemError } from '@tocsin/runtime';
import { HeartbeatStore } from './heartbeat.store.js';
import { isKeyOf } from './heartbeat-key.js';
import { WatchSilence } from './watch-silence.js';

/** Signs of life come from jobs that hold the heartbeat's key; people look with a token of the API. */
@Controller('v1/heartbeats')
export class HeartbeatsController {
  constructor(
    private readonly watch: WatchSilence,
    private readonly store: HeartbeatStore,
    private readonly access: Access,
    private readonly config: ConfigCopy,
  ) {}

  @Get()
  @UseGuards(AccessGuard)
  async list(@CallerOf() { tenant }: Caller): Promise<HeartbeatList> {
    const kept = new Map((await this.store.list(tenant)).map(({ name, state }) => [name, state]));
    const rules = this.config.current()?.config.heartbeats ?? {};
    return { heartbeats: Object.keys(rules).map((name) => viewOf(name, kept.get(name))) };
  }

  @Post(':name')
  @HttpCode(202)
  beat(@Param('name') name: string, @Headers('authorization') by?: string): Promise<HeartbeatView> {
    return this.hear(name, 'beat', by);
  }

  @Post(':name/:sign')
  @HttpCode(202)
  sign(
    @Param('name') name: string,
    @Param('sign') said: string,
    @Headers('authorization') by?: string,
  ): Promise<HeartbeatView> {
    const sign = HEARTBEAT_SIGNS.find((known) => known === said);
    if (sign === undefined) throw notFound();
    return this.hear(name, sign, by);
  }

  private async hear(name: string, sign: HeartbeatSign, authorization?: string): Promise<HeartbeatView> {
    const rule = this.watch.ruleOf(name);
    const caller = this.access.of(authorization);
    const allowed =
      (caller !== undefined && caller.role !== 'viewer') ||
      (rule !== undefined && isKeyOf(rule, authorization));
    // Whoever has no credential learns nothing of which names there are.
    if (!allowed)
      throw new ProblemError(401, 'No valid key', {
        detail: MONITORING_MESSAGES.needsKey.en,
        headers: { 'www-authenticate': 'Bearer' },
      });
    const tenant = caller?.tenant ?? this.config.current()?.config.tenant ?? 'default';
    const decision = await this.watch.hear(tenant, name, sign);
    if (decision === undefined) throw notFound();
    return viewOf(name, decision.state);
  }
}

/** One that is switched off has no state: nobody waits for it. */
function viewOf(name: string, state: HeartbeatState | undefined): HeartbeatView {
  if (state === undefined) return { name, status: 'off' };
  return {
    name,
    status: state.status,
    ...(state.heardAt === undefined ? {} : { heardAt: isoOf(state.heardAt) }),
    ...(state.status === 'missed'
      ? { reason: state.reason, missedAt: isoOf(state.missedAt) }
      : { dueAt: isoOf(state.dueAt) }),
  };
}
