import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import {
  instantOf,
  MonitoredRulesQuery,
  type MonitoredRulesView,
  ROUTING_MESSAGES,
  say,
} from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, ProblemError } from '@tocsin/runtime';
import { ReportWatched } from './report-watched.js';

@Controller('v1/monitored-rules')
@UseGuards(AccessGuard)
export class ReportWatchedController {
  constructor(private readonly reportWatched: ReportWatched) {}

  @Get()
  async report(
    @Query({ schema: MonitoredRulesQuery }) { rule, from }: MonitoredRulesQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<MonitoredRulesView> {
    const since = from === undefined ? undefined : instantOf(from);
    const report = await this.reportWatched.report(tenant, rule, since);
    if (report === undefined)
      throw new ProblemError(404, say(ROUTING_MESSAGES.noSuchWatched, 'en', { name: rule ?? '' }));
    return report;
  }
}
