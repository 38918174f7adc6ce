import type { Instant } from '@tocsin/contracts';

/** A half-open span of instants: `from` belongs to it, `until` does not. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** Spans in the order of time, none touching the next. */
export type IntervalSet = readonly Span[];

/** The parts of a set that lie in a span. */
export const within = (set: IntervalSet, { from, until }: Span): IntervalSet =>
  set
    .map((span) => ({ from: Math.max(span.from, from), until: Math.min(span.until, until) }))
    .filter((span) => span.from < span.until);

/** Everything that lies in any of the spans. */
export function union(spans: readonly Span[]): IntervalSet {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.until)
      joined[joined.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    else joined.push(span);
  }
  return joined;
}
