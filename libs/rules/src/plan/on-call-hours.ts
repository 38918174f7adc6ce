import type { Config, Instant } from '@tocsin/contracts';
import { finalShifts } from '../on-call/final-shifts.js';
import { HOUR_MS } from '../on-call/zone-clock.js';
import { own } from '../own.js';
import type { OnCallChange } from './people-plan.js';

interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** Each person's hours on call by each schedule, where they differ. */
export function onCallChanges(
  before: Config,
  after: Config,
  span: Span,
): Map<string, readonly OnCallChange[]> {
  const changes = new Map<string, readonly OnCallChange[]>();
  const schedules = [...new Set([...Object.keys(before.schedules), ...Object.keys(after.schedules)])].sort();
  for (const schedule of schedules) {
    const [old, next] = [hoursOf(before, schedule, span), hoursOf(after, schedule, span)];
    for (const person of new Set([...old.keys(), ...next.keys()])) {
      const change = { schedule, before: old.get(person) ?? 0, after: next.get(person) ?? 0 };
      if (change.before !== change.after) changes.set(person, [...(changes.get(person) ?? []), change]);
    }
  }
  return changes;
}

function hoursOf({ schedules }: Config, name: string, { from, until }: Span): Map<string, number> {
  const schedule = own(schedules, name);
  const milliseconds = new Map<string, number>();
  for (const shift of schedule === undefined ? [] : finalShifts(schedule, { from, until }).shifts)
    milliseconds.set(shift.person, (milliseconds.get(shift.person) ?? 0) + shift.until - shift.from);
  return new Map([...milliseconds].map(([person, ms]) => [person, Math.round((ms / HOUR_MS) * 100) / 100]));
}
