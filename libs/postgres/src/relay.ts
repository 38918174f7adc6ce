import { LANES, type Lane, type Topic } from '@tocsin/contracts';
import {
  causeOf,
  type EventPublisher,
  type Log,
  type LoggedEvent,
  type Transactions,
} from '@tocsin/event-log';
import { DeadLetterTable } from './dead-letter-table.js';
import { relayGroupOf } from './hand-off.js';
import { LaneLoop, type Turn } from './lane-loop.js';
import { Lease } from './lease.js';
import type { PendingPoll } from './pending-poll.js';
import { readPending } from './read-pending.js';
import type { WakeHub } from './wake-hub.js';

export interface RelayOptions {
  readonly topic: Topic;
  /** Tells this replica from the others. */
  readonly holder: string;
  readonly publisher: EventPublisher;
  readonly transactions: Transactions;
  readonly wake: WakeHub;
  readonly poll: PendingPoll;
  readonly log: Log;
}

const MAX_BATCH = 500;
const RENEW_EVERY = 2_000;

/** Publishes a topic's outbox in batch order: one loop per lane, one replica at a time, sent, awaited, then deleted. */
export class Relay {
  readonly #options: RelayOptions;
  readonly #group: string;
  readonly #lanes: { loop: LaneLoop; lease: Lease; end: () => void }[] = [];

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#group = relayGroupOf(options.topic);
    for (const lane of LANES) this.#add(lane);
  }

  start(): void {
    for (const { loop } of this.#lanes) loop.start();
  }

  async stop(): Promise<void> {
    for (const { end } of this.#lanes) end();
    await Promise.all(this.#lanes.map(({ loop }) => loop.stop()));
    // A lease that cannot be given back runs out by itself.
    await Promise.all(this.#lanes.map(({ lease }) => lease.release().catch(() => undefined)));
  }

  #add(lane: Lane): void {
    const { transactions, holder, wake, poll, log } = this.#options;
    const name = `${this.#group} ${lane}`;
    const lease = new Lease(transactions, name, holder);
    let listening: (() => void) | undefined;
    // Only the holder listens: whoever appends elsewhere then knows to wake it by NOTIFY.
    const listen = (on: boolean): void => {
      if (on) listening ??= wake.subscribe(this.#group, lane, loop.wake);
      else if (listening !== undefined) {
        listening();
        listening = undefined;
        wake.signal(this.#group, lane);
      }
    };
    const loop = new LaneLoop({ name, turn: () => this.#turn(lane, lease, listen), log });
    const unpoll = poll.add(this.#group, lane, loop.wake, () => undefined);
    this.#lanes.push({
      loop,
      lease,
      end: () => {
        unpoll();
        listening?.();
      },
    });
  }

  async #turn(lane: Lane, lease: Lease, listen: (on: boolean) => void): Promise<Turn> {
    const token = await lease.hold();
    listen(token !== undefined);
    if (token === undefined) return 'idle';
    const { transactions, topic } = this.#options;
    const claim = { group: this.#group, topic, lane, events: MAX_BATCH };
    const { batches, events } = await readPending(transactions, claim);
    if (batches.length === 0) return 'idle';
    const refused = await this.#publish(lane, lease, events);
    await this.#settle({ lane, lease: lease.name, token, batches }, refused);
    return events.length >= MAX_BATCH ? 'again' : 'idle';
  }

  /** Publishes all, holding the lease meanwhile. Returns the events that the broker refuses for ever, such as oversized ones. */
  async #publish(lane: Lane, lease: Lease, events: readonly LoggedEvent[]): Promise<Refused[]> {
    const { publisher, topic, log } = this.#options;
    const renewal = setInterval(() => {
      lease.hold().catch((err: unknown) => log.warn({ lease: lease.name, err }, 'lease not renewed'));
    }, RENEW_EVERY);
    try {
      await publisher.publish(topic, lane, events);
      return [];
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return await this.#publishOneByOne(lane, events);
    } finally {
      clearInterval(renewal);
    }
  }

  async #publishOneByOne(lane: Lane, events: readonly LoggedEvent[]): Promise<Refused[]> {
    const { publisher, topic } = this.#options;
    const refused: Refused[] = [];
    for (const event of events) {
      try {
        await publisher.publish(topic, lane, [event]);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refused.push({ event, cause: causeOf(error) });
      }
    }
    return refused;
  }

  /** The fence: a relay that has lost its lease deletes nothing; what it sent is sent again, and the inboxes drop it. */
  async #settle({ lane, lease, token, batches }: Sent, refused: readonly Refused[]): Promise<void> {
    await this.#options.transactions.run(lane, async (tx) => {
      await tx.query({
        name: 'relayed',
        text: `DELETE FROM event_log.pending WHERE grp = $1 AND lane = $2 AND batch = ANY ($3::bigint[])
               AND EXISTS (SELECT 1 FROM event_log.lease WHERE name = $4 AND token = $5)`,
        values: [this.#group, lane, batches, lease, token],
      });
      if (refused.length === 0) return;
      this.#options.log.error(
        { group: this.#group, refused: refused.length },
        'events put to the dead letters: the broker refuses them',
      );
      await new DeadLetterTable().park(tx, this.#group, refused);
    });
  }
}

interface Sent {
  readonly lane: Lane;
  readonly lease: string;
  readonly token: string;
  readonly batches: readonly string[];
}

interface Refused {
  readonly event: LoggedEvent;
  readonly cause: string;
}

/** The publisher itself sends again whatever may succeed later, so what it throws under this name is final. */
const isRefusal = (error: unknown): boolean => error instanceof Error && error.name === 'PublishRefused';
