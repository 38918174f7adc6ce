import { addressMark } from '@tocsin/connections';
import type { Config } from '@tocsin/contracts';
import { type KnownContacts, knownContacts } from '@tocsin/rules';
import type { Reads } from '../shift-change.store.js';
import type { ContactFactStore } from './contact-fact.store.js';

/** How people can be reached by a config and what notification has told; for whoever looks, no step stands on it. */
export class LiveContacts {
  constructor(
    private readonly reads: Reads,
    private readonly facts: ContactFactStore,
  ) {}

  version(tenant: string): Promise<number> {
    return this.facts.version(this.reads, tenant);
  }

  async read(tenant: string, config: Config): Promise<KnownContacts> {
    return knownContacts(config, await this.facts.all(this.reads, tenant), addressMark);
  }
}
