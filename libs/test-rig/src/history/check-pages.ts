import type { CheckLimits } from './check-history.js';
import type { HistoryIndex } from './history-index.js';
import { lastFaultEnd } from './policy-model.js';
import type { Witness } from './verdict.js';

type Receipt = HistoryIndex['receipts'][number];

/**
 * S5–S7, L1 at the phone: each planned page arrives, once for a receiver that dedupes by key; a repeat is marked and
 * has its reason; nothing arrives that was not planned or after the stop.
 * @returns how many marked repeats arrived; `lateness` gets the seconds of every first arrival
 */
export function checkPages(
  index: HistoryIndex,
  limits: CheckLimits,
  witnesses: Witness[],
  lateness: number[],
): number {
  const byPage = new Map<string, Receipt[]>();
  for (const receipt of index.receipts.toSorted((a, b) => a.t - b.t))
    byPage.set(pageOf(receipt, receipt.person), [
      ...(byPage.get(pageOf(receipt, receipt.person)) ?? []),
      receipt,
    ]);
  let repeats = 0;
  for (const escalation of index.escalations.values())
    for (const step of escalation.steps)
      for (const person of step.persons) {
        const page = pageOf(step, person);
        const receipts = byPage.get(page) ?? [];
        byPage.delete(page);
        if (receipts.length === 0)
          checkNeverArrived(index, step, escalation.stopped?.t, limits, page, witnesses);
        else repeats += checkArrivals(index, step, receipts, limits, witnesses, lateness);
        checkAfterStop(escalation.stopped, receipts, limits, page, witnesses);
      }
  for (const [page, receipts] of byPage)
    witnesses.push({
      kind: 'ghost',
      what: `page ${page} was never planned`,
      lines: receipts.map((r) => r.line),
    });
  return repeats;
}

const pageOf = (at: { ticket: string; epoch: number; round: number; step: number }, person: string): string =>
  `${at.ticket}/${at.epoch}/${at.round}/${at.step}/${person}`;

function checkNeverArrived(
  index: HistoryIndex,
  step: { t: number; line: number },
  stoppedAt: number | undefined,
  limits: CheckLimits,
  page: string,
  witnesses: Witness[],
): void {
  const dueBy = lastFaultEnd(index, step.t) + limits.lateLimit * 1_000;
  if (dueBy < Math.min(index.end, stoppedAt ?? index.end))
    witnesses.push({ kind: 'lost-page', what: `page ${page} never arrived`, lines: [step.line] });
}

function checkArrivals(
  index: HistoryIndex,
  step: { t: number; line: number },
  receipts: readonly Receipt[],
  limits: CheckLimits,
  witnesses: Witness[],
  lateness: number[],
): number {
  const [first, ...extra] = receipts;
  if (first === undefined) return 0;
  if (first.t < step.t)
    witnesses.push({
      kind: 'early',
      what: `page ${first.key} arrived before it was planned`,
      lines: [step.line, first.line],
    });
  const late = Math.max(0, first.t - lastFaultEnd(index, step.t)) / 1_000;
  lateness.push(late);
  if (late > limits.lateLimit)
    witnesses.push({
      kind: 'late',
      what: `page ${first.key} came ${late} s late`,
      lines: [step.line, first.line],
    });
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
  return extra.filter(({ repeat }) => repeat).length;
}

function checkAfterStop(
  stopped: { t: number; line: number } | undefined,
  receipts: readonly Receipt[],
  limits: CheckLimits,
  page: string,
  witnesses: Witness[],
): void {
  if (stopped === undefined) return;
  for (const { t, line } of receipts)
    if (t > stopped.t + limits.stopLimit * 1_000)
      witnesses.push({
        kind: 'ghost',
        what: `page ${page} arrived ${(t - stopped.t) / 1_000} s after the stop`,
        lines: [stopped.line, line],
      });
}
