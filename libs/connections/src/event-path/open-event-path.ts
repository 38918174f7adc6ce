import { randomUUID } from 'node:crypto';
import type { ServiceName } from '@tocsin/contracts';
import type { EventBus, Log, Transactions } from '@tocsin/event-log';
import { KafkaEventBus, type StallLimits } from '@tocsin/kafka';
import {
  DeadLetterTable,
  InboxTable,
  isTransient,
  PendingPoll,
  PostgresEventBus,
  PostgresEventLog,
  Relay,
  topicsOf,
  UnreadableTable,
  type BusKind,
  type WakeHub,
} from '@tocsin/postgres';
import { BothWaysBus } from './both-ways-bus.js';

export interface EventPathOptions {
  readonly service: ServiceName;
  readonly kind: BusKind;
  /** With `kind: 'kafka'`. */
  readonly brokers: readonly string[];
  readonly transactions: Transactions;
  readonly wake: WakeHub;
  readonly log: Log;
  readonly onStalled: (group: string) => void;
  /** When a consumer counts as stalled, for tests. */
  readonly stallLimits?: StallLimits | undefined;
  /** Before the names of Kafka's topics and groups, for tests. */
  readonly prefix?: string;
  /** Waits between the tries of a failing batch, for tests. */
  readonly backOff?: readonly number[];
}

export interface EventPath {
  readonly eventLog: PostgresEventLog;
  readonly bus: EventBus;
  /** @throws when the broker does not answer; undefined without a broker */
  readonly ping: (() => Promise<void>) | undefined;
  close(): Promise<void>;
}

/** The way of events from this service's transactions to the handlers of others: one of two, the same contract. */
export function openEventPath(options: EventPathOptions): EventPath {
  const { service, kind, transactions, wake, log, backOff } = options;
  const eventLog = new PostgresEventLog({ service, bus: kind, wake });
  if (kind === 'kafka') return openKafkaPath(options, eventLog);
  const bus = new PostgresEventBus({
    transactions,
    wake,
    log,
    ...(backOff === undefined ? {} : { backOff }),
  });
  return { eventLog, bus, ping: undefined, close: () => bus.close() };
}

function openKafkaPath(options: EventPathOptions, eventLog: PostgresEventLog): EventPath {
  const { service, brokers, transactions, wake, log, onStalled, stallLimits, prefix, backOff } = options;
  const kafka = new KafkaEventBus({
    brokers,
    clientId: `tocsin-${service}`,
    log,
    transactions,
    deadLetters: new DeadLetterTable(),
    isTransient,
    inbox: new InboxTable(),
    unreadable: new UnreadableTable(),
    onStalled,
    stallLimits,
    ...(prefix === undefined ? {} : { prefix }),
    ...(backOff === undefined ? {} : { backOff }),
  });
  const poll = new PendingPoll(transactions, log);
  const bus = new BothWaysBus({
    kafka,
    transactions,
    wake,
    poll,
    log,
    ...(backOff === undefined ? {} : { backOff }),
  });
  const holder = randomUUID();
  const relays = topicsOf(service).map(
    (topic) => new Relay({ topic, holder, publisher: kafka.publisher, transactions, wake, poll, log }),
  );
  for (const relay of relays) relay.start();
  return {
    eventLog,
    bus,
    ping: () => kafka.ping(),
    close: async () => {
      await bus.close();
      await Promise.all(relays.map((relay) => relay.stop()));
      await poll.close();
    },
  };
}
