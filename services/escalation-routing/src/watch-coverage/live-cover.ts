import type { Config } from '@tocsin/contracts';
import type { LiveCover } from '@tocsin/rules';
import type { LiveChanges } from '../live-changes.js';
import type { LiveWindowBook } from '../live-windows.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { PoolReads } from '../pool-reads.js';
import { type VersionsBeside, versionsBeside } from '../versions-beside.js';

/** What a proof is about: the config in force and what lies beside it. */
export interface ProofGround {
  readonly revision: number;
  readonly config: Config;
  readonly versions: VersionsBeside;
  readonly live: LiveCover;
}

/** Reads what a proof of the coverage needs, as decisions read it. */
export class LiveCoverReads {
  constructor(
    private readonly reads: PoolReads,
    private readonly configs: PinnedConfigs,
    private readonly changes: LiveChanges,
    private readonly windows: LiveWindowBook,
  ) {}

  /** @throws NoConfigYet before the first revision */
  async read(tenant: string): Promise<ProofGround> {
    const current = this.configs.current();
    const versions = await versionsBeside(this.reads, tenant);
    const changes = await this.changes.load(this.reads, tenant, versions.shifts);
    const { windows } = await this.windows.load(this.reads, tenant, versions.windows);
    return { ...current, versions, live: { changes, windows } };
  }
}
