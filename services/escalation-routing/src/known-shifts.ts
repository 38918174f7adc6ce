import type { Config, Instant } from '@tocsin/contracts';
import { type ChangeBook, changeBook, type TimeSpan } from '@tocsin/rules';
import { SCHEMA } from './escalation-routing.migration.js';
import { millis } from './json-rows.js';
import type { PinnedConfigs } from './pinned-configs.js';
import type { PoolReads } from './pool-reads.js';
import type { ShiftChangeStore } from './shift-change.store.js';

/** Changes further away than this cannot lengthen or cut the shift that is asked about. */
const AROUND_MS = 100 * 86_400_000;

interface KnownShifts {
  readonly revision: number;
  readonly config: Config;
  readonly changes: ChangeBook;
}

/** What is, or was, known of the shifts: the config in force and the changes beside it (X10). */
export class ShiftKnowledge {
  constructor(
    private readonly reads: PoolReads,
    private readonly configs: PinnedConfigs,
    private readonly changes: ShiftChangeStore,
  ) {}

  /**
   * @param window what is asked about
   * @param asOf the instant of knowing; without it what is known now
   * @returns undefined when no config was known yet
   */
  async of(tenant: string, { from, until }: TimeSpan, asOf?: Instant): Promise<KnownShifts | undefined> {
    const then = asOf === undefined ? this.configs.current() : await this.configAsOf(tenant, asOf);
    if (then === undefined) return undefined;
    const around = { from: from - AROUND_MS, until: until + AROUND_MS };
    return { ...then, changes: changeBook(await this.changes.touching(this.reads, tenant, around), asOf) };
  }

  private async configAsOf(
    tenant: string,
    asOf: Instant,
  ): Promise<{ revision: number; config: Config } | undefined> {
    const [row] = await this.reads.query<{ revision: number }>({
      name: 'routing.revision-as-of',
      text: `SELECT revision FROM ${SCHEMA}.config_revision
        WHERE tenant = $1 AND ${millis('stored_at')} <= $2::float8 ORDER BY revision DESC LIMIT 1`,
      values: [tenant, asOf],
    });
    const config = row === undefined ? undefined : await this.configs.at(row.revision);
    return row === undefined || config === undefined ? undefined : { revision: row.revision, config };
  }
}
