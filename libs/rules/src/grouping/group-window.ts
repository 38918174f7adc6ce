import type { GroupingWindow, Instant, Seconds } from '@tocsin/contracts';

/** From the first to the last raise of whatever belongs together. */
export interface GroupSpan {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Whether two spans belong together. Growing a span never takes away what it was close to, so that joining whatever is
 * close ends in the same groups in every order.
 */
export function isClose(window: GroupingWindow, a: GroupSpan, b: GroupSpan): boolean {
  const { fixed, sliding, session, 'at-most': most } = window;
  const cut = fixed ?? most;
  if (cut !== undefined && !shareStretch(cut, a, b)) return false;
  const gap = sliding ?? session;
  return gap === undefined || Math.max(a.from, b.from) - Math.min(a.to, b.to) <= gap * 1000;
}

/** Whether both touch one of the stretches into which the clock is cut. */
const shareStretch = (length: Seconds, a: GroupSpan, b: GroupSpan): boolean =>
  Math.max(stretch(length, a.from), stretch(length, b.from)) <=
  Math.min(stretch(length, a.to), stretch(length, b.to));

const stretch = (length: Seconds, at: Instant): number => Math.floor(at / (length * 1000));

export const hullOf = (spans: readonly GroupSpan[]): GroupSpan => ({
  from: Math.min(...spans.map(({ from }) => from)),
  to: Math.max(...spans.map(({ to }) => to)),
});
