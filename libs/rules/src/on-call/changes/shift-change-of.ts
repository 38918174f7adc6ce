import { instantOf, type Repeats, type ShiftChangeView } from '@tocsin/contracts';
import type { TimeSpan } from '../on-call-shift.js';
import type { Recurrence } from './recurrence.js';
import type { ShiftChange } from './shift-change.js';

const read = <T extends { readonly from: string; readonly until: string }>(
  span: T,
): Omit<T, 'from' | 'until'> & TimeSpan => ({
  ...span,
  from: instantOf(span.from),
  until: instantOf(span.until),
});

const recurrenceOf = (repeats: Repeats | undefined): Recurrence | undefined =>
  repeats === undefined ? undefined : { ...repeats, until: instantOf(repeats.until) };

/** A change as the engine has it, from what the API shows. */
export function shiftChangeOf(view: ShiftChangeView): ShiftChange {
  const times = {
    recordedAt: instantOf(view.recordedAt),
    cancelledAt: view.cancelledAt === undefined ? undefined : instantOf(view.cancelledAt),
  };
  switch (view.kind) {
    case 'override':
      return { ...read(view), ...times, repeats: recurrenceOf(view.repeats) };
    case 'leave':
      return { ...read(view), ...times };
    case 'temporary':
      return { ...read(view), ...times };
    case 'swap':
      return { ...view, ...times, first: read(view.first), second: read(view.second) };
  }
}
