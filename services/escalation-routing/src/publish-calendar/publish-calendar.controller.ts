import { Controller, Get, Header, Param, Query, UseGuards } from '@nestjs/common';
import { CalendarQuery, ROUTING_MESSAGES, say } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, ProblemError } from '@tocsin/runtime';
import { ClockStore } from '../clock.store.js';
import { ShiftKnowledge } from '../known-shifts.js';
import { calendarEntries } from './calendar-entries.js';
import { renderCalendar } from './render-calendar.js';
import { SHOWN_AHEAD_MS, SHOWN_BACK_MS } from './shown-window.js';

@Controller('v1/schedules')
@UseGuards(AccessGuard)
export class PublishCalendarController {
  constructor(
    private readonly knowledge: ShiftKnowledge,
    private readonly clock: ClockStore,
  ) {}

  @Get(':name/calendar.ics')
  @Header('content-type', 'text/calendar; charset=utf-8')
  async calendar(
    @Param('name') schedule: string,
    @Query({ schema: CalendarQuery }) { role }: CalendarQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<string> {
    const now = await this.clock.now();
    const window = { from: now - SHOWN_BACK_MS, until: now + SHOWN_AHEAD_MS };
    const known = await this.knowledge.of(tenant, window);
    if (known === undefined || !Object.hasOwn(known.config.schedules, schedule))
      throw new ProblemError(404, say(ROUTING_MESSAGES.unknownSchedule, 'en', { name: schedule }));
    return renderCalendar({
      name: schedule,
      entries: calendarEntries({ ...known, schedule, role, window }),
      now,
    });
  }
}
