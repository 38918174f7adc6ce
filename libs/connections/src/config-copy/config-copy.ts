import { Config, groupOf, type ServiceName } from '@tocsin/contracts';
import type { Consumer, EventBus, LoggedEvent, Transactions, Tx } from '@tocsin/event-log';
import { type HealthCheck, type Host, type Loop, StartRefused } from '@tocsin/runtime';
import { ConfigRevisionStore, type StoredRevision } from './config-revision.store.js';
import { loopbackRefusal } from './loopback-only.js';

export interface CurrentConfig {
  readonly revision: number;
  readonly config: Config;
}

/** Where a part of the process reads the config that is in force. */
export interface ConfigSource {
  current(): CurrentConfig | undefined;
  onChange(listen: (now: CurrentConfig) => void): () => void;
}

interface ConfigCopyOptions {
  readonly transactions: Transactions;
  /** The table of revisions, such as `notification.config_revision`; console reads its own `console.revision`. */
  readonly table: string;
  /** Where this process listens (HOST): decides whether example keys may be used. */
  readonly host: string;
  readonly log: Host['log'];
  /** Where revisions come from; console, which makes them, has none. */
  readonly feed?: { readonly bus: EventBus; readonly service: ServiceName };
}

/** Replicas learn of a revision that another one stored within this time. */
const POLL_MS = 1000;

/** Parsed revisions kept for cases that pinned them; the rest are read again from the table. */
const KEPT_REVISIONS = 16;

/**
 * A service's own copy of the config: it works while console is away, and every case finds the revision it pinned.
 * Give the object to the host as a loop: it consumes group `<service>.config` itself.
 * Call `load()` while building the service: it throws `StartRefused` when the stored config may not be used here.
 */
export class ConfigCopy implements ConfigSource, Loop {
  readonly name = 'config copy';
  private readonly store: ConfigRevisionStore;
  private readonly parsed = new Map<number, Config>();
  private readonly listeners = new Set<(now: CurrentConfig) => void>();
  private inForce: CurrentConfig | undefined;
  /** The newest revision that was looked at, whether it is in force or was refused. */
  private looked = 0;
  private refusal: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<void> | undefined;
  private consumer: Consumer | undefined;

  constructor(private readonly options: ConfigCopyOptions) {
    this.store = new ConfigRevisionStore(options.transactions, options.table);
  }

  /** The newest config; undefined until the first one has arrived. */
  current(): CurrentConfig | undefined {
    return this.inForce;
  }

  /** The config of a revision that a case has pinned; undefined when it never arrived here. */
  async at(revision: number): Promise<Config | undefined> {
    const known = this.parsed.get(revision);
    if (known !== undefined) return known;
    const stored = await this.store.at(revision);
    return stored === undefined ? undefined : this.parse(stored);
  }

  /** Calls at every new revision in force, and at once when there is one. @returns stops the calls */
  onChange(listen: (now: CurrentConfig) => void): () => void {
    this.listeners.add(listen);
    if (this.inForce !== undefined) listen(this.inForce);
    return () => this.listeners.delete(listen);
  }

  /** Stores what arrived on group `<service>.config`, in the consumer's transaction. */
  readonly handle = async (events: readonly LoggedEvent[], tx: Tx): Promise<void> => {
    let whole = false;
    for (const event of events) whole = (await this.store.take(tx, event)) || whole;
    if (whole) tx.afterCommit(() => void this.refresh());
  };

  /** @throws StartRefused when the stored config holds example keys and this process listens beyond loopback */
  async load(): Promise<void> {
    const newest = await this.store.newestAbove(0);
    if (newest === undefined) return;
    const refusal = this.refusalOf(newest);
    if (refusal !== undefined) throw new StartRefused(`not started: ${refusal}`);
    this.adopt(newest);
  }

  async start(): Promise<void> {
    await this.refresh();
    const { feed } = this.options;
    this.consumer = await feed?.bus.consume(
      { group: groupOf(feed.service, 'config'), topic: 'config' },
      this.handle,
    );
    this.timer = setInterval(() => void this.refresh(), POLL_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.consumer?.stop();
    await this.polling;
  }

  /** Looks for a newer revision now. Never rejects: a fault is logged and the next poll tries again. */
  refresh(): Promise<void> {
    this.polling ??= this.adoptNewest()
      .catch((err: unknown) =>
        this.options.log.warn({ err }, 'config copy could not look for a newer revision'),
      )
      .finally(() => {
        this.polling = undefined;
      });
    return this.polling;
  }

  readonly check: HealthCheck = {
    name: 'config',
    required: true,
    check: () => {
      const detail =
        this.refusal ?? (this.inForce === undefined ? 'no config yet' : `revision ${this.inForce.revision}`);
      return Promise.resolve({ ok: this.inForce !== undefined && this.refusal === undefined, detail });
    },
  };

  private async adoptNewest(): Promise<void> {
    const newest = await this.store.newestAbove(this.looked);
    if (newest === undefined) return;
    const refusal = this.refusalOf(newest);
    if (refusal === undefined) return this.adopt(newest);
    // The process already works: example keys must not come into use, so the older config stays in force.
    this.looked = newest.revision;
    this.refusal = `revision ${newest.revision} is not used: ${refusal}`;
    this.options.log.error({ revision: newest.revision, reason: refusal }, 'config revision refused');
  }

  /** Why this process may not, or cannot, work by a revision. */
  private refusalOf(stored: StoredRevision): string | undefined {
    try {
      return loopbackRefusal(this.parse(stored), this.options.host);
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      return `this version cannot read revision ${stored.revision}; upgrade this process (${fault})`;
    }
  }

  private adopt(stored: StoredRevision): void {
    this.looked = stored.revision;
    this.refusal = undefined;
    this.inForce = { revision: stored.revision, config: this.parse(stored) };
    this.options.log.info({ revision: stored.revision }, 'config revision in force');
    for (const listen of this.listeners) listen(this.inForce);
  }

  private parse({ revision, document }: StoredRevision): Config {
    const known = this.parsed.get(revision);
    if (known !== undefined) return known;
    const config = Config.parse(JSON.parse(document));
    this.parsed.set(revision, config);
    for (const old of this.parsed.keys()) {
      if (this.parsed.size <= KEPT_REVISIONS) break;
      if (old !== this.inForce?.revision) this.parsed.delete(old);
    }
    return config;
  }
}
