import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { AccessGuard, type Caller, CallerOf } from '@tocsin/runtime';
import { z } from 'zod';
import { DatabaseClock } from '../accept-event/database-clock.js';
import { readQuery } from '../read-query.js';
import { ConservationCounters } from './conservation-counters.js';
import { type ConservationMinute, ConservationStore } from './conservation.store.js';
import { OUTCOMES } from './tally.js';

const HOUR = 3_600_000;
const MOST_HOURS = 24 * 31;

const RangeQuery = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

/** Per source and minute: what was received, and what became of it. Unequal sides mean that an event was lost. */
@Controller('v1/intake/conservation')
@UseGuards(AccessGuard)
export class ConservationController {
  constructor(
    private readonly store: ConservationStore,
    private readonly counters: ConservationCounters,
    private readonly clock: DatabaseClock,
  ) {}

  /** Minutes that begin in [from, to); by default the last hour. */
  @Get()
  async show(@Query() query: unknown, @CallerOf() { tenant }: Caller): Promise<object> {
    const range = readQuery(RangeQuery, query);
    const to = range.to === undefined ? this.clock.now() + 1 : Date.parse(range.to);
    const from = Math.max(
      range.from === undefined ? to - HOUR : Date.parse(range.from),
      to - MOST_HOURS * HOUR,
    );
    await this.counters.flush();
    const rows = await this.store.between(tenant, new Date(from).toISOString(), new Date(to).toISOString());
    const minutes = rows.map((row) => ({
      ...row,
      minute: row.minute.toISOString(),
      balanced: isBalanced(row),
    }));
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      total: totalOf(rows),
      minutes,
    };
  }
}

type Counts = Pick<ConservationMinute, 'received' | (typeof OUTCOMES)[number]>;

const isBalanced = (counts: Counts): boolean =>
  counts.received === OUTCOMES.reduce((sum, name) => sum + counts[name], 0);

function totalOf(rows: readonly Counts[]): object {
  const total = { received: 0, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 };
  for (const row of rows) for (const name of ['received', ...OUTCOMES] as const) total[name] += row[name];
  return { ...total, balanced: isBalanced(total) };
}
