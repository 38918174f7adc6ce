import { checkEvents } from './check-events.js';
import { checkPages } from './check-pages.js';
import { checkSteps } from './check-steps.js';
import type { HistoryLine } from './history-line.js';
import { indexHistory, type HistoryIndex } from './history-index.js';
import type { CheckLimits, Trial } from './trial.js';
import { FAULT_KINDS, type FaultKind, type Lateness, type Verdict, type Witness } from './verdict.js';

export const DEFAULT_LIMITS: CheckLimits = { lateLimit: 30, stopLimit: 1 };

/**
 * Judges a history against the promises (S1–S9, L1, L3): every rule is a pass over the observations with the checker's
 * own small model of the policy, never with the engine that is on trial.
 * @param lines in any order; `lines[i]` is named as line i + 1 in the witnesses
 */
export function checkHistory(lines: readonly HistoryLine[], limits: CheckLimits = DEFAULT_LIMITS): Verdict {
  const witnesses: Witness[] = [];
  const index = indexHistory(lines, witnesses);
  const trial: Trial = { index, limits, witnesses };
  checkEvents(trial);
  checkSteps(trial);
  const { lateness, repeats } = checkPages(trial);
  const counts = Object.fromEntries(
    FAULT_KINDS.map((kind) => [kind, witnesses.filter((w) => w.kind === kind).length]),
  );
  return {
    ok: witnesses.length === 0,
    counts: counts as Record<FaultKind, number>,
    sent: index.sends.size,
    pages: lateness.length,
    repeats,
    late: percentiles(lateness),
    recovery: recoveryOf(index),
    witnesses,
  };
}

function percentiles(seconds: readonly number[]): Lateness {
  const sorted = seconds.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}

function recoveryOf({ faults, receipts }: HistoryIndex): number {
  const last = Math.max(0, ...faults.map(({ to }) => to).filter(Number.isFinite));
  if (last === 0) return 0;
  const after = receipts.map(({ t }) => t).filter((t) => t >= last);
  return after.length === 0 ? 0 : (Math.min(...after) - last) / 1_000;
}
