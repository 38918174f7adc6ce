import type { Config, Instant, MaintenanceEvent } from '@tocsin/contracts';
import type { EventLog, NewEvent, Transactions, Tx } from '@tocsin/event-log';
import { isTransient } from '@tocsin/postgres';
import {
  configWindows,
  hooksDue,
  maintenanceEventOf,
  recordedChanges,
  type ToldWindows,
  type WindowsChange,
} from '@tocsin/rules';
import type { Host } from '@tocsin/runtime';
import type { TimerNames } from '../advance-due/advance-due.loop.js';
import { NOW } from '../json-rows.js';
import type { ConfigRevisions } from '../pinned-configs.js';
import type { PoolReads } from '../pool-reads.js';
import type { QuietWindowStore } from '../quiet-window.store.js';
import type { PassRoutingFailpoint } from '../routing-failpoints.js';
import { versionsBeside } from '../versions-beside.js';
import type { HeardRevision, MaintenanceGlance, MaintenanceToldStore } from './maintenance-told.store.js';

export const MAINTENANCE_TIMERS: TimerNames = { loop: 'tell of maintenance', check: 'timers of maintenance' };

interface Parts {
  readonly transactions: Transactions;
  readonly eventLog: EventLog;
  readonly reads: PoolReads;
  readonly revisions: ConfigRevisions;
  readonly windows: QuietWindowStore;
  readonly told: MaintenanceToldStore;
  readonly pass: PassRoutingFailpoint;
  readonly log: Host['log'];
}

type InForce = NonNullable<ReturnType<ConfigRevisions['current']>>;

/** A clock that is behind what was told by more than this was wrong when it was told. */
const FAR_AHEAD_MS = 86_400_000;

/**
 * Tells on topic `maintenance` what becomes of maintenance windows, once each: what was told, and the event, commit
 * together. Every process does, and which of them does it makes no difference.
 */
export class TellMaintenance {
  constructor(private readonly parts: Parts) {}

  /** @returns 0: one call tells all that there is to tell */
  async advance(): Promise<number> {
    const { transactions, reads, revisions, told } = this.parts;
    const current = revisions.current();
    if (current === undefined) return 0;
    const glance = await told.glance(reads, current.config.tenant);
    if (isDue(glance, current.revision)) await transactions.run('cold', (tx) => this.tell(tx, current));
    return 0;
  }

  advanceSingly(): Promise<number> {
    return this.advance();
  }

  async untilNext(): Promise<number | undefined> {
    const { reads, revisions, told } = this.parts;
    const tenant = revisions.current()?.config.tenant;
    if (tenant === undefined) return undefined;
    const { now, next_at: next } = await told.glance(reads, tenant);
    return next === null ? undefined : next - now;
  }

  private async tell(tx: Tx, current: InForce): Promise<void> {
    const { told, eventLog, pass, log } = this.parts;
    const { tenant } = current.config;
    const before = await told.lock(tx, tenant);
    const now = await clock(tx);
    // Read before the windows: one that changes meanwhile is looked at again.
    const { windows: version } = await versionsBeside(tx, tenant);
    const revisions = await this.revisionsSince(tx, before, current, now);
    const known = before ?? { until: Math.min(now, revisions[0]?.at ?? now), revision: 0, windows: {} };
    const changes = [...revisions, ...(await this.byHandSince(tx, tenant, known))];
    const due = hooksDue(known, changes, now);
    const fresh = await told.tell(
      tx,
      tenant,
      due.hooks.map((hook) => maintenanceEventOf(hook, tenant, now)),
    );
    await told.keep(tx, tenant, due.told, { version, nextAt: due.nextAt });
    pass('maintenance.after_told');
    if (fresh.length > 0) await eventLog.append(tx, fresh.map(appendedOf));
    pass('maintenance.after_append');
    const { missed } = due;
    if (missed > 0)
      tx.afterCommit(() =>
        log.warn({ missed }, 'of maintenance more than a day ago nothing is told any more'),
      );
  }

  private async byHandSince(tx: Tx, tenant: string, known: ToldWindows): Promise<WindowsChange[]> {
    return recordedChanges(known, await this.parts.windows.touching(tx, tenant, known.until));
  }

  /** A process that works by an older revision than was told of leaves the config to those who are ahead of it. */
  private async revisionsSince(
    tx: Tx,
    before: ToldWindows | undefined,
    { revision, config }: InForce,
    now: Instant,
  ): Promise<WindowsChange[]> {
    const above = before?.revision ?? revision - 1;
    if (above >= revision) return [];
    const heard = await this.parts.told.heard(tx, config.tenant, above, revision);
    const older = heard.filter((one) => one.revision < revision);
    const at = heard.find((one) => one.revision === revision)?.at ?? now;
    const changes = await Promise.all(older.map((one) => this.olderChange(one)));
    return [...changes.flat(), changeTo(revision, at, config)];
  }

  private async olderChange({ revision, at }: HeardRevision): Promise<WindowsChange[]> {
    const { revisions, log } = this.parts;
    try {
      const config = await revisions.at(revision);
      return config === undefined ? [] : [changeTo(revision, at, config)];
    } catch (err) {
      if (isTransient(err)) throw err;
      log.warn({ err, revision }, 'nothing is told of the maintenance of a revision that cannot be read');
      return [];
    }
  }
}

const changeTo = (revision: number, at: Instant, config: Config): WindowsChange => ({
  ...{ kind: 'config', at, revision },
  windows: configWindows(config),
});

function isDue(glance: MaintenanceGlance, revision: number): boolean {
  const { now, told_until: until, revision: toldOf, seen_version: seen, version, next_at: next } = glance;
  if (until === null || toldOf === null || toldOf < revision || seen !== version) return true;
  return (next !== null && next <= now) || until - now > FAR_AHEAD_MS;
}

async function clock(tx: Tx): Promise<Instant> {
  const [row] = await tx.query<{ now: Instant }>({
    name: 'routing.now',
    text: `SELECT ${NOW} AS now`,
    values: [],
  });
  if (row === undefined) throw new Error('the clock gave no row');
  return row.now;
}

const appendedOf = (event: MaintenanceEvent): NewEvent => ({
  ...{ topic: 'maintenance', lane: 'cold', key: `${event.tenant}:${event.window.id}` },
  ...{ type: event.type, payload: JSON.stringify(event) },
});
