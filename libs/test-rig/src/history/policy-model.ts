import type { HistoryIndex } from './history-index.js';
import type { LineOf } from './history-line.js';

export interface Position {
  readonly round: number;
  readonly step: number;
  readonly dueAt: number;
}

/**
 * What the policy plans after a step: the checker's own model, written apart from the engine so that one fault cannot
 * hide in both. Waits count from the instant at which the step before was planned.
 * @returns undefined after the fallback
 */
export function nextStep(
  { steps, repeat }: LineOf<'world'>,
  done: { round: number; step: number; t: number },
): Position | undefined {
  const wait = steps[done.step]?.wait;
  if (wait === undefined) return undefined;
  const dueAt = done.t + wait * 1_000;
  if (done.step + 1 < steps.length) return { round: done.round, step: done.step + 1, dueAt };
  if (repeat !== undefined && done.round <= repeat.times)
    return { round: done.round + 1, step: repeat.from, dueAt };
  return { round: done.round, step: steps.length, dueAt };
}

/** When the last fault that overlaps [dueAt, …] ended, or `dueAt` where none does: lateness counts from there. */
export function lastFaultEnd({ faults }: HistoryIndex, dueAt: number): number {
  let from = dueAt;
  for (const fault of faults.toSorted((a, b) => a.from - b.from))
    if (fault.from <= from && fault.to > from) from = fault.to;
  return from;
}
