import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { instantOf, isoOf, IsoInstant, PAGE_ENDS, type PageBalance } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf } from '@tocsin/runtime';
import { z } from 'zod';
import { BalanceStore, isBalanced, type MinuteBalance } from './balance.store.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MOST_HOURS = 24 * 7;

const RangeQuery = z.object({ from: IsoInstant.optional(), to: IsoInstant.optional() });

/** `GET /v1/deliveries/balance`: what became of the pages of each minute; by default of the last hour. */
@Controller('/v1/deliveries/balance')
@UseGuards(AccessGuard)
export class BalanceController {
  constructor(private readonly store: BalanceStore) {}

  @Get()
  async show(
    @Query({ schema: RangeQuery }) range: z.infer<typeof RangeQuery>,
    @CallerOf() { tenant }: Caller,
  ): Promise<PageBalance> {
    const to = range.to === undefined ? (await this.store.now()) + 1 : instantOf(range.to);
    const wanted = range.from === undefined ? to - HOUR : instantOf(range.from);
    const from = wholeMinute(Math.max(wanted, to - MOST_HOURS * HOUR));
    const minutes = await this.store.between(tenant, { from, to });
    return {
      ...{ from: isoOf(from), to: isoOf(to), total: totalOf(minutes) },
      minutes: minutes.map((one) => ({ ...one, minute: isoOf(one.minute) })),
    };
  }
}

/** Half a minute would have half of its pages beside all that it planned. */
const wholeMinute = (at: number): number => Math.floor(at / MINUTE) * MINUTE;

function totalOf(minutes: readonly MinuteBalance[]): PageBalance['total'] {
  const total = { planned: 0, delivered: 0, failed: 0, cancelled: 0, suppressed: 0, open: 0 };
  for (const one of minutes) for (const name of ['planned', ...PAGE_ENDS] as const) total[name] += one[name];
  return { ...total, balanced: isBalanced(total) && minutes.every(({ balanced }) => balanced) };
}
