import type { Config } from '@tocsin/contracts';
import type { KnownContacts, LiveCover } from '@tocsin/rules';
import type { LiveContacts } from '../know-contacts/live-contacts.js';
import type { LiveChanges } from '../live-changes.js';
import type { LiveWindowBook } from '../live-windows.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { PoolReads } from '../pool-reads.js';
import { type VersionsBeside, versionsBeside } from '../versions-beside.js';

/** What a proof is about: the config in force and what lies beside it. */
export interface ProofGround {
  readonly revision: number;
  readonly config: Config;
  readonly versions: VersionsBeside & { readonly contacts: number };
  readonly live: LiveCover & { readonly contacts: KnownContacts };
}

/** Reads what a proof of the coverage needs, as decisions read it. */
export class LiveCoverReads {
  constructor(
    private readonly reads: PoolReads,
    private readonly configs: PinnedConfigs,
    private readonly changes: LiveChanges,
    private readonly windows: LiveWindowBook,
    private readonly contacts: LiveContacts,
  ) {}

  /** @throws NoConfigYet before the first revision */
  async read(tenant: string): Promise<ProofGround> {
    const current = this.configs.current();
    const contactsVersion = await this.contacts.version(tenant);
    const versions = { ...(await versionsBeside(this.reads, tenant)), contacts: contactsVersion };
    const changes = await this.changes.load(this.reads, tenant, versions.shifts);
    const { windows } = await this.windows.load(this.reads, tenant, versions.windows);
    const contacts = await this.contacts.read(tenant, current.config);
    return { ...current, versions, live: { changes, windows, contacts } };
  }
}
