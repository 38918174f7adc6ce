import { type Config, type Instant, isoOf } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { type Coverage, coverageText, resolveTargets, zoneOf } from '@tocsin/rules';
import { type Host, RepeatedLoop } from '@tocsin/runtime';
import type { NewShiftNotice, ShiftNoticeStore } from '../ask-cover/shift-notice.store.js';
import type { ClockStore } from '../clock.store.js';
import type { ConfigRevisions } from '../pinned-configs.js';
import type { RoutingMetrics } from '../routing-metrics.js';
import type { CoverageHoleStore } from './coverage-hole.store.js';
import type { LiveCoverReads, ProofGround } from './live-cover.js';
import { proveSlowly } from './prove-slowly.js';

const EVERY_MS = 1000;
const DAY_MS = 86_400_000;
const DAYS = 90;

interface Parts {
  readonly transactions: Transactions;
  readonly clock: ClockStore;
  readonly live: LiveCoverReads;
  readonly holes: CoverageHoleStore;
  readonly notices: ShiftNoticeStore;
  readonly revisions: Pick<ConfigRevisions, 'current'>;
  readonly metrics: Pick<RoutingMetrics, 'coverageHoles'>;
  readonly log: Host['log'];
}

/** What was proved last, and when it is proved anew though nothing has changed. */
interface Proved {
  readonly ground: string;
  readonly nextAt: Instant;
}

/**
 * Proves the coverage of 90 days anew each day, and whenever the config, shifts, maintenance or contacts have changed (X4); tells
 * of a hole when it appears. A process that starts proves once more, and tells nothing that was told.
 */
export class WatchCoverage extends RepeatedLoop {
  readonly name = 'watch the coverage';
  private proved: Proved | undefined;

  constructor(private readonly parts: Parts) {
    super({ everyMs: EVERY_MS, log: parts.log, failed: 'the coverage could not be proved, trying again' });
  }

  protected round(): Promise<unknown> {
    return this.watch();
  }

  /** Does nothing while everything is as it was and the day is not over. */
  async watch(): Promise<void> {
    const current = this.parts.revisions.current();
    if (current === undefined) return;
    const now = await this.parts.clock.now();
    const ground = await this.parts.live.read(current.config.tenant);
    const key = groundKey(ground);
    if (this.proved?.ground === key && now < this.proved.nextAt) return;
    const proofs = await proveSlowly(ground.config, ground.live, { now, days: DAYS });
    await this.tell(ground, proofs, now);
    this.proved = { ground: key, nextAt: now + DAY_MS };
  }

  private async tell({ config }: ProofGround, proofs: readonly Coverage[], now: Instant): Promise<void> {
    const { transactions, holes, notices, metrics } = this.parts;
    const open = proofs.flatMap(({ hole, ...proof }) => (hole === undefined ? [] : [{ ...proof, hole }]));
    await transactions.run('cold', async (tx) => {
      const found = open.map(({ service, priority, hole: { from, until } }) => {
        return { service, priority, from, until };
      });
      const fresh = await holes.keep(tx, config.tenant, found);
      const told = open.filter((one) =>
        fresh.some(({ service, priority }) => service === one.service && priority === one.priority),
      );
      await notices.tell(
        tx,
        config.tenant,
        told.flatMap((coverage) => noticesOf(coverage, config, now)),
      );
    });
    for (const priority of ['P1', 'P2'] as const)
      metrics.coverageHoles.set({ priority }, open.filter((one) => one.priority === priority).length);
  }
}

const groundKey = ({ revision, versions }: ProofGround): string =>
  `${revision} ${versions.shifts} ${versions.windows} ${versions.contacts}`;

type OpenCoverage = Coverage & { readonly hole: NonNullable<Coverage['hole']> };

/** To Tier 2 of the service, to its manager where it has none, else to its team. */
function noticesOf(coverage: OpenCoverage, config: Config, now: Instant): NewShiftNotice[] {
  const { service, priority, policy, hole } = coverage;
  const text = coverageText(coverage, DAYS, zoneOf(config, policy));
  const [from, until] = [isoOf(hole.from), isoOf(hole.until)];
  return ownersOf(config, service, now).map((person) => ({
    key: `coverage-hole ${priority} ${service} ${from} ${person}`,
    ...{ kind: 'coverage-hole', person, service, priority, from, until, text },
  }));
}

function ownersOf(config: Config, service: string, at: Instant): string[] {
  const team = config.services[service]?.team ?? '';
  const rungs = [
    [{ kind: 'ladder', level: 'tier2' }],
    [{ kind: 'ladder', level: 'manager' }],
    [{ kind: 'team', name: team }],
  ] as const;
  const persons = rungs.map((targets) => resolveTargets(targets, { config, service, at }).persons);
  return (persons.find((found) => found.length > 0) ?? []).map(({ person }) => person);
}
