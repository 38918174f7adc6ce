import type { Log } from '@tocsin/event-log';
import kafkajs, { type Kafka, type LogEntry } from 'kafkajs';
import { calmRequestQueue } from './calm-request-queue.js';

export interface KafkaOptions {
  /** host:port */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly log: Log;
  /** Put before the names of topics and groups: keeps tests apart on one broker. */
  readonly prefix?: string;
}

/** One client per process and service; it connects when a producer or consumer does. */
export function openKafka(options: KafkaOptions): Kafka {
  calmRequestQueue();
  return new kafkajs.Kafka({
    brokers: [...options.brokers],
    clientId: options.clientId,
    connectionTimeout: 2_000,
    requestTimeout: 10_000,
    // A broker that restarts is met by our own loops; long retries in here would only hide it from them.
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => (entry) => write(options.log, entry),
  });
}

/** A new broker has no coordinator for the first seconds, and any change of members passes through these. */
const COORDINATOR =
  /coordinator|not aware of this (group|member)|rebalanc|does not host this topic-partition|no leader for this topic-partition/i;

/** kafkajs logs as errors what it then retries; what matters is told by the publisher and the consumers. */
function write(log: Log, { level, namespace, log: entry }: LogEntry): void {
  const fields = {
    client: 'kafkajs',
    namespace,
    reason: entry.message,
    cause: String(entry['error'] ?? ''),
    broker: String(entry['broker'] ?? ''),
  };
  const expected = COORDINATOR.test(`${fields.reason} ${fields.cause}`);
  if (level === kafkajs.logLevel.ERROR && !expected) log.info(fields, 'kafka client reports an error');
  else log.debug(fields, 'kafka client reports');
}
