import type { HistoryIndex } from './history-index.js';
import { deadline, delay } from './policy-model.js';
import type { Trial } from './trial.js';

type Receipt = HistoryIndex['receipts'][number];

/** A page that the history shows as planned: a step of an escalation and one of its persons. */
interface PlannedPage {
  readonly name: string;
  readonly plannedAt: number;
  readonly line: number;
  readonly stopped: { readonly t: number; readonly line: number } | undefined;
}

/** However long faults last: a process that died is back by then, and with it the knowledge of the stop. */
const STOP_LIMIT_IN_FAULT_MS = 10_000;

/** What was seen at the phones. */
export interface PageFigures {
  /** Seconds from due to the first arrival, one per page that arrived. */
  readonly lateness: readonly number[];
  /** Marked repeats that arrived. */
  readonly repeats: number;
}

/**
 * S5–S7, L1 at the phone: each planned page arrives, once for a receiver that dedupes by key; a repeat is marked and
 * has its reason; nothing arrives that was not planned or after the stop.
 */
export function checkPages(trial: Trial): PageFigures {
  const arrived = receiptsByPage(trial.index);
  const lateness: number[] = [];
  let repeats = 0;
  for (const page of plannedPages(trial.index)) {
    const receipts = arrived.get(page.name) ?? [];
    arrived.delete(page.name);
    const [first] = receipts;
    if (first === undefined) checkNeverArrived(trial, page);
    else lateness.push(checkFirst(trial, page, first));
    repeats += checkRepeats(trial, receipts);
    checkAfterStop(trial, page, receipts);
  }
  for (const [page, receipts] of arrived)
    trial.witnesses.push({
      kind: 'ghost',
      what: `page ${page} was never planned`,
      lines: receipts.map((r) => r.line),
    });
  return { lateness, repeats };
}

const nameOf = (at: { ticket: string; epoch: number; round: number; step: number }, person: string): string =>
  `${at.ticket}/${at.epoch}/${at.round}/${at.step}/${person}`;

const plannedPages = ({ escalations }: HistoryIndex): PlannedPage[] =>
  [...escalations.values()].flatMap(({ steps, stopped }) =>
    steps.flatMap((step) =>
      step.persons.map((person) => ({
        name: nameOf(step, person),
        plannedAt: step.t,
        line: step.line,
        stopped,
      })),
    ),
  );

function receiptsByPage({ receipts }: HistoryIndex): Map<string, Receipt[]> {
  const byPage = new Map<string, Receipt[]>();
  for (const receipt of receipts.toSorted((a, b) => a.t - b.t)) {
    const name = nameOf(receipt, receipt.person);
    byPage.set(name, [...(byPage.get(name) ?? []), receipt]);
  }
  return byPage;
}

function checkNeverArrived(
  { index, limits, witnesses }: Trial,
  { name, plannedAt, line, stopped }: PlannedPage,
): void {
  const dueBy = deadline(index, plannedAt, limits.lateLimit * 1_000);
  if (dueBy < Math.min(index.end, stopped?.t ?? index.end))
    witnesses.push({ kind: 'lost-page', what: `page ${name} never arrived`, lines: [line] });
}

/** @returns seconds late */
function checkFirst(
  { index, limits, witnesses }: Trial,
  { plannedAt, line }: PlannedPage,
  first: Receipt,
): number {
  const lines = [line, first.line];
  if (first.t < plannedAt)
    witnesses.push({ kind: 'early', what: `page ${first.key} arrived before it was planned`, lines });
  const late = delay(index, plannedAt, first.t) / 1_000;
  if (first.t > deadline(index, plannedAt, limits.lateLimit * 1_000))
    witnesses.push({ kind: 'late', what: `page ${first.key} came ${late} s late`, lines });
  return late;
}

/** @returns how many marked repeats arrived */
function checkRepeats({ index, witnesses }: Trial, receipts: readonly Receipt[]): number {
  const [first, ...extra] = receipts;
  if (first === undefined) return 0;
  const keys = new Set(receipts.map(({ key }) => key));
  if (keys.size > 1)
    witnesses.push({
      kind: 'dup',
      what: `page ${first.key} arrived under ${keys.size} keys`,
      lines: receipts.map((r) => r.line),
    });
  const outcomes = (index.outcomes.get(first.key) ?? []).map(({ outcome }) => outcome);
  const count = (wanted: string): number => outcomes.filter((outcome) => outcome === wanted).length;
  // A try after «retryable» is no repeat: the provider refused it. One after «unknown» may be, and must say so (X2).
  const unmarked = extra.filter(({ repeat }) => !repeat);
  const unexplained = [
    ...unmarked.slice(count('retryable')),
    ...extra.slice(count('retryable') + count('unknown')),
  ];
  for (const { line, key } of new Set(unexplained))
    witnesses.push({
      kind: 'dup',
      what: `page ${key} arrived again without a reason or a mark`,
      lines: [first.line, line],
    });
  return extra.length - unmarked.length;
}

function checkAfterStop(
  { index, limits, witnesses }: Trial,
  { name, stopped }: PlannedPage,
  receipts: readonly Receipt[],
): void {
  if (stopped === undefined) return;
  // What was to tell of the stop may have been dead: then it must take hold this soon after the fault.
  const tellBy = Math.min(
    deadline(index, stopped.t, limits.stopLimit * 1_000),
    stopped.t + STOP_LIMIT_IN_FAULT_MS,
  );
  for (const { t, line } of receipts)
    if (t > tellBy)
      witnesses.push({
        kind: 'ghost',
        what: `page ${name} arrived ${(t - stopped.t) / 1_000} s after the stop`,
        lines: [stopped.line, line],
      });
}
