import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { instantOf, OnCallQuery, type OnCallView, ROUTING_MESSAGES, say } from '@tocsin/contracts';
import { AccessGuard, ProblemError } from '@tocsin/runtime';
import { ClockStore } from '../clock.store.js';
import { PinnedConfigs } from '../pinned-configs.js';
import { answerOnCall } from './answer-on-call.js';

@Controller('v1/oncall')
@UseGuards(AccessGuard)
export class AnswerOnCallController {
  constructor(
    private readonly configs: PinnedConfigs,
    private readonly clock: ClockStore,
  ) {}

  @Get()
  async answer(@Query({ schema: OnCallQuery }) query: OnCallQuery): Promise<OnCallView> {
    const current = this.configs.current();
    const { schedule, policy } = query;
    if (schedule !== undefined && !Object.hasOwn(current.config.schedules, schedule))
      throw new ProblemError(404, say(ROUTING_MESSAGES.unknownSchedule, 'en', { name: schedule }));
    if (policy !== undefined && !Object.hasOwn(current.config.policies, policy))
      throw new ProblemError(404, say(ROUTING_MESSAGES.unknownPolicy, 'en', { name: policy }));
    const at = query.at === undefined ? await this.clock.now() : instantOf(query.at);
    return answerOnCall(current, { at, schedule, policy });
  }
}
