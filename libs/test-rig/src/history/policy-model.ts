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

/**
 * By when something that was due must have happened: `bound` milliseconds after it, in which no fault was. A fault that
 * begins before they are over may have undone what was under way, so they count anew from its end.
 */
export function deadline({ faults }: HistoryIndex, dueAt: number, bound: number): number {
  let from = dueAt;
  for (const fault of faults.toSorted((a, b) => a.from - b.from))
    if (fault.from < from + bound && fault.to > from) from = fault.to;
  return from + bound;
}

/** Milliseconds from `dueAt`, or from the end of the last fault before `at`, until `at`. */
export function delay({ faults }: HistoryIndex, dueAt: number, at: number): number {
  const from = Math.max(dueAt, ...faults.filter((fault) => fault.from < at).map(({ to }) => to));
  return Math.max(0, at - from);
}
