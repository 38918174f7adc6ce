import type { Config, Instant } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import { changeBook, nextLeadAt, shiftConflicts } from '@tocsin/rules';
import { type Host, RepeatedLoop } from '@tocsin/runtime';
import type { ShiftNoticeStore } from '../ask-cover/shift-notice.store.js';
import { SCHEMA } from '../escalation-routing.migration.js';
import { NOW } from '../json-rows.js';
import type { ConfigRevisions } from '../pinned-configs.js';
import type { ShiftChangeStore } from '../shift-change.store.js';
import { conflictNotices } from './conflict-notices.js';

const EVERY_MS = 1000;
const DAY_MS = 86_400_000;

/** Conflicts that begin within it are found: the first warning is two weeks ahead, and we look each day anew. */
const AHEAD_MS = 15 * DAY_MS;

/** So far the turns of those conflicts are followed; longer ones are told to end here. */
const FOLLOWED_MS = 75 * DAY_MS;

/** What those who could cover carry is counted over two weeks before and after. */
const AROUND_MS = 15 * DAY_MS;

interface Parts {
  readonly transactions: Transactions;
  readonly changes: ShiftChangeStore;
  readonly notices: ShiftNoticeStore;
  readonly revisions: Pick<ConfigRevisions, 'current'>;
  readonly log: Host['log'];
}

/** What was looked at last, and when something may be due that was not. */
interface Looked {
  readonly revision: number;
  readonly version: number;
  readonly nextAt: Instant;
}

/**
 * Tells of turns whose person is on leave, 14 days, 3 days and 12 hours ahead (F4). What was looked at is only
 * remembered here: a process that starts anew looks again, and a row that was told is told once, whoever finds it.
 */
export class WatchConflicts extends RepeatedLoop {
  readonly name = 'watch conflicts of shifts with leave';
  private looked: Looked | undefined;

  constructor(private readonly parts: Parts) {
    super({
      everyMs: EVERY_MS,
      log: parts.log,
      failed: 'conflicts of shifts could not be looked for, trying again',
    });
  }

  protected round(): Promise<unknown> {
    return this.watch();
  }

  protected override afterFailure(): void {
    this.looked = undefined;
  }

  /** Does nothing while config and changes are those of before and no warning is due. */
  async watch(): Promise<void> {
    const current = this.parts.revisions.current();
    if (current === undefined) return;
    const { revision, config } = current;
    await this.parts.transactions.run('cold', async (tx) => {
      const { now, version } = await clockAndVersion(tx, config.tenant);
      const same = this.looked?.revision === revision && this.looked.version === version;
      if (same && now < (this.looked?.nextAt ?? 0)) return;
      this.looked = { revision, version, nextAt: await this.tell(tx, config, now) };
    });
  }

  /** @returns when the next warning may be due */
  private async tell(tx: Tx, config: Config, now: Instant): Promise<Instant> {
    const { changes: store, notices } = this.parts;
    const followed = { from: now, until: now + FOLLOWED_MS };
    const around = { from: now - AROUND_MS, until: followed.until + AROUND_MS };
    const changes = changeBook(await store.touching(tx, config.tenant, around));
    const near = shiftConflicts(config, changes, followed).filter(({ from }) => from < now + AHEAD_MS);
    const told = near.flatMap((conflict) => conflictNotices(conflict, { config, changes, now }));
    await notices.tell(tx, config.tenant, told);
    return Math.min(now + DAY_MS, ...near.map((conflict) => nextLeadAt(conflict, now) ?? Infinity));
  }
}

async function clockAndVersion(tx: Tx, tenant: string): Promise<{ now: Instant; version: number }> {
  const [row] = await tx.query<{ now: number; version: number }>({
    name: 'routing.shifts-clock-and-version',
    text: `SELECT ${NOW} AS now,
      coalesce((SELECT version FROM ${SCHEMA}.shift_change_version WHERE tenant = $1), 0)::float8 AS version`,
    values: [tenant],
  });
  if (row === undefined) throw new Error('the clock gave no row');
  return row;
}
