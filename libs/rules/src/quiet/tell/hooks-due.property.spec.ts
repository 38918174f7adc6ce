import { describe, expect, it } from '@jest/globals';
import { isoOf, type QuietScope, WEEKDAYS } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { Temporal } from 'temporal-polyfill';
import type { QuietWindow, Weekly } from '../quiet-window.js';
import type { WindowsChange } from './change-windows.js';
import { hooksDue } from './hooks-due.js';
import { type MaintenanceHook, maintenanceEventOf } from './maintenance-hook.js';
import { type ToldWindows, windowIdOf } from './told-windows.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAYS = 4;

/** The night on which the clock of the zone changes is the second one. */
const NIGHTS = [
  { zone: 'Europe/London', from: Date.UTC(2027, 2, 27) },
  { zone: 'Europe/London', from: Date.UTC(2027, 9, 30) },
  { zone: 'America/New_York', from: Date.UTC(2026, 9, 31) },
  { zone: 'Australia/Lord_Howe', from: Date.UTC(2026, 3, 4) },
  { zone: 'Asia/Singapore', from: Date.UTC(2026, 11, 1) },
];

const rules = fc.record({
  days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  from: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 1439 })),
  lasts: fc.oneof(fc.constantFrom(24 * 60, 30 * 60), fc.integer({ min: 1, max: 400 })).map((m) => m * 60),
  scope: fc.constantFrom<QuietScope>({}, { services: ['payouts'] }),
});
const minutes = fc.integer({ min: 0, max: DAYS * 1440 - 1 });
const histories = fc.record({
  night: fc.constantFrom(...NIGHTS),
  /** The windows of each revision, by the place of their name; null where it has none. */
  revisions: fc.array(
    fc.record({ at: minutes, rules: fc.array(fc.option(rules), { minLength: 2, maxLength: 2 }) }),
    { minLength: 1, maxLength: 4 },
  ),
  byHand: fc.array(
    fc.record({ at: minutes, begins: minutes, lasts: fc.integer({ min: 1, max: 900 }), stopped: minutes }),
    { maxLength: 3 },
  ),
  looks: fc.array(minutes, { maxLength: 12 }),
});
type Drawn = typeof histories extends fc.Arbitrary<infer T> ? T : never;

/** What happens, at whole minutes; of a window by hand only what routing lets happen. */
function changesOf({ night, revisions, byHand }: Drawn): WindowsChange[] {
  const at = (minute: number): number => night.from + minute * MINUTE;
  const configs = revisions
    .toSorted((a, b) => a.at - b.at)
    .map(
      (drawn, i): WindowsChange => ({
        ...{ kind: 'config', at: at(drawn.at), revision: i + 1 },
        windows: drawn.rules.flatMap((rule, n): QuietWindow[] => {
          if (rule === null) return [];
          const { scope, ...times } = rule;
          return [
            {
              ...{ name: `window ${n}`, safety: 'exempt', scope },
              times: { kind: 'weekly', timeZone: night.zone, ...times },
            },
          ];
        }),
      }),
    );
  const hands = byHand.flatMap((drawn, i): WindowsChange[] => {
    const id = `mnt_${i}`;
    const [from, until] = [at(drawn.begins), at(drawn.begins + drawn.lasts)];
    const recorded = at(drawn.at);
    if (until <= recorded) return [];
    const stopped = at(drawn.stopped);
    const window: QuietWindow = {
      ...{ id, name: id, safety: 'exempt', scope: {} },
      times: { kind: 'once', from, until },
    };
    return [
      { kind: 'recorded', at: recorded, window, by: 'ops' },
      ...(recorded < stopped && stopped < until
        ? [
            {
              kind: 'stopped',
              at: stopped,
              id,
              as: stopped < from ? 'cancelled' : 'ended',
              by: 'ops',
            } as const,
          ]
        : []),
    ];
  });
  return [...configs, ...hands].toSorted((a, b) => a.at - b.at);
}

/** Asks at the given minutes only, and each time hears of the changes up to then. */
function toldAt(
  changes: readonly WindowsChange[],
  looks: readonly number[],
  from: number,
): MaintenanceHook[] {
  let told: ToldWindows = { until: from, revision: 0, windows: {} };
  let heard = 0;
  return looks.flatMap((now) => {
    const fresh = changes.slice(heard).filter((change) => change.at <= now);
    heard += fresh.length;
    const due = hooksDue(told, fresh, now);
    expect(due.missed).toBe(0);
    // As it comes back from the database.
    told = JSON.parse(JSON.stringify(due.told)) as ToldWindows;
    return [...due.hooks];
  });
}

const shown = (hooks: readonly MaintenanceHook[]): string[] =>
  hooks.map((hook) => {
    const { id, type } = maintenanceEventOf(hook, 'default', hook.at);
    return `${isoOf(hook.at)} ${windowIdOf(hook.window)} ${type} ${id} ${hook.cause.kind}`;
  });
/** Of windows that do not touch each other no order is promised. */
const byWindow = (hooks: readonly MaintenanceHook[]): string[][] =>
  [...new Set(hooks.map(({ window }) => windowIdOf(window)))]
    .toSorted()
    .map((id) => shown(hooks.filter(({ window }) => windowIdOf(window) === id)));

/** Every beginning of the days around, on the calendar. */
function onIn(times: QuietWindow['times'], days: readonly Temporal.PlainDate[]): (at: number) => boolean {
  if (times.kind === 'once') return (at) => times.from <= at && at < times.until;
  const spans = days
    .filter((date) => times.days.includes(WEEKDAYS[date.dayOfWeek - 1] ?? 'Mon'))
    .map((date) => beginningOf(date, times));
  return (at) => spans.some((from) => from <= at && at < from + times.lasts * 1000);
}

const beginningOf = (date: Temporal.PlainDate, { from, timeZone }: Weekly): number =>
  date
    .toPlainDateTime({ hour: Math.floor(from / 60), minute: from % 60 })
    .toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;

function apply(
  there: Map<string, (at: number) => boolean>,
  change: WindowsChange,
  days: readonly Temporal.PlainDate[],
): void {
  if (change.kind === 'stopped') return void there.delete(change.id);
  const windows = change.kind === 'config' ? change.windows : [change.window];
  const gone = change.kind === 'config' ? [...there.keys()].filter((id) => id.startsWith('config')) : [];
  for (const id of gone) there.delete(id);
  for (const window of windows) there.set(windowIdOf(window), onIn(window.times, days));
}

/** Minute by minute: which windows there are, which of them are on, and what of that is new. */
function minuteByMinute(changes: readonly WindowsChange[], night: Drawn['night']): string[] {
  const first = Temporal.Instant.fromEpochMilliseconds(night.from)
    .toZonedDateTimeISO(night.zone)
    .toPlainDate();
  const days = Array.from({ length: DAYS + 6 }, (_, i) => first.add({ days: i - 3 }));
  const there = new Map<string, (at: number) => boolean>();
  const since = new Map<string, number>();
  const seen: string[] = [];
  const look = (at: number): void => {
    for (const [id, from] of since)
      if (there.get(id)?.(at) !== true) {
        since.delete(id);
        seen.push(`${isoOf(at)} ${id} ended ${isoOf(from)}`);
      }
    for (const [id, on] of there)
      if (!since.has(id) && on(at)) {
        since.set(id, at);
        seen.push(`${isoOf(at)} ${id} started`);
      }
  };
  let next = 0;
  for (let at = night.from; at <= night.from + DAYS * 1440 * MINUTE; at += MINUTE) {
    look(at);
    for (let change = changes[next]; change?.at === at; change = changes[(next += 1)]) {
      apply(there, change, days);
      look(at);
    }
  }
  return seen.toSorted();
}

/** A window is created before all else and, once it was taken out, before anything again. */
function mustAlternate(hooks: readonly MaintenanceHook[]): void {
  expect(hooks[0]?.type).toBe('Created');
  let on: number | undefined;
  for (const hook of hooks) {
    if (hook.type === 'Ended') {
      expect([on, hook.at]).toEqual([hook.occurrence.from, hook.occurrence.until]);
      on = undefined;
    } else if (hook.type !== 'Changed') expect(on).toBeUndefined();
    if (hook.type === 'Started') on = hook.occurrence.from;
  }
}

describe('what is told of maintenance windows', () => {
  const ends = DAYS * 1440;

  it('is what the calendar says minute by minute, across changed clocks, configs and hands', () => {
    fc.assert(
      fc.property(histories, (drawn) => {
        const changes = changesOf(drawn);
        const looks = Array.from({ length: DAYS * 4 }, (_, i) => drawn.night.from + (i + 1) * 6 * HOUR);
        const started = toldAt(changes, looks, drawn.night.from).flatMap((hook) => {
          const who = `${isoOf(hook.at)} ${windowIdOf(hook.window)}`;
          if (hook.type === 'Started') return [`${who} started`];
          return hook.type === 'Ended' ? [`${who} ended ${isoOf(hook.occurrence.from)}`] : [];
        });
        expect(started.toSorted()).toEqual(minuteByMinute(changes, drawn.night));
      }),
      { numRuns: runs(100) },
    );
  });

  it('does not depend on when it is asked for', () => {
    fc.assert(
      fc.property(histories, (drawn) => {
        const changes = changesOf(drawn);
        const at = (minute: number): number => drawn.night.from + minute * MINUTE;
        const atLeast = Array.from({ length: DAYS }, (_, day) => (day + 1) * 1440);
        const seldom = toldAt(changes, atLeast.map(at), at(0));
        const often = toldAt(changes, [...atLeast, ...drawn.looks].toSorted((a, b) => a - b).map(at), at(0));
        expect(byWindow(often)).toEqual(byWindow(seldom));
      }),
      { numRuns: runs(500) },
    );
  });

  it('tells each thing once: a window is created first, then starts and ends by turns', () => {
    fc.assert(
      fc.property(histories, (drawn) => {
        const from = drawn.night.from;
        const hooks = toldAt(
          changesOf(drawn),
          [1440, 2880, 4320, ends].map((minute) => from + minute * MINUTE),
          from,
        );
        const ids = hooks.map((hook) => maintenanceEventOf(hook, 'default', hook.at).id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of new Set(hooks.map(({ window }) => windowIdOf(window))))
          mustAlternate(hooks.filter(({ window }) => windowIdOf(window) === id));
      }),
      { numRuns: runs(500) },
    );
  });

  it('is due at the instant that was named, and nothing is before', () => {
    fc.assert(
      fc.property(histories, (drawn) => {
        const from = drawn.night.from;
        const now = from + 1440 * MINUTE;
        const changes = changesOf(drawn).filter(({ at }) => at <= now);
        const { told, nextAt } = hooksDue({ until: from, revision: 0, windows: {} }, changes, now);
        if (nextAt === undefined || nextAt > from + ends * MINUTE) return;
        expect(nextAt).toBeGreaterThan(now);
        expect(hooksDue(told, [], nextAt - 1).hooks).toEqual([]);
      }),
      { numRuns: runs(500) },
    );
  });
});
