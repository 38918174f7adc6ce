import type { Log } from '@tocsin/event-log';
import pg from 'pg';

const CHANNEL = 'tocsin_wake';
/** Signals within this many milliseconds leave together: NOTIFY takes a lock over the whole server at commit. */
const GATHER = 2;
const RECONNECT_AFTER = 1_000;

/** One connection that listens for wake-ups of other processes and sends ours. Signals are lost while it is down. */
export class NotifyLine {
  readonly #url: string;
  readonly #log: Log;
  readonly #heard: (signal: string) => void;
  readonly #outgoing = new Set<string>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #connecting: Promise<void> = Promise.resolve();
  #sending: Promise<void> = Promise.resolve();

  constructor(url: string, log: Log, heard: (signal: string) => void) {
    this.#url = url;
    this.#log = log;
    this.#heard = heard;
  }

  open(): void {
    this.#connecting = this.#connect();
  }

  send(signal: string): void {
    if (this.#outgoing.size === 0) setTimeout(this.#flushInTurn, GATHER).unref();
    this.#outgoing.add(signal);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#connecting;
    // Ends a statement in hand as well.
    await this.#client?.end().catch(() => undefined);
    await this.#sending;
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'tocsin wake-ups',
      connectionTimeoutMillis: 2_000,
      keepAlive: true,
    });
    client.on('error', (err) => this.#lost(client, err));
    client.on('end', () => this.#lost(client, undefined));
    client.on('notification', ({ payload }) => {
      if (payload !== undefined) this.#heard(payload);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.#client = client;
    } catch (err) {
      this.#lost(client, err);
    }
  }

  #lost(client: pg.Client, err: unknown): void {
    if (this.#client === client) this.#client = undefined;
    if (this.#closed || this.#timer !== undefined) return;
    this.#log.warn({ err }, 'wake-ups between processes lost, polling');
    client.end().catch(() => undefined);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#closed) this.open();
    }, RECONNECT_AFTER);
    this.#timer.unref();
  }

  /** One statement at a time: meanwhile further signals gather. */
  readonly #flushInTurn = (): void => {
    this.#sending = this.#sending.then(() => this.#flush());
  };

  async #flush(): Promise<void> {
    const signals = [...this.#outgoing];
    this.#outgoing.clear();
    const client = this.#client;
    if (client === undefined) return;
    const notify = {
      name: 'wake',
      text: `SELECT pg_notify('${CHANNEL}', s) FROM unnest($1::text[]) s`,
      values: [signals],
    };
    // A lost signal costs at most one poll.
    await client.query(notify).catch(() => undefined);
  }
}
