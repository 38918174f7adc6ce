import type { CheckLimits } from './check-history.js';
import type { Escalation, HistoryIndex } from './history-index.js';
import { lastFaultEnd, nextStep, type Position } from './policy-model.js';
import type { Witness } from './verdict.js';

/** The database stamps rows at the start of a statement, the timer compares in another: allow their difference. */
const CLOCK_GRAIN_MS = 5;

/**
 * S4, S7, S8, S9, L3: the steps of each escalation are those of the policy, in order, once, never early, never after
 * the stop, and never missing while nothing stopped it.
 */
export function checkSteps(index: HistoryIndex, limits: CheckLimits, witnesses: Witness[]): void {
  for (const escalation of index.escalations.values()) checkEscalation(index, escalation, limits, witnesses);
  for (const { invoke, outcome } of index.sends.values())
    if (
      outcome === 'ok' &&
      !invoke.resolves &&
      index.world.pages.includes(invoke.pri) &&
      !index.escalations.has(`${invoke.ticket}/1`)
    )
      witnesses.push({
        kind: 'lost-page',
        what: `${invoke.ticket} (${invoke.pri}) never started to escalate`,
        lines: [invoke.line],
      });
}

function checkEscalation(
  index: HistoryIndex,
  escalation: Escalation,
  limits: CheckLimits,
  witnesses: Witness[],
): void {
  const name = `${escalation.ticket}/${escalation.epoch}`;
  const { started, stopped } = escalation;
  if (started === undefined) {
    witnesses.push({
      kind: 'malformed',
      what: `${name} has steps or an end but no start`,
      lines: escalation.steps.map((s) => s.line),
    });
    return;
  }
  let expected: Position | undefined = { round: 1, step: 0, dueAt: started.t };
  for (const step of escalation.steps.toSorted((a, b) => a.t - b.t || a.round - b.round || a.step - b.step)) {
    const lines = [step.line];
    if (expected === undefined || step.round !== expected.round || step.step !== expected.step)
      witnesses.push({
        kind: 'step-order',
        what: `${name}: round ${step.round} step ${step.step} out of order or twice`,
        lines,
      });
    if (expected !== undefined && step.t < expected.dueAt - CLOCK_GRAIN_MS)
      witnesses.push({
        kind: 'early',
        what: `${name}: step ${step.step} ${expected.dueAt - step.t} ms early`,
        lines,
      });
    if (stopped !== undefined && step.t > stopped.t + CLOCK_GRAIN_MS)
      witnesses.push({
        kind: 'ghost',
        what: `${name}: step ${step.step} planned after the stop`,
        lines: [stopped.line, step.line],
      });
    expectSamePersons(index, step, name, witnesses);
    expected = nextStep(index.world, step);
  }
  checkNothingMissing(index, escalation, expected, limits, witnesses);
}

function expectSamePersons(
  index: HistoryIndex,
  step: Escalation['steps'][number],
  name: string,
  witnesses: Witness[],
): void {
  const wanted = index.world.steps[step.step]?.persons ?? index.world.fallback;
  if (wanted.toSorted().join() !== step.persons.toSorted().join())
    witnesses.push({
      kind: 'ghost',
      what: `${name}: step ${step.step} went to ${step.persons.join()} instead of ${wanted.join()}`,
      lines: [step.line],
    });
}

function checkNothingMissing(
  index: HistoryIndex,
  { ticket, epoch, stopped, ended, started }: Escalation,
  expected: Position | undefined,
  limits: CheckLimits,
  witnesses: Witness[],
): void {
  const name = `${ticket}/${epoch}`;
  const lines = [started?.line ?? 0];
  if (expected === undefined && stopped === undefined && ended?.reason !== 'exhausted')
    witnesses.push({ kind: 'lost-page', what: `${name} ran out of steps without saying «exhausted»`, lines });
  if (
    ended !== undefined &&
    stopped === undefined &&
    (ended.reason !== 'exhausted' || expected !== undefined)
  )
    witnesses.push({
      kind: 'lost-page',
      what: `${name} ended as «${ended.reason}» without a cause`,
      lines: [ended.line],
    });
  if (stopped !== undefined && ended === undefined)
    witnesses.push({ kind: 'malformed', what: `${name} was stopped but never ended`, lines: [stopped.line] });
  if (expected === undefined) return;
  const dueBy = lastFaultEnd(index, expected.dueAt) + limits.lateLimit * 1_000;
  if (dueBy < Math.min(index.end, stopped?.t ?? index.end))
    witnesses.push({
      kind: 'lost-page',
      what: `${name}: round ${expected.round} step ${expected.step} was due and never planned`,
      lines,
    });
}
