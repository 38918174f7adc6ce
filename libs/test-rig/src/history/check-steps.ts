import type { Escalation } from './history-index.js';
import { deadline, nextStep, type Position } from './policy-model.js';
import type { Trial } from './trial.js';

/** The database stamps rows at the start of a statement, the timer compares in another: allow their difference. */
const CLOCK_GRAIN_MS = 5;

/**
 * S4, S7, S8, S9, L3: the steps of each escalation are those of the policy, in order, once, never early, never after
 * the stop, and never missing while nothing stopped it.
 */
export function checkSteps(trial: Trial): void {
  const { index, witnesses } = trial;
  for (const escalation of index.escalations.values()) checkEscalation(trial, escalation);
  for (const { invoke, outcome } of index.sends.values())
    if (outcome === 'ok' && mustEscalate(trial, invoke))
      witnesses.push({
        kind: 'lost-page',
        what: `${invoke.ticket} (${invoke.pri}) never started to escalate`,
        lines: [invoke.line],
      });
}

/** A ticket that was resolved before its escalation had to have started proves nothing. */
const mustEscalate = (
  { index, limits }: Pick<Trial, 'index' | 'limits'>,
  { resolves, pri, ticket, eventId }: { resolves: boolean; pri: string; ticket: string; eventId: string },
): boolean => {
  if (resolves || !index.world.pages.includes(pri) || index.escalations.has(`${ticket}/1`)) return false;
  const resolved = index.resolvedAt.get(ticket) ?? Number.POSITIVE_INFINITY;
  const applied = index.appliedAt.get(eventId);
  return applied === undefined || deadline(index, applied, limits.lateLimit * 1_000) < resolved;
};

const nameOf = ({ ticket, epoch }: Escalation): string => `${ticket}/${epoch}`;

function checkEscalation(trial: Trial, escalation: Escalation): void {
  const { started, steps } = escalation;
  if (started === undefined) {
    const what = `${nameOf(escalation)} has steps or an end but no start`;
    trial.witnesses.push({ kind: 'malformed', what, lines: steps.map((s) => s.line) });
    return;
  }
  let expected: Position | undefined = { round: 1, step: 0, dueAt: started.t };
  for (const step of steps.toSorted((a, b) => a.t - b.t || a.round - b.round || a.step - b.step)) {
    checkStep(trial, escalation, step, expected);
    expected = nextStep(trial.index.world, step);
  }
  checkEnd(trial, escalation, expected);
  if (expected !== undefined) checkNothingMissing(trial, escalation, expected);
}

function checkStep(
  { index, witnesses }: Trial,
  escalation: Escalation,
  step: Escalation['steps'][number],
  expected: Position | undefined,
): void {
  const what = `${nameOf(escalation)}: round ${step.round} step ${step.step}`;
  const lines = [step.line];
  if (step.round !== expected?.round || step.step !== expected.step)
    witnesses.push({ kind: 'step-order', what: `${what} out of order or twice`, lines });
  if (expected !== undefined && step.t < expected.dueAt - CLOCK_GRAIN_MS)
    witnesses.push({ kind: 'early', what: `${what} ${expected.dueAt - step.t} ms early`, lines });
  const { stopped } = escalation;
  if (stopped !== undefined && step.t > stopped.t + CLOCK_GRAIN_MS)
    witnesses.push({
      kind: 'ghost',
      what: `${what} planned after the stop`,
      lines: [stopped.line, step.line],
    });
  checkPersons({ index, witnesses }, step, what);
}

/** S11: who is paged is whom the policy names. */
function checkPersons(
  { index, witnesses }: Pick<Trial, 'index' | 'witnesses'>,
  step: Escalation['steps'][number],
  what: string,
): void {
  const wanted = index.world.steps[step.step]?.persons ?? index.world.fallback;
  if (wanted.toSorted().join() !== step.persons.toSorted().join())
    witnesses.push({
      kind: 'ghost',
      what: `${what} went to ${step.persons.join()} instead of ${wanted.join()}`,
      lines: [step.line],
    });
}

/** S8: it ends by an answer, a resolve, or exhausted after its last step; and what was stopped has ended. */
function checkEnd({ witnesses }: Trial, escalation: Escalation, expected: Position | undefined): void {
  const { stopped, ended, started } = escalation;
  const name = nameOf(escalation);
  if (stopped !== undefined) {
    if (ended === undefined)
      witnesses.push({
        kind: 'malformed',
        what: `${name} was stopped but never ended`,
        lines: [stopped.line],
      });
    return;
  }
  if (ended === undefined && expected === undefined)
    witnesses.push({
      kind: 'lost-page',
      what: `${name} ran out of steps without saying «exhausted»`,
      lines: [started?.line ?? 0],
    });
  if (ended !== undefined && (ended.reason !== 'exhausted' || expected !== undefined))
    witnesses.push({
      kind: 'lost-page',
      what: `${name} ended as «${ended.reason}» without a cause`,
      lines: [ended.line],
    });
}

/** L3: the step that the policy wants next had time to be planned. */
function checkNothingMissing(
  { index, limits, witnesses }: Trial,
  escalation: Escalation,
  expected: Position,
): void {
  const dueBy = deadline(index, expected.dueAt, limits.lateLimit * 1_000);
  const { stopped, started } = escalation;
  if (dueBy < Math.min(index.end, stopped?.t ?? index.end))
    witnesses.push({
      kind: 'lost-page',
      what: `${nameOf(escalation)}: round ${expected.round} step ${expected.step} was due and never planned`,
      lines: [started?.line ?? 0],
    });
}
