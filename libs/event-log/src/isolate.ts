import type { BatchHandler } from './event-bus.js';
import { PoisonError } from './event-bus.js';
import type { LoggedEvent } from './event-log.js';
import type { Tx } from './tx.js';

export interface Isolated {
  readonly handled: LoggedEvent[];
  readonly poison: { readonly event: LoggedEvent; readonly error: unknown }[];
  /** Later events of a poisoned key: they have had no effect and wait. */
  readonly behind: LoggedEvent[];
}

interface Means {
  readonly handler: BatchHandler;
  readonly isTransient: (error: unknown) => boolean;
  readonly maxBatch: number;
}

/**
 * Handles events that failed together so that only the guilty ones stay out: halves the batch until the poison
 * stands alone. Each try runs under a savepoint, so a failed one leaves no effect behind, and all of it commits with
 * the caller's transaction. Order per key is kept: halves run left to right, and what follows a poisoned key waits.
 * @throws transient errors, for the whole transaction to be tried again
 */
export async function isolate(tx: Tx, events: readonly LoggedEvent[], means: Means): Promise<Isolated> {
  const result: Isolated = { handled: [], poison: [], behind: [] };
  const blocked = new Set<string>();
  const left: (readonly LoggedEvent[])[] = [];
  for (let at = events.length; at > 0; at -= means.maxBatch)
    left.push(events.slice(Math.max(0, at - means.maxBatch), at));

  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    result.behind.push(...part.filter((event) => blocked.has(event.key)));
    const free = part.filter((event) => !blocked.has(event.key));
    if (free.length === 0) continue;
    const error = await tryPart(tx, free, means);
    if (error === undefined) {
      result.handled.push(...free);
      continue;
    }
    const [only] = free;
    if (only !== undefined && free.length === 1) {
      result.poison.push({ event: only, error: error.thrown });
      blocked.add(only.key);
    } else {
      left.push(...splitAt(free, error.thrown).reverse());
    }
  }
  return result;
}

/** The poison that named itself is cut out at once; else the halves. In order. */
function splitAt(part: readonly LoggedEvent[], error: unknown): (readonly LoggedEvent[])[] {
  const named =
    error instanceof PoisonError
      ? part.findIndex((event) => event.batch === error.event.batch && event.n === error.event.n)
      : -1;
  if (named < 0) return [part.slice(0, part.length >> 1), part.slice(part.length >> 1)];
  return [part.slice(0, named), part.slice(named, named + 1), part.slice(named + 1)];
}

async function tryPart(
  tx: Tx,
  part: readonly LoggedEvent[],
  means: Means,
): Promise<{ thrown: unknown } | undefined> {
  const acts: (() => void)[] = [];
  const guarded: Tx = {
    query: (statement) => tx.query(statement),
    afterCommit: (act) => void acts.push(act),
  };
  await tx.query({ text: 'SAVEPOINT part', values: [] });
  try {
    await means.handler(part, guarded);
    await tx.query({ text: 'RELEASE SAVEPOINT part', values: [] });
  } catch (thrown) {
    if (means.isTransient(thrown)) throw thrown;
    await tx.query({ text: 'ROLLBACK TO SAVEPOINT part', values: [] });
    return { thrown };
  }
  for (const act of acts) tx.afterCommit(act);
  return undefined;
}

/** One line for the dead letter: the error, and what caused it. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const line = `${error.name}: ${error.message}`;
  return (error.cause instanceof Error ? `${line} (${causeOf(error.cause)})` : line).slice(0, 2000);
}
