import type { Instant, Layer } from '@tocsin/contracts';
import { isWholeWeek, mondayOf, patternOf, type WeekSpan } from './week-pattern.js';
import { instantOfLocal, isEven, localTimeAt, WEEK_MS } from './zone-clock.js';

/** Whether a layer's hours cover an instant, and for how long around it that stays so. */
export interface Covered {
  readonly covered: boolean;
  readonly from: Instant;
  readonly until: Instant;
}

const ALWAYS: Covered = { covered: true, from: -Infinity, until: Infinity };

const patterns = new WeakMap<Layer, readonly WeekSpan[]>();

/** The hours of a layer without restriction are all. */
export function hoursAt(layer: Layer, zone: string, at: Instant): Covered {
  if (layer.only === undefined) return ALWAYS;
  let pattern = patterns.get(layer);
  if (pattern === undefined) patterns.set(layer, (pattern = patternOf(layer.only)));
  if (isWholeWeek(pattern)) return ALWAYS;
  const even = isEven(zone, at - 2 * WEEK_MS, at + 2 * WEEK_MS);
  return even ? byTheWeek(pattern, zone, at) : aroundChange(pattern, zone, at);
}

/** Far from every change of the clock a week is a week: places in it are enough. */
function byTheWeek(pattern: readonly WeekSpan[], zone: string, at: Instant): Covered {
  const local = localTimeAt(zone, at);
  const monday = at - (local - mondayOf(local));
  const spans = [-WEEK_MS, 0, WEEK_MS].flatMap((shift) =>
    pattern.map(({ from, until }) => ({ from: monday + shift + from, until: monday + shift + until })),
  );
  return among(spans, at);
}

/**
 * Near a change each end is looked up in the zone. A stretch that the clock jumps over is none; one that it shows
 * twice lasts longer. Ends that meet on the wall clock meet in time, so no hole opens between two layers.
 */
function aroundChange(pattern: readonly WeekSpan[], zone: string, at: Instant): Covered {
  const monday = mondayOf(localTimeAt(zone, at));
  const spans = [-2, -1, 0, 1, 2].flatMap((weeks) =>
    pattern.map(({ from, until }) => ({
      from: instantOfLocal(zone, monday + weeks * WEEK_MS + from),
      until: instantOfLocal(zone, monday + weeks * WEEK_MS + until),
    })),
  );
  return among(
    spans.filter(({ from, until }) => from < until),
    at,
  );
}

function among(spans: readonly WeekSpan[], at: Instant): Covered {
  let [from, until] = [-Infinity, Infinity];
  for (const span of spans) {
    if (span.from <= at && at < span.until) return { covered: true, from: span.from, until: span.until };
    if (span.until <= at) from = Math.max(from, span.until);
    else until = Math.min(until, span.from);
  }
  return { covered: false, from, until };
}
