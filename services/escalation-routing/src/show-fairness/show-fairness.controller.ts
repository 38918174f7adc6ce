import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import {
  FairnessQuery,
  type FairnessView,
  type Instant,
  instantOf,
  ROUTING_MESSAGES,
  say,
} from '@tocsin/contracts';
import type { TimeSpan } from '@tocsin/rules';
import { AccessGuard, type Caller, CallerOf, ProblemError } from '@tocsin/runtime';
import { ClockStore } from '../clock.store.js';
import { ShiftKnowledge } from '../known-shifts.js';
import { showFairness } from './show-fairness.js';

const DAY_MS = 86_400_000;
const SHOWN_MS = 90 * DAY_MS;
const LONGEST_MS = 400 * DAY_MS;

@Controller('v1/oncall/fairness')
@UseGuards(AccessGuard)
export class ShowFairnessController {
  constructor(
    private readonly knowledge: ShiftKnowledge,
    private readonly clock: ClockStore,
  ) {}

  @Get()
  async fairness(
    @Query({ schema: FairnessQuery }) query: FairnessQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<FairnessView> {
    const { schedule, calendar, 'as-of': then } = query;
    const window = windowOf(query, await this.clock.now());
    const known = await this.knowledge.of(tenant, window, then === undefined ? undefined : instantOf(then));
    if (known === undefined)
      throw new ProblemError(404, say(ROUTING_MESSAGES.nothingKnown, 'en', { at: then ?? '' }));
    mustKnow(known.config.schedules, schedule, 'unknownSchedule');
    mustKnow(known.config.calendars, calendar, 'unknownCalendar');
    const shown = showFairness(known, { window, schedule, calendar });
    return then === undefined ? shown : { ...shown, asOf: then };
  }
}

function windowOf(query: FairnessQuery, now: Instant): TimeSpan {
  const until = query.until === undefined ? now : instantOf(query.until);
  const from = query.from === undefined ? until - SHOWN_MS : instantOf(query.from);
  if (from < until && until - from <= LONGEST_MS) return { from, until };
  throw new ProblemError(422, 'The query does not fit', {
    errors: [{ pointer: '/until', detail: ROUTING_MESSAGES.windowTooLong.en }],
  });
}

function mustKnow(
  names: Readonly<Record<string, unknown>>,
  name: string | undefined,
  message: 'unknownSchedule' | 'unknownCalendar',
): void {
  if (name !== undefined && !Object.hasOwn(names, name))
    throw new ProblemError(404, say(ROUTING_MESSAGES[message], 'en', { name }));
}
