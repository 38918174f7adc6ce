import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { CoverageQuery, type CoverageView, isoOf, ROUTING_MESSAGES, say } from '@tocsin/contracts';
import { type Coverage, coverageText, type TimeSpan, zoneOf } from '@tocsin/rules';
import { AccessGuard, type Caller, CallerOf, ProblemError } from '@tocsin/runtime';
import { ClockStore } from '../clock.store.js';
import { LiveCoverReads } from './live-cover.js';
import { proveSlowly } from './prove-slowly.js';

const DAY_MS = 86_400_000;

/** A weekly window has thirteen in 90 days. */
const MOST_SHOWN = 10;

@Controller('v1/oncall/coverage')
@UseGuards(AccessGuard)
export class ShowCoverageController {
  constructor(
    private readonly live: LiveCoverReads,
    private readonly clock: ClockStore,
  ) {}

  @Get()
  async coverage(
    @Query({ schema: CoverageQuery }) { service, days }: CoverageQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<CoverageView> {
    const now = await this.clock.now();
    const { revision, config, live } = await this.live.read(tenant);
    if (service !== undefined && !Object.hasOwn(config.services, service))
      throw new ProblemError(404, say(ROUTING_MESSAGES.unknownService, 'en', { name: service }));
    const services = service === undefined ? undefined : [service];
    const proofs = await proveSlowly(config, live, { now, days, services });
    return {
      ...shown({ from: now, until: now + days * DAY_MS }),
      revision,
      proofs: proofs.map((proof) => viewOf(proof, coverageText(proof, days, zoneOf(config, proof.policy)))),
    };
  }
}

const viewOf = (
  { service, policy, priority, within, hole, muted, hushed = [] }: Coverage,
  text: CoverageView['proofs'][number]['text'],
): CoverageView['proofs'][number] => ({
  ...{ service, policy, priority, within, proved: hole === undefined, text },
  ...(hole === undefined ? {} : { hole: shown(hole) }),
  muted: muted.slice(0, MOST_SHOWN).map(shown),
  hushed: hushed.map(({ first, ...window }) => ({ ...window, first: shown(first) })),
});

const shown = ({ from, until }: TimeSpan): { from: string; until: string } => ({
  from: isoOf(from),
  until: isoOf(until),
});
