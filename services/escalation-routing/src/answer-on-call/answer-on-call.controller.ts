import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { instantOf, OnCallQuery, type OnCallView, ROUTING_MESSAGES, say } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, ProblemError } from '@tocsin/runtime';
import { ClockStore } from '../clock.store.js';
import { ShiftKnowledge } from '../known-shifts.js';
import { answerOnCall } from './answer-on-call.js';

@Controller('v1/oncall')
@UseGuards(AccessGuard)
export class AnswerOnCallController {
  constructor(
    private readonly knowledge: ShiftKnowledge,
    private readonly clock: ClockStore,
  ) {}

  @Get()
  async answer(
    @Query({ schema: OnCallQuery }) query: OnCallQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<OnCallView> {
    const { schedule, policy, role, 'as-of': then } = query;
    const at = query.at === undefined ? await this.clock.now() : instantOf(query.at);
    const asOf = then === undefined ? undefined : instantOf(then);
    const known = await this.knowledge.of(tenant, { from: at, until: at + 1 }, asOf);
    if (known === undefined)
      throw new ProblemError(404, say(ROUTING_MESSAGES.nothingKnown, 'en', { at: then ?? '' }));
    if (schedule !== undefined && !Object.hasOwn(known.config.schedules, schedule))
      throw new ProblemError(404, say(ROUTING_MESSAGES.unknownSchedule, 'en', { name: schedule }));
    if (policy !== undefined && !Object.hasOwn(known.config.policies, policy))
      throw new ProblemError(404, say(ROUTING_MESSAGES.unknownPolicy, 'en', { name: policy }));
    return answerOnCall(known, { at, asOf, schedule, policy, role });
  }
}
