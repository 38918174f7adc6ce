import {
  instantOf,
  isoOf,
  type NewLeave,
  type NewOverride,
  type NewSwap,
  type NewTemporarySchedule,
  type ShiftChangeView,
} from '@tocsin/contracts';
import type { ShiftChange, TimeSpan } from '@tocsin/rules';
import type { UnrecordedChange } from '../shift-change.store.js';

interface IsoSpan {
  readonly from: string;
  readonly until: string;
}

const read = <T extends IsoSpan>(span: T): Omit<T, 'from' | 'until'> & TimeSpan => ({
  ...span,
  from: instantOf(span.from),
  until: instantOf(span.until),
});

const shown = <T extends TimeSpan>(span: T): Omit<T, 'from' | 'until'> & IsoSpan => ({
  ...span,
  from: isoOf(span.from),
  until: isoOf(span.until),
});

export const overrideOf = ({ repeats, ...body }: NewOverride): UnrecordedChange => ({
  kind: 'override',
  ...read(body),
  ...(repeats === undefined ? {} : { repeats: { ...repeats, until: instantOf(repeats.until) } }),
});
export const temporaryOf = (body: NewTemporarySchedule): UnrecordedChange => ({
  kind: 'temporary',
  ...read(body),
});
export const leaveOf = (body: NewLeave): UnrecordedChange => ({ kind: 'leave', ...read(body) });
export const swapOf = (body: NewSwap): UnrecordedChange => ({
  kind: 'swap',
  ...body,
  first: read(body.first),
  second: read(body.second),
});

/** A change as the API shows it. */
export function changeView(change: ShiftChange): ShiftChangeView {
  const { recordedAt, cancelledAt } = change;
  const times = {
    recordedAt: isoOf(recordedAt),
    cancelledAt: cancelledAt === undefined ? undefined : isoOf(cancelledAt),
  };
  switch (change.kind) {
    case 'override': {
      const { repeats, ...override } = change;
      const again = repeats === undefined ? {} : { repeats: { ...repeats, until: isoOf(repeats.until) } };
      return { ...shown(override), ...again, ...times };
    }
    case 'temporary':
      return { ...shown(change), layers: [...change.layers], ...times };
    case 'swap':
      return { ...change, first: shown(change.first), second: shown(change.second), ...times };
    case 'leave':
      return { ...shown(change), ...times };
  }
}
