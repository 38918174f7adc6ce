import type { BatchRunnerOptions } from './batch-runner.js';
import type { Redriven } from './event-bus.js';
import { causeOf, isolate } from './isolate.js';

/**
 * Hands a dead letter, and what waits behind it, to its handler again, in order, in one transaction. What fails again
 * stays with its new cause and keeps its key blocked.
 */
export async function redrive(id: string, options: BatchRunnerOptions): Promise<Redriven> {
  const { transactions, deadLetters, group, handler, isTransient, maxBatch, log } = options;
  return transactions.run('cold', async (tx): Promise<Redriven> => {
    const events = await deadLetters.takeKeyOf(tx, group, id);
    if (events.length === 0) return { ok: false, reason: 'unknown-letter' };
    const found = await isolate(tx, events, { handler, isTransient, maxBatch });
    await deadLetters.remove(tx, group, found.handled);
    const [poison] = found.poison;
    if (poison === undefined) {
      log.info({ group, id, handled: found.handled.length }, 'dead letter handled again');
      return { ok: true, handled: found.handled.length };
    }
    await deadLetters.park(tx, group, [{ event: poison.event, cause: causeOf(poison.error) }]);
    if (found.handled.length > 0) return { ok: true, handled: found.handled.length };
    return { ok: false, reason: 'failed-again', cause: causeOf(poison.error) };
  });
}
