import type { Seconds } from '@tocsin/contracts';
import type { DeadMethod } from '../contacts/delay-to.js';
import type { PlannedStep, PolicyPlan } from '../escalation/policy-plan.js';
import { firstPlace, type Place, placeAfter } from '../escalation/walk-plan.js';
import { type IntervalSet, type Span, union, within } from './interval-set.js';
import { certaintyOf, type StepCertainty } from './step-certainty.js';
import { type ReachContext, type ReachPiece, reachOver } from './reach.js';

/** What a case opened at an uncovered instant would find at each step, until it is too late. */
export interface StepFinding {
  readonly step: string;
  /** Seconds after the case opened at which the step starts. */
  readonly after: Seconds;
  readonly found:
    | 'nobody'
    | 'no-contact-method'
    | 'dead-methods'
    | 'too-late'
    | 'outside-condition'
    | 'muted';
  /** Whom the step asked for. */
  readonly persons: readonly string[];
  /** Of `dead-methods`: which, and why. */
  readonly dead?: readonly DeadMethod[];
}

/** Why a case opened in `[from, until)` pages nobody in time; one whose last finding is `muted` is planned. */
export interface CoverageHole extends Span {
  readonly findings: readonly StepFinding[];
}

/** A set of openings on its way through the plan. */
interface Way {
  readonly place: Place | undefined;
  /** Seconds after the opening. */
  readonly after: Seconds;
  readonly openings: IntervalSet;
  readonly findings: readonly StepFinding[];
}

interface Prover {
  readonly plan: PolicyPlan;
  readonly certainty: (step: PlannedStep) => StepCertainty;
  readonly within: Seconds;
  readonly piecesOf: (step: number) => readonly ReachPiece[];
}

/**
 * The openings of a case for which no step pages anybody in time: every instant of the span, not a sample of them. A
 * step that leads to nobody, or to nobody with a contact method that the person's rules allow, is left at once, as the
 * engine leaves it (L2). The fallback does not count: it is the net below the policy, not its coverage.
 *
 * A step that windows hold back pages nobody in time, whenever they let go of it.
 *
 * Each step splits the openings by whom it reaches when it starts, so a set of openings takes one way through the plan
 * and the work grows with the shifts in the span, not with its length.
 *
 * @param asked the openings, and the seconds within which somebody must be paged
 * @returns the holes in the order of time; none when the span is covered
 */
export function coverageHoles(
  plan: PolicyPlan,
  context: ReachContext,
  asked: { readonly span: Span; readonly within: Seconds },
): CoverageHole[] {
  const { span, within: limit } = asked;
  const reached = new Map<number, ReachPiece[]>();
  const seen = { from: span.from, until: span.until + limit * 1000 + 1 };
  const piecesOf = (step: number): readonly ReachPiece[] => {
    const known = reached.get(step) ?? reachOver(plan.steps[step]?.page ?? [], context, seen);
    reached.set(step, known);
    return known;
  };
  const start = { place: firstPlace(plan), after: 0, openings: [span], findings: [] };
  const certainty = (step: PlannedStep): StepCertainty => certaintyOf(step, context);
  const holes = uncovered({ plan, certainty, within: limit, piecesOf }, start);
  return holes.toSorted((a, b) => a.from - b.from);
}

function uncovered(prover: Prover, way: Way): CoverageHole[] {
  const { place, after, openings, findings } = way;
  if (openings.length === 0) return [];
  const step = place === undefined || after > prover.within ? undefined : prover.plan.steps[place.step];
  if (place === undefined || step === undefined) return openings.map((span) => ({ ...span, findings }));
  const certainty = prover.certainty(step);
  return [
    ...(certainty === 'always' ? [] : passedBy(prover, { ...way, place }, step)),
    ...(certainty === 'never' ? [] : taken(prover, { ...way, place }, step)),
  ];
}

/** The openings whose condition lets the step page. */
function taken(prover: Prover, way: Way & { readonly place: Place }, step: PlannedStep): CoverageHole[] {
  const { place, after, findings } = way;
  return byOutcome(prover, place.step, after, way.openings).flatMap(({ piece, starts }) => {
    const { persons, delay, dead } = piece;
    const finding = { step: step.name, after, found: foundBy(piece), persons };
    const found = [...findings, finding.found === 'dead-methods' ? { ...finding, dead } : finding];
    if (piece.muted) return union(starts).map((span) => ({ ...span, findings: found }));
    return uncovered(prover, {
      place: placeAfter(prover.plan, place),
      after: after + (delay === undefined ? 0 : step.wait),
      openings: union(starts),
      findings: found,
    });
  });
}

/** The openings that are outside of the step's condition: it goes on, or waits for as long as it may. */
function passedBy(
  prover: Prover,
  { place, after, openings, findings }: Way & { readonly place: Place },
  step: PlannedStep,
): CoverageHole[] {
  const finding: StepFinding = { step: step.name, after, found: 'outside-condition', persons: [] };
  const { otherwise } = step;
  const on =
    typeof otherwise === 'object' ? { ...place, step: otherwise.goTo } : placeAfter(prover.plan, place);
  const next = otherwise === 'hold' ? undefined : on;
  return uncovered(prover, { place: next, after, openings, findings: [...findings, finding] });
}

function foundBy({ persons, delay, dead, muted }: ReachPiece): StepFinding['found'] {
  if (muted) return 'muted';
  if (delay !== undefined) return 'too-late';
  if (dead.length > 0) return 'dead-methods';
  return persons.length > 0 ? 'no-contact-method' : 'nobody';
}

/** Openings that this step does not cover, apart by what they find there. */
function byOutcome(
  { within: limit, piecesOf }: Prover,
  step: number,
  after: Seconds,
  openings: IntervalSet,
): { piece: ReachPiece; starts: Span[] }[] {
  const outcomes = new Map<string, { piece: ReachPiece; starts: Span[] }>();
  for (const piece of piecesOf(step)) {
    if (!piece.muted && piece.delay !== undefined && after + piece.delay <= limit) continue;
    const starts = within(openings, shifted(piece, -after));
    if (starts.length === 0) continue;
    const key = JSON.stringify([piece.persons, piece.delay, piece.dead, piece.muted]);
    const known = outcomes.get(key) ?? { piece, starts: [] };
    outcomes.set(key, known);
    known.starts.push(...starts);
  }
  return [...outcomes.values()];
}

const shifted = ({ from, until }: Span, seconds: Seconds): Span => ({
  from: from + seconds * 1000,
  until: until + seconds * 1000,
});
