import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { instantOf, isoOf, ROUTING_MESSAGES, ShiftsQuery, type ShiftsView, say } from '@tocsin/contracts';
import type { TimeSpan } from '@tocsin/rules';
import { AccessGuard, type Caller, CallerOf, ProblemError } from '@tocsin/runtime';
import { ClockStore } from '../clock.store.js';
import { ShiftKnowledge } from '../known-shifts.js';
import { showShifts } from './show-shifts.js';

const DAY_MS = 86_400_000;
const SHOWN_MS = 14 * DAY_MS;
const LONGEST_MS = 400 * DAY_MS;

@Controller('v1/oncall/shifts')
@UseGuards(AccessGuard)
export class ShowShiftsController {
  constructor(
    private readonly knowledge: ShiftKnowledge,
    private readonly clock: ClockStore,
  ) {}

  @Get()
  async shifts(
    @Query({ schema: ShiftsQuery }) query: ShiftsQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<ShiftsView> {
    const window = await this.windowOf(query);
    const { schedule, person, role, 'as-of': asOf } = query;
    const known = await this.knowledge.of(tenant, window, asOf === undefined ? undefined : instantOf(asOf));
    const unknown = schedule !== undefined && !Object.hasOwn(known?.config.schedules ?? {}, schedule);
    if (known === undefined || unknown)
      throw new ProblemError(404, say(ROUTING_MESSAGES.unknownSchedule, 'en', { name: schedule ?? '' }));
    return {
      from: isoOf(window.from),
      until: isoOf(window.until),
      ...(asOf === undefined ? {} : { asOf }),
      revision: known.revision,
      shifts: showShifts(known, { window, schedule, person, role }),
    };
  }

  private async windowOf(query: ShiftsQuery): Promise<TimeSpan> {
    const from = query.from === undefined ? await this.clock.now() : instantOf(query.from);
    const until = query.until === undefined ? from + SHOWN_MS : instantOf(query.until);
    if (until > from && until - from <= LONGEST_MS) return { from, until };
    throw new ProblemError(422, 'The query does not fit', {
      errors: [{ pointer: '/until', detail: ROUTING_MESSAGES.windowTooLong.en }],
    });
  }
}
