import type { Lane } from '@tocsin/contracts';
import {
  BatchRunner,
  ConsumerPulse,
  redrive,
  type BatchOutcome,
  type BatchRunnerOptions,
  type Consumer,
  type ConsumerStatus,
  type Inbox,
  type LoggedEvent,
  type Redriven,
  type Subscription,
  type UnreadableMessage,
  type UnreadableMessages,
} from '@tocsin/event-log';
import type { EachBatchPayload, Kafka, KafkaMessage, Consumer as KafkajsConsumer } from 'kafkajs';
import { decode, Unreadable } from './envelope-codec.js';
import { ensureTopics, kafkaTopicOf } from './kafka-topics.js';
import { LagWatch, type StallLimits } from './lag-watch.js';
import { SupervisedConsumer } from './supervised-consumer.js';

export interface KafkaConsumerOptions {
  readonly kafka: Kafka;
  readonly prefix: string;
  readonly lanes: readonly Lane[];
  readonly subscription: Subscription;
  readonly runner: BatchRunnerOptions;
  readonly inbox: Inbox;
  readonly unreadable: UnreadableMessages;
  /** Events lie in the topic and nothing has been handled for 20 s: the process should end and be started anew. */
  readonly onStalled: (group: string) => void;
  readonly stallLimits?: StallLimits | undefined;
}

const HEARTBEAT_EVERY = 1_500;
const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;

/** One group's reading of one topic: a kafkajs consumer per lane, each batch through the inbox in one transaction. */
export class KafkaConsumer implements Consumer {
  readonly #options: KafkaConsumerOptions;
  readonly #runner: BatchRunner;
  readonly #pulse: ConsumerPulse;
  readonly #lanes: readonly SupervisedConsumer[];
  readonly #watch: LagWatch;
  #stopped = false;

  constructor(options: KafkaConsumerOptions) {
    this.#options = options;
    const { kafka, prefix, lanes, subscription, runner } = options;
    this.#runner = new BatchRunner(runner);
    this.#pulse = new ConsumerPulse(subscription.group);
    this.#lanes = lanes.map(
      (lane) =>
        new SupervisedConsumer({
          kafka,
          groupId: this.#groupIdOf(lane),
          topic: kafkaTopicOf(subscription.topic, lane, prefix),
          prepare: () => ensureTopics(kafka, [subscription.topic], prefix),
          eachBatch: (payload, consumer) => this.#eachBatch(lane, payload, consumer),
          onSign: () => this.#pulse.beat(),
          log: runner.log,
        }),
    );
    this.#watch = new LagWatch({
      kafka,
      log: runner.log,
      pulse: this.#pulse,
      readings: lanes.map((lane) => ({
        groupId: this.#groupIdOf(lane),
        topic: kafkaTopicOf(subscription.topic, lane, prefix),
      })),
      onStalled: () => options.onStalled(subscription.group),
      limits: options.stallLimits,
    });
  }

  start(): void {
    for (const lane of this.#lanes) lane.start();
    this.#watch.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#watch.stop();
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
    this.#pulse.stopped();
  }

  status(): ConsumerStatus {
    return this.#pulse.status();
  }

  redrive(id: string): Promise<Redriven> {
    return redrive(id, this.#options.runner);
  }

  #groupIdOf(lane: Lane): string {
    return `${this.#options.prefix}${this.#options.subscription.group}.${lane}`;
  }

  async #eachBatch(lane: Lane, payload: EachBatchPayload, consumer: KafkajsConsumer): Promise<void> {
    const { batch, isRunning, isStale, resolveOffset, heartbeat } = payload;
    const most = this.#options.runner.maxBatch;
    for (let at = 0; at < batch.messages.length; at += most) {
      const messages = batch.messages.slice(at, at + most);
      const live = (): boolean => isRunning() && !isStale() && !this.#stopped;
      const done = await whileBeating(heartbeat, () =>
        this.#handle(lane, this.#read(lane, batch, messages), live),
      );
      if (!done) return;
      const last = messages.at(-1);
      if (last === undefined) return;
      resolveOffset(last.offset);
      const offset = (BigInt(last.offset) + 1n).toString();
      // Not awaited: the offset only saves work after a restart, the inbox is the truth.
      consumer
        .commitOffsets([{ topic: batch.topic, partition: batch.partition, offset }])
        .catch(() => undefined);
      await heartbeat();
    }
  }

  /** Handles the messages, waiting for the database as long as it takes; false when the partition is no longer ours. */
  async #handle(lane: Lane, { events, unreadable }: Readable, live: () => boolean): Promise<boolean> {
    for (let failures = 0; live(); ) {
      this.#pulse.beat();
      try {
        this.#pulse.count(await this.#run(lane, events, unreadable));
        return true;
      } catch (err) {
        failures += 1;
        const pause = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** (failures - 1));
        this.#options.runner.log.warn(
          { group: this.#options.subscription.group, failures, pause, err },
          'consumer paused',
        );
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return false;
  }

  #run(
    lane: Lane,
    events: readonly LoggedEvent[],
    unreadable: readonly UnreadableMessage[],
  ): Promise<BatchOutcome> {
    const { group } = this.#options.subscription;
    return this.#runner.run(lane, async (tx) => {
      if (unreadable.length > 0) await this.#options.unreadable.park(tx, group, unreadable);
      return events.length === 0 ? [] : this.#options.inbox.fresh(tx, group, events);
    });
  }

  #read(
    lane: Lane,
    { topic, partition }: EachBatchPayload['batch'],
    messages: readonly KafkaMessage[],
  ): Readable {
    const events: LoggedEvent[] = [];
    const unreadable: UnreadableMessage[] = [];
    for (const message of messages) {
      try {
        events.push(decode(this.#options.subscription.topic, lane, message));
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        const origin = `${topic}/${partition}/${message.offset}`;
        this.#options.runner.log.error(
          { group: this.#options.subscription.group, origin, cause: error.message },
          'message is no event',
        );
        unreadable.push({
          origin,
          cause: error.message,
          key: message.key,
          value: message.value,
          headers: headersOf(message),
        });
      }
    }
    return { events, unreadable };
  }
}

interface Readable {
  readonly events: readonly LoggedEvent[];
  readonly unreadable: readonly UnreadableMessage[];
}

const headersOf = (message: KafkaMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]));

/** A transaction may take longer than a session lasts. */
async function whileBeating<T>(heartbeat: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_EVERY);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
