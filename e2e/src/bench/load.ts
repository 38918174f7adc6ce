import { build, type Histogram } from 'hdr-histogram-js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.js';

export interface LoadResult {
  /** Due times by number, milliseconds since the epoch; empty for a closed loop. */
  readonly dueAt: ReadonlyMap<number, number>;
  readonly sent: number;
  readonly accepted: number;
  readonly errors: ReadonlyMap<number, number>;
  readonly seconds: number;
  /** Microseconds from due (open loop) or send (closed loop) to the answer. */
  readonly ack: Histogram;
}

export const now = (): number => performance.timeOrigin + performance.now();

/** Timer step of the open loop: due events of one step leave together, each counted from its own due time. */
const STEP_MS = 1;

class Tally {
  sent = 0;
  accepted = 0;
  readonly errors = new Map<number, number>();
  readonly ack = build({ numberOfSignificantValueDigits: 3, highestTrackableValue: 120_000_000 });

  note(answer: { accepted: number; status: number }, since: number): void {
    this.ack.recordValue(Math.max(1, Math.round((now() - since) * 1_000)));
    this.accepted += answer.accepted;
    if (answer.accepted === 0) this.errors.set(answer.status, (this.errors.get(answer.status) ?? 0) + 1);
  }
}

/**
 * Constant arrival rate: event i is due at start + i/rate whatever the target does, and its latency counts from there,
 * so that a stalled target cannot hide its queue (no coordinated omission).
 */
export async function openLoop(
  client: Client,
  event: (number: number) => string,
  rate: number,
  seconds: number,
): Promise<LoadResult> {
  const tally = new Tally();
  const dueAt = new Map<number, number>();
  const total = Math.round(rate * seconds);
  const start = now() + 50;
  const open = new Set<Promise<void>>();
  for (let next = 0; next < total; ) {
    await sleep(STEP_MS);
    for (; next < total && start + (next * 1_000) / rate <= now(); next += 1) {
      const due = start + (next * 1_000) / rate;
      dueAt.set(next, due);
      tally.sent += 1;
      const request = client.post([event(next)]).then((answer) => {
        tally.note(answer, due);
        open.delete(request);
      });
      open.add(request);
    }
  }
  await Promise.all(open);
  return { dueAt, ...tally, seconds: (now() - start) / 1_000 };
}

/** `workers` requests at a time, as fast as they are answered: throughput only, its latency is no service level. */
export async function closedLoop(
  client: Client,
  event: (number: number) => string,
  { workers, batch, seconds }: { workers: number; batch: number; seconds: number },
): Promise<LoadResult> {
  const tally = new Tally();
  const start = now();
  const until = start + seconds * 1_000;
  let next = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (now() < until) {
        const from = next;
        next += batch;
        const events = Array.from({ length: batch }, (_, i) => event(from + i));
        const since = now();
        tally.sent += batch;
        tally.note(await client.post(events), since);
      }
    }),
  );
  return { dueAt: new Map(), ...tally, seconds: (now() - start) / 1_000 };
}
