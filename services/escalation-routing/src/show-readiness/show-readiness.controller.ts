import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { isoOf, ReadinessQuery, type ReadinessView } from '@tocsin/contracts';
import { type Missing, missingText, type Readiness, readinessOf } from '@tocsin/rules';
import { AccessGuard, type Caller, CallerOf } from '@tocsin/runtime';
import { ClockStore } from '../clock.store.js';
import { LiveCoverReads } from '../watch-coverage/live-cover.js';

@Controller('v1/readiness')
@UseGuards(AccessGuard)
export class ShowReadinessController {
  constructor(
    private readonly live: LiveCoverReads,
    private readonly clock: ClockStore,
  ) {}

  @Get()
  async readiness(
    @Query({ schema: ReadinessQuery }) { person, missing }: ReadinessQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<ReadinessView> {
    const now = await this.clock.now();
    const { revision, config, live } = await this.live.read(tenant);
    const { changes, contacts } = live;
    const found = readinessOf(config, { changes, contacts, now }).filter(
      (one) => (person === undefined || one.person === person) && (!missing || one.missing.length > 0),
    );
    return { at: isoOf(now), revision, persons: found.map(viewOf) };
  }
}

type View = ReadinessView['persons'][number];

const viewOf = ({ person, by, nextShift, reachable, missing }: Readiness): View => ({
  ...{ person, askedBy: [...by], reachable, ready: missing.length === 0, missing: missing.map(missingView) },
  ...(nextShift === undefined
    ? {}
    : {
        nextShift: {
          schedule: nextShift.schedule,
          from: isoOf(nextShift.from),
          until: isoOf(nextShift.until),
        },
      }),
});

const missingView = (missing: Missing): View['missing'][number] => ({
  what: missing.what,
  ...('methods' in missing ? { methods: [...missing.methods] } : {}),
  ...('priorities' in missing ? { priorities: [...missing.priorities] } : {}),
  text: missingText(missing),
});
