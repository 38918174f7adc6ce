export const FAULT_KINDS = [
  'malformed',
  'lost',
  'phantom',
  'lost-page',
  'dup',
  'ghost',
  'early',
  'late',
  'step-order',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One thing that must not be, with the lines (from 1) that prove it. */
export interface Witness {
  readonly kind: FaultKind;
  readonly what: string;
  readonly lines: readonly number[];
}

/** Seconds. */
export interface Lateness {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Verdict {
  readonly ok: boolean;
  /** How many of each kind; `lost` counts events and pages alike in the printed line. */
  readonly counts: Readonly<Record<FaultKind, number>>;
  readonly sent: number;
  readonly pages: number;
  /** Pages that went out twice, allowed and marked. */
  readonly repeats: number;
  readonly late: Lateness;
  /** Seconds from the end of the last fault until the first page after it; 0 without a fault. */
  readonly recovery: number;
  readonly witnesses: readonly Witness[];
}

/** The line that every drill ends with. */
export function verdictLine(drill: string, seed: number, verdict: Verdict): string {
  const { counts, late, recovery, sent, pages, repeats } = verdict;
  const fields = {
    drill,
    seed,
    N: sent,
    pages,
    repeats,
    lost: counts.lost + counts['lost-page'],
    phantom: counts.phantom,
    dup: counts.dup,
    ghost: counts.ghost,
    early: counts.early,
    late: counts.late,
    malformed: counts.malformed + counts['step-order'],
    'late p99': `${late.p99.toFixed(3)}s`,
    recovery: `${recovery.toFixed(2)}s`,
    verdict: verdict.ok ? 'ok' : 'BROKEN',
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('  ');
}
