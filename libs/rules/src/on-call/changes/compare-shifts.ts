import type { Instant, Schedule } from '@tocsin/contracts';
import { finalShifts } from '../final-shifts.js';
import type { Lane } from '../lane.js';
import type { Timeline, TimeSpan } from '../on-call-shift.js';

/** A stretch in which a change puts somebody else on call; absent is nobody. */
export interface ShiftDelta extends TimeSpan {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

const HOUR_MS = 3_600_000;

/** Who is on call otherwise when a lane's changes are others: stretches in order, none where nothing differs (F2). */
export function compareShifts(schedule: Schedule, window: TimeSpan, before: Lane, after: Lane): ShiftDelta[] {
  const [was, becomes] = [finalShifts(schedule, window, before), finalShifts(schedule, window, after)];
  const edges = [...new Set([...edgesOf(was), ...edgesOf(becomes)])].toSorted((a, b) => a - b);
  const deltas: ShiftDelta[] = [];
  for (const [index, from] of edges.entries()) {
    const until = edges[index + 1];
    if (until === undefined) break;
    const delta = { from, until, before: personAt(was, from), after: personAt(becomes, from) };
    const last = deltas.at(-1);
    if (delta.before === delta.after) continue;
    if (last?.until === from && last.before === delta.before && last.after === delta.after)
      deltas[deltas.length - 1] = { ...last, until };
    else deltas.push(delta);
  }
  return deltas;
}

const edgesOf = ({ shifts, gaps }: Timeline): Instant[] =>
  [...shifts, ...gaps].flatMap(({ from, until }) => [from, until]);

const personAt = ({ shifts }: Timeline, at: Instant): string | undefined =>
  shifts.find(({ from, until }) => from <= at && at < until)?.person;

/** Hours that each person gains (positive) or loses (negative), the most first. */
export function hoursOf(deltas: readonly ShiftDelta[]): { person: string; hours: number }[] {
  const sums = new Map<string, number>();
  const add = (person: string | undefined, ms: number): void => {
    if (person !== undefined) sums.set(person, (sums.get(person) ?? 0) + ms);
  };
  for (const { from, until, before, after } of deltas) {
    add(after, until - from);
    add(before, from - until);
  }
  return [...sums]
    .map(([person, ms]) => ({ person, hours: ms / HOUR_MS }))
    .filter(({ hours }) => hours !== 0)
    .toSorted((a, b) => b.hours - a.hours);
}
