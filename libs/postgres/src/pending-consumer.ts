import type { Lane } from '@tocsin/contracts';
import {
  BatchRunner,
  ConsumerPulse,
  redrive,
  type BatchHandler,
  type BatchRunnerOptions,
  type ClaimedEvent,
  type Consumer,
  type ConsumerStatus,
  type DeadLetters,
  type Log,
  type Redriven,
  type Subscription,
  type Transactions,
  type Tx,
} from '@tocsin/event-log';
import { claimPending, outboxExists } from './claim-pending.js';
import { LaneLoop, type Turn } from './lane-loop.js';
import type { PendingPoll } from './pending-poll.js';
import { isTransient } from './sql-failures.js';
import type { WakeHub } from './wake-hub.js';

export interface PendingConsumerOptions {
  readonly subscription: Subscription;
  readonly lanes: readonly Lane[];
  readonly handler: BatchHandler;
  readonly transactions: Transactions;
  readonly deadLetters: DeadLetters;
  readonly wake: WakeHub;
  readonly poll: PendingPoll;
  readonly log: Log;
  readonly backOff?: readonly number[];
  readonly onDead?: BatchRunnerOptions['onDead'];
  /** Keeps out what the group has already handled by another way; without it the deleted hand-off row is the proof. */
  readonly onlyFresh?: (
    tx: Tx,
    group: string,
    events: readonly ClaimedEvent[],
  ) => Promise<readonly ClaimedEvent[]>;
}

const MAX_BATCH = 200;

/** Reads a group's hand-off rows: a loop and a pool per lane, one transaction per turn. */
export class PendingConsumer implements Consumer {
  readonly #options: PendingConsumerOptions;
  readonly #runnerOptions: BatchRunnerOptions;
  readonly #runner: BatchRunner;
  readonly #pulse: ConsumerPulse;
  readonly #loops: readonly LaneLoop[];
  readonly #unsubscribe: (() => void)[] = [];
  #producerIsThere = false;

  constructor(options: PendingConsumerOptions) {
    this.#options = options;
    const { subscription, handler, transactions, deadLetters, log, backOff, onDead } = options;
    this.#pulse = new ConsumerPulse(subscription.group);
    this.#runnerOptions = {
      group: subscription.group,
      maxBatch: subscription.maxBatch ?? MAX_BATCH,
      handler,
      transactions,
      deadLetters,
      isTransient,
      log,
      ...(backOff === undefined ? {} : { backOff }),
      ...(onDead === undefined ? {} : { onDead }),
    };
    this.#runner = new BatchRunner(this.#runnerOptions);
    this.#loops = options.lanes.map((lane) => this.#loopOf(lane));
  }

  start(): void {
    for (const loop of this.#loops) loop.start();
  }

  async stop(): Promise<void> {
    for (const end of this.#unsubscribe) end();
    await Promise.all(this.#loops.map((loop) => loop.stop()));
    this.#pulse.stopped();
  }

  status(): ConsumerStatus {
    return this.#pulse.status();
  }

  redrive(id: string): Promise<Redriven> {
    return redrive(id, this.#runnerOptions);
  }

  #loopOf(lane: Lane): LaneLoop {
    const { subscription, wake, poll, log } = this.#options;
    const loop = new LaneLoop({
      name: `${subscription.group} ${lane}`,
      turn: () => this.#turn(lane),
      log,
      ...(subscription.linger === undefined ? {} : { linger: subscription.linger }),
    });
    this.#unsubscribe.push(wake.subscribe(subscription.group, lane, loop.wake));
    this.#unsubscribe.push(poll.add(subscription.group, lane, loop.wake, () => this.#pulse.beat()));
    return loop;
  }

  async #turn(lane: Lane): Promise<Turn> {
    const { group, topic } = this.#options.subscription;
    this.#producerIsThere ||= await outboxExists(this.#options.transactions, topic);
    if (!this.#producerIsThere) {
      // Nothing can have been handed off yet; the poll wakes this loop once something is.
      this.#options.log.debug({ group, lane }, 'the producer has not made its tables yet');
      return 'idle';
    }
    const maxBatch = this.#runnerOptions.maxBatch;
    let turn: Turn = 'idle';
    const outcome = await this.#runner.run(lane, async (tx) => {
      const { events, busy } = await claimPending(tx, { group, topic, lane, events: maxBatch });
      turn = busy ? 'busy' : events.length >= maxBatch ? 'again' : 'idle';
      return this.#options.onlyFresh === undefined || events.length === 0
        ? events
        : this.#options.onlyFresh(tx, group, events);
    });
    this.#pulse.count(outcome);
    return turn;
  }
}
