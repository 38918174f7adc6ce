import type { Config } from '@tocsin/contracts';
import type { EventLog, Transactions, Tx } from '@tocsin/event-log';
import { formerCategories, knownCategory, presentCategory } from '@tocsin/rules';
import { type Host, RepeatedLoop } from '@tocsin/runtime';
import { timelineRow } from '../case-work.js';
import type { ClockStore } from '../clock.store.js';
import type { ConfigRevisions } from '../pinned-configs.js';
import type { FiledCase, FiledCategoryStore, Move } from './filed-category.store.js';

const EVERY_MS = 1000;
/** A case that closes later is found within this time. */
const AGAIN_MS = 10 * 60_000;
const BATCH = 500;

interface Parts {
  readonly transactions: Transactions;
  readonly eventLog: EventLog;
  readonly filed: FiledCategoryStore;
  readonly clock: ClockStore;
  readonly revisions: Pick<ConfigRevisions, 'current'>;
  readonly log: Host['log'];
}

interface Wanted {
  readonly paths: readonly string[];
  readonly after: bigint;
}

interface FiledBatch {
  readonly filed: number;
  readonly last: bigint | undefined;
}

interface Revision {
  readonly revision: number;
  readonly config: Config;
}

/**
 * Files cases that are over under the category that their own has become (B10). What was decided of them stays; a case
 * that is open goes by the taxonomy that it pinned until it is over.
 */
export class RefileCases extends RepeatedLoop {
  readonly name = 'file closed cases under present categories';
  private done: { readonly revision: number; readonly nextAt: number } | undefined;

  constructor(private readonly parts: Parts) {
    super({ everyMs: EVERY_MS, log: parts.log, failed: 'cases could not be filed anew, trying again' });
  }

  protected round(): Promise<unknown> {
    return this.refile();
  }

  /** Does nothing while the revision is the one of before and its time has not come. @returns how many were filed */
  async refile(): Promise<number> {
    const current = this.parts.revisions.current();
    if (current === undefined) return 0;
    const paths = [...formerCategories(current.config).keys()];
    if (paths.length === 0) return 0;
    const now = await this.parts.clock.now();
    if (this.done?.revision === current.revision && now < this.done.nextAt) return 0;
    let filed = 0;
    // By id, so that a case whose path stands as it is, below a former one, is looked at once and not for ever.
    for (let after: bigint | undefined = 0n; after !== undefined; ) {
      const from: bigint = after;
      const batch = await this.parts.transactions.run('cold', (tx) =>
        this.fileBatch(tx, current, { paths, after: from }),
      );
      filed += batch.filed;
      after = batch.last;
    }
    this.done = { revision: current.revision, nextAt: now + AGAIN_MS };
    return filed;
  }

  /** @returns how many were filed, and the last id that was looked at when there may be more behind it */
  private async fileBatch(tx: Tx, { revision, config }: Revision, wanted: Wanted): Promise<FiledBatch> {
    const { filed, eventLog, clock } = this.parts;
    const cases = await filed.claim(tx, config.tenant, { ...wanted, limit: BATCH });
    const last = cases.length === BATCH ? cases.at(-1)?.id : undefined;
    const moved = cases
      .map((found) => ({ ...found, to: presentCategory(config, found.category) }))
      .filter(({ category, to }) => to !== category);
    if (moved.length === 0) return { filed: 0, last };
    await filed.file(
      tx,
      moved.map(({ id, to }) => ({ id: id.toString(), filed: filedUnder(config, to) })),
    );
    await filed.count(tx, config.tenant, revision, movesOf(moved));
    const at = await clock.now();
    await eventLog.append(
      tx,
      moved.map(({ id, category, to }) =>
        timelineRow(
          { tenant: config.tenant, id },
          { type: 'CaseRefiled', by: 'tocsin', facts: { from: category, to, revision }, at },
        ),
      ),
    );
    return { filed: moved.length, last };
  }
}

const filedUnder = (config: Config, category: string): string =>
  JSON.stringify({ category, label: knownCategory(config, category)?.label });

function movesOf(moved: readonly (FiledCase & { readonly to: string })[]): Move[] {
  const alike = Map.groupBy(moved, ({ category, to }) => JSON.stringify([category, to]));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ from: first.category, to: first.to, cases: group.length }];
  });
}
