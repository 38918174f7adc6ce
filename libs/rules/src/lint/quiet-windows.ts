import { type Config, type Instant, isoOf, MAINTENANCE_TEXTS, type MaintenanceRule } from '@tocsin/contracts';
import type { ConfigFault } from '../config/config-fault.js';
import { warningAt } from '../config/faults.js';
import { DAY_MS, localTimeAt, WEEK_MS } from '../on-call/zone-clock.js';
import { scopeOf, windowOfRule } from '../quiet/config-windows.js';
import { includesScope } from '../quiet/in-scope.js';
import type { QuietWindow } from '../quiet/quiet-window.js';
import { spanFrom, spansIn } from '../quiet/window-times.js';
import { filled } from '../texts-of.js';

/** A Monday on which to compare windows that name no day. */
const SOME_WEEK = Date.UTC(2026, 0, 5);

/**
 * Windows of the config that hush more, or for longer, than people mean.
 *
 * @param now for those that are over, and for the next night on which the clock changes; without it neither is said
 */
export const quietWindows = ({ maintenance }: Config, now: Instant | undefined): ConfigFault[] => {
  const windows = maintenance.map(windowOfRule);
  return maintenance.flatMap((rule, i) => {
    const window = windows[i] as QuietWindow;
    const place = ['maintenance', i];
    return [
      ...breadth(rule).map((texts) => warningAt(place, texts)),
      ...length(rule, window).map((texts) => warningAt(place, texts)),
      ...(now === undefined ? [] : inTime(rule, window, now)).map((texts) => warningAt(place, texts)),
      ...windows
        .slice(0, i)
        .filter((other) => meet(other, window))
        .map((other) => warningAt(place, filled(MAINTENANCE_TEXTS.overlaps, { other: other.name }))),
    ];
  });
};

type Texts = Parameters<typeof warningAt>[1];

const breadth = (rule: MaintenanceRule): Texts[] => [
  ...(Object.keys(scopeOf(rule)).length === 0 ? [MAINTENANCE_TEXTS.everything] : []),
  ...(rule.safety === 'muted' ? [MAINTENANCE_TEXTS.mutesSafety] : []),
];

function length({ every, until, since }: MaintenanceRule, { times }: QuietWindow): Texts[] {
  if (every === undefined) return [];
  const endless = until === undefined ? [MAINTENANCE_TEXTS.endless] : [];
  const start = since === undefined ? SOME_WEEK : Date.parse(since);
  const week = spansIn({ ...times, until: undefined } as QuietWindow['times'], {
    from: start,
    until: start + 3 * WEEK_MS,
  });
  const neverLoud =
    week.length > 1 && week.every(({ from }, i) => i === 0 || from <= (week[i - 1]?.until ?? 0));
  const from = isoOf(week[0]?.from ?? start).slice(0, 10);
  return neverLoud ? [...endless, filled(MAINTENANCE_TEXTS.alwaysOn, { from })] : endless;
}

function inTime(rule: MaintenanceRule, { times }: QuietWindow, now: Instant): Texts[] {
  const last = rule.on ?? rule.until;
  if (spanFrom(times, now) === undefined)
    return last === undefined || Date.parse(last) > now
      ? []
      : [filled(MAINTENANCE_TEXTS.past, { date: last })];
  const odd = spansIn(times, { from: now, until: now + ODD_WITHIN }).find(
    ({ from }) => minuteOf(rule, from) !== rule.from,
  );
  return odd === undefined
    ? []
    : [
        filled(MAINTENANCE_TEXTS.oddHour, {
          date: isoOf(localTimeAt(rule.timeZone, odd.from)).slice(0, 10),
          timeZone: rule.timeZone,
          at: isoOf(localTimeAt(rule.timeZone, odd.from)).slice(11, 16),
        }),
      ];
}

/** Every zone that changes its clock does so within a year. */
const ODD_WITHIN = 366 * DAY_MS;

const minuteOf = ({ timeZone }: MaintenanceRule, at: Instant): number =>
  Math.floor((localTimeAt(timeZone, at) % DAY_MS) / 60_000);

/** Whether one of two windows hushes all that the other does, at some time at which both are on. */
function meet(a: QuietWindow, b: QuietWindow): boolean {
  if (!includesScope(a.scope, b.scope) && !includesScope(b.scope, a.scope)) return false;
  const start = Math.max(beginningOf(a), beginningOf(b));
  const around = { from: start - WEEK_MS, until: start + 2 * WEEK_MS };
  const theirs = spansIn(b.times, around);
  return spansIn(a.times, around).some(({ from, until }) =>
    theirs.some((other) => from < other.until && other.from < until),
  );
}

const beginningOf = ({ times }: QuietWindow): Instant =>
  times.kind === 'once' ? times.from : times.since === undefined ? SOME_WEEK : Date.parse(times.since);
