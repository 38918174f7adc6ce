import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { GapsQuery, type GapsView, instantOf, ROUTING_MESSAGES, say } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, ProblemError } from '@tocsin/runtime';
import { ClockStore } from '../clock.store.js';
import { LiveContacts } from '../know-contacts/live-contacts.js';
import { ShiftKnowledge } from '../known-shifts.js';
import { showGaps } from './show-gaps.js';

const DAY_MS = 86_400_000;
const SHOWN_MS = 90 * DAY_MS;
const LONGEST_MS = 400 * DAY_MS;

@Controller('v1/oncall/gaps')
@UseGuards(AccessGuard)
export class ShowGapsController {
  constructor(
    private readonly knowledge: ShiftKnowledge,
    private readonly clock: ClockStore,
    private readonly contacts: LiveContacts,
  ) {}

  @Get()
  async gaps(
    @Query({ schema: GapsQuery }) query: GapsQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<GapsView> {
    const from = query.from === undefined ? await this.clock.now() : instantOf(query.from);
    const until = query.until === undefined ? from + SHOWN_MS : instantOf(query.until);
    if (until <= from || until - from > LONGEST_MS)
      throw new ProblemError(422, 'The query does not fit', {
        errors: [{ pointer: '/until', detail: ROUTING_MESSAGES.windowTooLong.en }],
      });
    const known = await this.knowledge.of(tenant, { from, until });
    const { schedule, role } = query;
    if (known === undefined || (schedule !== undefined && !Object.hasOwn(known.config.schedules, schedule)))
      throw new ProblemError(404, say(ROUTING_MESSAGES.unknownSchedule, 'en', { name: schedule ?? '' }));
    const contacts = await this.contacts.read(tenant, known.config);
    return showGaps({ ...known, contacts }, { window: { from, until }, schedule, role });
  }
}
