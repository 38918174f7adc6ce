import type { Lane } from '@tocsin/contracts';
import type { BatchHandler, Consumer, Log, LoggedEvent, Transactions } from '@tocsin/event-log';
import {
  acquireWakeHub,
  EVENT_LOG_SCHEMA,
  migrate,
  openPools,
  outboxTable,
  PostgresTransactions,
} from '@tocsin/postgres';
import { testDatabase, until, type TestDatabase } from '@tocsin/test-rig';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { STALLED_EXIT_CODE } from './end-this-process.js';
import { openEventPath, type EventPath, type EventPathOptions } from './open-event-path.js';

export const GROUP = 'escalation-routing.tickets';
const SUBSCRIPTION = { group: GROUP, topic: 'tickets' } as const;

/** How a spec opens one of the two paths. */
export interface PathKind {
  readonly kind: 'postgres' | 'kafka';
  /** Of the brokers, with a prefix of the test's own; nothing for PostgreSQL. */
  readonly brokers: readonly string[];
  readonly prefix: string;
  /** Makes the transport deliver everything once more, as after lost offsets; nothing runs meanwhile. */
  replay(): Promise<void>;
  /** What a stalled consumer does, and when it counts as one; nothing unless told. */
  readonly stall?: Pick<EventPathOptions, 'onStalled' | 'stallLimits'>;
}

/** One replica of a service: pools and an event path of its own. */
export interface Replica {
  readonly transactions: Transactions;
  readonly path: EventPath;
  close(): Promise<void>;
}

export interface NewTicket {
  readonly id: string;
  readonly key?: string;
  readonly lane?: Lane;
}

/** A database with an outbox and a table of effects, and any number of replicas on one path. */
export class EventPathRig {
  readonly kind: PathKind;
  readonly url: string;
  readonly #db: TestDatabase | undefined;
  readonly #replicas: Replica[] = [];
  readonly #processes: ChildProcess[] = [];

  private constructor(kind: PathKind, url: string, db?: TestDatabase) {
    this.kind = kind;
    this.url = url;
    this.#db = db;
  }

  /** On a database that another rig has made; for processes of their own. */
  static on(url: string, kind: PathKind): EventPathRig {
    return new EventPathRig(kind, url);
  }

  get db(): TestDatabase {
    if (this.#db === undefined) throw new Error('this rig has no database of its own');
    return this.#db;
  }

  static async start(kind: PathKind): Promise<EventPathRig> {
    const db = await testDatabase();
    const intake = {
      schema: 'ticket_intake',
      migrations: [{ id: 1, name: 'outbox', sql: outboxTable('ticket_intake') }],
    };
    await migrate(db.url, [EVENT_LOG_SCHEMA, intake], silent);
    await db.query(
      'CREATE TABLE effect (seq bigserial PRIMARY KEY, id text NOT NULL, key text NOT NULL, lane text NOT NULL)',
    );
    return new EventPathRig(kind, db.url, db);
  }

  /** Opens the appending side: ticket-intake, whose relay runs with a broker. */
  writer(): Replica {
    return this.#open('ticket-intake');
  }

  reader(): Replica {
    return this.#open('escalation-routing');
  }

  /** A reader that can be killed or frozen; resolves when it reads. One that its watchdog ends is started anew. */
  async readerProcess(manner: 'reads' | 'hangs' = 'reads'): Promise<ChildProcess> {
    const here = import.meta.dirname;
    const { brokers, prefix } = this.kind;
    const script = [join(here, 'reader-process.rig.ts'), this.url, brokers.join(','), prefix, manner];
    const child = spawn(
      process.execPath,
      ['--no-warnings', '--conditions=tocsin-source', '--import', join(here, 'swc-hooks.rig.mjs'), ...script],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#processes.push(child);
    child.once('exit', (code) => {
      if (manner === 'reads' && code === STALLED_EXIT_CODE) void this.readerProcess();
    });
    await once(child.stdout, 'data');
    return child;
  }

  async append(writer: Replica, ...tickets: NewTicket[]): Promise<void> {
    await writer.transactions.run('cold', (tx) => writer.path.eventLog.append(tx, tickets.map(asEvent)));
  }

  consume(reader: Replica, handler: BatchHandler = recordEffects): Promise<Consumer> {
    return reader.path.bus.consume(SUBSCRIPTION, handler);
  }

  async effects(): Promise<string[]> {
    return (await this.db.query<{ id: string }>('SELECT id FROM effect ORDER BY seq')).map(({ id }) => id);
  }

  async effectsOf(key: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>('SELECT id FROM effect WHERE key = $1 ORDER BY seq', [
      key,
    ]);
    return rows.map(({ id }) => id);
  }

  letters(): Promise<{ id: string; key: string; payload: string; cause: string | null }[]> {
    return this.db.query('SELECT id, key, payload, cause FROM event_log.dead_letter ORDER BY batch, n');
  }

  /** Nothing left to hand off and nothing to relay. */
  async drained(): Promise<void> {
    await until(async () => (await this.db.query('SELECT 1 FROM event_log.pending')).length === 0, {
      for: 'no event is pending',
    });
  }

  async stop(replica: Replica): Promise<void> {
    this.#replicas.splice(this.#replicas.indexOf(replica), 1);
    await replica.close();
  }

  async close(): Promise<void> {
    for (const child of this.#processes) child.kill('SIGKILL');
    await Promise.all(this.#replicas.map((replica) => replica.close()));
    await this.db.drop();
  }

  #open(service: 'ticket-intake' | 'escalation-routing'): Replica {
    const { kind, brokers, prefix, stall } = this.kind;
    const pools = openPools({ url: this.url, applicationName: service, hot: 4, cold: 4, log: silent });
    const transactions = new PostgresTransactions(pools);
    const { hub: wake, release } = acquireWakeHub(this.url, silent);
    const path = openEventPath({
      service,
      kind,
      brokers,
      prefix,
      transactions,
      wake,
      log: silent,
      onStalled: () => undefined,
      ...stall,
      backOff: [10, 10],
    });
    const replica = {
      transactions,
      path,
      close: async () => {
        await path.close();
        await release();
        await pools.close();
      },
    };
    this.#replicas.push(replica);
    return replica;
  }
}

/** The handler of most tests: one row per event, in the transaction that marks it as handled. */
export const recordEffects: BatchHandler = async (events, tx) => {
  await tx.query({
    name: 'effects',
    text: `INSERT INTO effect (id, key, lane) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])`,
    values: [events.map(idOf), events.map(({ key }) => key), events.map(({ lane }) => lane)],
  });
};

export const idOf = (event: Pick<LoggedEvent, 'payload'>): string =>
  (JSON.parse(event.payload) as { id: string }).id;

const asEvent = ({ id, key = id, lane = 'cold' }: NewTicket) =>
  ({ topic: 'tickets', lane, key, type: 'ticket.created', payload: JSON.stringify({ id }) }) as const;

const nothing = (): void => undefined;
/** Set TOCSIN_TEST_LOG to see what the path says. */
export const silent: Log =
  process.env['TOCSIN_TEST_LOG'] === undefined
    ? { debug: nothing, info: nothing, warn: nothing, error: nothing }
    : console;
