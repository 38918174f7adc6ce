import type { Lane, Topic } from '@tocsin/contracts';
import type { EventPublisher, Log, LoggedEvent } from '@tocsin/event-log';
import kafkajs, { type Kafka, type Message, type Producer } from 'kafkajs';
import { encode } from './envelope-codec.js';
import { ensureTopics, kafkaDeadTopicOf, kafkaTopicOf } from './kafka-topics.js';

/** The broker will never take this event. Verdict: never; park it. */
export class PublishRefused extends Error {
  override readonly name = 'PublishRefused';
}

/** A batch of one request stays well below what a broker takes at once. */
const MAX_REQUEST_BYTES = 700_000;
const ALL_REPLICAS = -1;
const ACK_TIMEOUT = 10_000;
const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;
const REFUSALS = new Set(['MESSAGE_TOO_LARGE', 'INVALID_RECORD', 'RECORD_LIST_TOO_LARGE', 'CORRUPT_MESSAGE']);

/**
 * The one producer of a process. Not idempotent: kafkajs 2.2.4 acknowledged a record in that mode which the log did
 * not have. Instead one request per topic and lane is in flight, and it is sent again, whole, until it is
 * acknowledged, before the next one leaves: nothing is lost or reordered, at the price of duplicates that the
 * inboxes drop.
 */
export class KafkaPublisher implements EventPublisher {
  readonly #kafka: Kafka;
  readonly #producer: Producer;
  readonly #log: Log;
  readonly #prefix: string;
  readonly #tails = new Map<string, Promise<void>>();
  readonly #ensured = new Set<Topic>();
  readonly #closing = new AbortController();
  #connected: Promise<void> | undefined;

  constructor(kafka: Kafka, log: Log, prefix = '') {
    this.#kafka = kafka;
    this.#log = log;
    this.#prefix = prefix;
    this.#producer = kafka.producer({
      idempotent: false,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      retry: { retries: 0 },
    });
  }

  publish(topic: Topic, lane: Lane, events: readonly LoggedEvent[]): Promise<void> {
    return this.#enqueue(topic, kafkaTopicOf(topic, lane, this.#prefix), events.map(encode));
  }

  /** A copy for whoever watches the broker; the truth is the dead-letter table. */
  publishDead(topic: Topic, group: string, event: LoggedEvent, cause: string): Promise<void> {
    const message = encode(event);
    const headers = { ...message.headers, group, cause: cause.slice(0, 1000) };
    return this.#enqueue(topic, kafkaDeadTopicOf(topic, this.#prefix), [{ ...message, headers }]);
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the publisher is closed'));
    await Promise.allSettled(this.#tails.values());
    await this.#producer.disconnect();
  }

  #enqueue(topic: Topic, kafkaTopic: string, messages: readonly Message[]): Promise<void> {
    const before = this.#tails.get(kafkaTopic) ?? Promise.resolve();
    const mine = before.then(async () => {
      for (const part of partsOf(messages)) await this.#sendUntilAcknowledged(topic, kafkaTopic, part);
    });
    this.#tails.set(
      kafkaTopic,
      mine.catch(() => undefined),
    );
    return mine;
  }

  async #sendUntilAcknowledged(topic: Topic, kafkaTopic: string, messages: Message[]): Promise<void> {
    for (let failures = 0; ; ) {
      this.#closing.signal.throwIfAborted();
      try {
        await this.#ready(topic);
        await this.#producer.send({ topic: kafkaTopic, acks: ALL_REPLICAS, timeout: ACK_TIMEOUT, messages });
        return;
      } catch (error) {
        if (isRefusal(error)) throw new PublishRefused('the broker refuses the event', { cause: error });
        failures += 1;
        const pause = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** Math.min(failures - 1, 10));
        if (failures === 1 || failures % 10 === 0) {
          this.#log.warn({ topic: kafkaTopic, failures, err: error }, 'not published yet');
        }
        await sleep(pause, this.#closing.signal);
      }
    }
  }

  async #ready(topic: Topic): Promise<void> {
    this.#connected ??= this.#producer.connect();
    try {
      await this.#connected;
    } catch (error) {
      this.#connected = undefined;
      throw error;
    }
    if (this.#ensured.has(topic)) return;
    await ensureTopics(this.#kafka, [topic], this.#prefix);
    this.#ensured.add(topic);
  }
}

function* partsOf(messages: readonly Message[]): Generator<Message[]> {
  let part: Message[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.value ?? '');
    if (part.length > 0 && bytes + size > MAX_REQUEST_BYTES) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(message);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

function isRefusal(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('type' in at && REFUSALS.has(String(at.type))) return true;
  }
  return false;
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
