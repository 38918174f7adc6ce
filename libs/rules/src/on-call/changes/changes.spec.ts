import { describe, expect, it } from '@jest/globals';
import { fc } from '@tocsin/test-rig/worlds';
import { finalShifts } from '../final-shifts.js';
import { gapsOf } from '../gaps.js';
import { onCallPath } from '../on-call-path.js';
import { at, linesOf, scheduleOf, standing } from '../schedule.given.js';
import { onCallAt, whoIsOnCall } from '../who-is-on-call.js';
import { leave, override, swap, temporary } from './change.given.js';
import { changeBook } from './change-book.js';
import { compareShifts, hoursOf } from './compare-shifts.js';
import type { Override, ShiftChange, Swap, TemporaryLayers } from './shift-change.js';

/** Ana's week begins on Monday the 2nd, Bo's on the 9th, Ana's again on the 16th. */
const schedule = scheduleOf('UTC', { people: ['ana', 'bo'] });
const lane = (...changes: ShiftChange[]) => ({ changes: changeBook(changes).of('primary', 'primary') });
const lines = (...changes: ShiftChange[]) =>
  linesOf(schedule, '2026-11-07T00:00', '2026-11-11T00:00', lane(...changes));

describe('changes beside the config', () => {
  it('an override covers its hours, partial ones too', () => {
    expect(lines(override('chen', ['2026-11-08T10:30', '2026-11-09T12:00']))).toEqual([
      '11-07T00:00 11-08T10:30 ana (layer 1)',
      '11-08T10:30 11-09T12:00 chen (override o1)',
      '11-09T12:00 11-11T00:00 bo (layer 1)',
    ]);
  });

  it('an override that replaces one person leaves the turns of the others', () => {
    expect(lines(override('chen', ['2026-11-08T10:30', '2026-11-10T00:00'], { replaces: 'bo' }))).toEqual([
      '11-07T00:00 11-09T09:00 ana (layer 1)',
      '11-09T09:00 11-10T00:00 chen (override o1)',
      '11-10T00:00 11-11T00:00 bo (layer 1)',
    ]);
  });

  it('of two overrides the later recorded wins', () => {
    const first = override('chen', ['2026-11-07T00:00', '2026-11-08T00:00'], { recordedAt: 1 });
    const second = override('dee', ['2026-11-07T06:00', '2026-11-07T12:00'], { recordedAt: 2, id: 'o2' });
    expect(lines(second, first).slice(0, 3)).toEqual([
      '11-07T00:00 11-07T06:00 chen (override o1)',
      '11-07T06:00 11-07T12:00 dee (override o2)',
      '11-07T12:00 11-08T00:00 chen (override o1)',
    ]);
  });

  it('a swap gives each what the other had, whatever an override says', () => {
    const swapped = swap(
      ['ana', '2026-11-08T00:00', '2026-11-09T00:00'],
      ['bo', '2026-11-10T00:00', '2026-11-11T00:00'],
    );
    const overridden = override('chen', ['2026-11-08T12:00', '2026-11-10T12:00'], { recordedAt: 9 });
    expect(lines(swapped, overridden)).toEqual([
      '11-07T00:00 11-08T00:00 ana (layer 1)',
      '11-08T00:00 11-09T00:00 bo (swap s1)',
      '11-09T00:00 11-10T00:00 chen (override o1)',
      '11-10T00:00 11-11T00:00 ana (swap s1)',
    ]);
  });

  it('the turn of a person on leave is a gap that says so, until somebody covers it', () => {
    const away = leave('bo', ['2026-11-09T00:00', '2026-11-10T00:00']);
    expect(lines(away).slice(1, 3)).toEqual([
      '11-09T09:00 11-10T00:00 nobody (leave l1)',
      '11-10T00:00 11-11T00:00 bo (layer 1)',
    ]);
    const covered = lines(
      away,
      override('chen', ['2026-11-09T00:00', '2026-11-10T00:00'], { replaces: 'bo' }),
    );
    expect(covered.slice(1, 2)).toEqual(['11-09T09:00 11-10T00:00 chen (override o1)']);
    const at10 = at('2026-11-09T10:00[UTC]');
    expect(onCallAt(schedule, at10, lane(away)).why).toEqual({
      by: 'leave',
      change: 'l1',
      person: 'bo',
      layer: 1,
    });
  });

  it('temporary layers stand in place of all layers of the schedule, below overrides', () => {
    const event = temporary(
      [standing('dee'), standing('chen', { only: [{ days: 'Mon-Sun', from: '08:00', to: '20:00' }] })],
      ['2026-11-08T00:00', '2026-11-09T12:00'],
    );
    const covered = override('eve', ['2026-11-09T10:00', '2026-11-09T11:00']);
    expect(lines(event, covered)).toEqual([
      '11-07T00:00 11-08T00:00 ana (layer 1)',
      '11-08T00:00 11-08T08:00 dee (temporary t1)',
      '11-08T08:00 11-08T20:00 chen (temporary t1)',
      '11-08T20:00 11-09T08:00 dee (temporary t1)',
      '11-09T08:00 11-09T10:00 chen (temporary t1)',
      '11-09T10:00 11-09T11:00 eve (override o1)',
      '11-09T11:00 11-09T12:00 chen (temporary t1)',
      '11-09T12:00 11-11T00:00 bo (layer 1)',
    ]);
    const path = onCallPath(schedule, at('2026-11-09T09:00[UTC]'), lane(event, covered));
    expect(path).toEqual([
      { by: 'temporary', change: 't1', layer: 1, person: 'dee' },
      { by: 'temporary', change: 't1', layer: 2, person: 'chen' },
    ]);
  });

  it('temporary layers without anybody of a role leave it empty', () => {
    const secondary = { ...lane(temporary([standing('dee')], ['2026-11-08T00:00', '2026-11-09T00:00'])) };
    const two = scheduleOf('UTC', standing('ana'), standing('bo', { role: 'secondary' }));
    expect(linesOf(two, '2026-11-07T00:00', '2026-11-10T00:00', { ...secondary, role: 'secondary' })).toEqual(
      [
        '11-07T00:00 11-08T00:00 bo (layer 2)',
        '11-08T00:00 11-09T00:00 nobody',
        '11-09T00:00 11-10T00:00 bo (layer 2)',
      ],
    );
  });

  it('a cancelled one is none, and one of another lane neither', () => {
    const hours = ['2026-11-07T00:00', '2026-11-11T00:00'] as const;
    const plain = lines();
    expect(lines(override('chen', hours, { cancelledAt: 5 }))).toEqual(plain);
    expect(lines(override('chen', hours, { role: 'secondary' }))).toEqual(plain);
  });
});

describe('the path to who is on call', () => {
  it('lists every voice, the one that decides last', () => {
    const layered = scheduleOf('UTC', standing('ana'), { people: ['bo'] });
    const changes = [
      leave('bo', ['2026-11-09T00:00', '2026-11-10T00:00']),
      override('chen', ['2026-11-09T00:00', '2026-11-10T00:00'], { replaces: 'bo' }),
      override('dee', ['2026-11-09T00:00', '2026-11-10T00:00'], { replaces: 'ana', id: 'o2' }),
      swap(['chen', '2026-11-09T00:00', '2026-11-10T00:00'], ['eve', '2026-12-09T00:00', '2026-12-10T00:00']),
    ];
    const path = onCallPath(layered, at('2026-11-09T12:00[UTC]'), lane(...changes));
    expect(path.map((entry) => `${entry.by} ${entry.person}`)).toEqual([
      'layer ana',
      'layer bo',
      'leave bo',
      'override chen',
      'swap eve',
    ]);
  });
});

describe('what a change does', () => {
  const window = { from: at('2026-11-07T00:00[UTC]'), until: at('2026-11-30T00:00[UTC]') };

  it('is told as who gains and who loses which hours', () => {
    const deltas = compareShifts(
      schedule,
      window,
      {},
      lane(override('bo', ['2026-11-08T21:00', '2026-11-09T12:00'])),
    );
    expect(deltas).toEqual([
      {
        from: at('2026-11-08T21:00[UTC]'),
        until: at('2026-11-09T09:00[UTC]'),
        before: 'ana',
        after: 'bo',
      },
    ]);
    expect(hoursOf(deltas)).toEqual([
      { person: 'bo', hours: 12 },
      { person: 'ana', hours: -12 },
    ]);
  });

  it('names a gap that it makes', () => {
    const deltas = compareShifts(
      schedule,
      window,
      {},
      lane(leave('ana', ['2026-11-08T21:00', '2026-11-20T00:00'])),
    );
    expect(deltas.map(({ before, after }) => [before, after])).toEqual([
      ['ana', undefined],
      ['ana', undefined],
    ]);
  });
});

describe('gaps', () => {
  const office = scheduleOf(
    'UTC',
    standing('ana', { only: [{ days: 'Mon-Fri', from: '09:00', to: '17:00' }] }),
  );
  const day = (from: string, until: string) => ({
    from: at(`2026-11-09T${from}[UTC]`),
    until: at(`2026-11-09T${until}[UTC]`),
  });

  it('are all gaps where somebody is required around the clock', () => {
    expect(gapsOf(office, day('00:00', '12:00'), '24x7')).toMatchObject([day('00:00', '09:00')]);
  });

  it('outside of the required hours are intended', () => {
    const required = [day('08:00', '10:00'), day('16:00', '18:30')];
    expect(gapsOf(office, day('00:00', '20:00'), required)).toMatchObject([
      day('08:00', '09:00'),
      day('17:00', '18:30'),
    ]);
  });
});

describe('who was on call as known then', () => {
  const HOUR = 3_600_000;
  const START = at('2026-11-02T09:00[UTC]');
  const hours = fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 200 })).map(([from, length]) => ({
    from: START + from * HOUR,
    until: START + (from + length) * HOUR,
  }));
  const person = fc.constantFrom('ana', 'bo', 'chen');
  const edits = fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant('override'),
        person,
        span: hours,
        replaces: fc.option(person, { nil: undefined }),
      }),
      fc.record({ kind: fc.constant('leave'), person, span: hours }),
      fc.record({ kind: fc.constant('swap'), person, span: hours, other: person, otherSpan: hours }),
      fc.record({
        kind: fc.constant('series'),
        person,
        span: hours,
        everyDays: fc.integer({ min: 9, max: 14 }),
        weeks: fc.integer({ min: 1, max: 4 }),
      }),
      fc.record({ kind: fc.constant('temporary'), person, span: hours, daysOff: fc.boolean() }),
      fc.record({ kind: fc.constant('cancel'), nth: fc.nat() }),
    ),
    { minLength: 1, maxLength: 12 },
  );

  type Edit = typeof edits extends fc.Arbitrary<(infer T)[]> ? T : never;

  function recordedBy(edit: Edit, id: string, recordedAt: number): ShiftChange {
    const head = { id, recordedAt, recordedBy: 'ops' };
    const inLane = { schedule: 'primary', role: 'primary' } as const;
    if ('otherSpan' in edit)
      return {
        kind: 'swap',
        ...{ ...head, ...inLane },
        first: { person: edit.person, ...edit.span },
        second: { person: edit.other, ...edit.otherSpan },
      };
    if ('everyDays' in edit)
      return {
        kind: 'override',
        ...{ ...head, ...inLane, person: edit.person, ...edit.span },
        repeats: {
          rule: `FREQ=DAILY;INTERVAL=${edit.everyDays}`,
          ...{ timeZone: 'UTC', until: edit.span.from + edit.weeks * 168 * HOUR },
        },
      };
    if ('daysOff' in edit) {
      const only = edit.daysOff ? { only: [{ days: 'Mon-Fri' }] } : {};
      const { layers } = scheduleOf('UTC', standing(edit.person, only));
      return { kind: 'temporary', ...head, schedule: 'primary', layers, ...edit.span };
    }
    if ('replaces' in edit)
      return {
        kind: 'override',
        ...head,
        ...inLane,
        person: edit.person,
        replaces: edit.replaces,
        ...edit.span,
      };
    if ('span' in edit) return { kind: 'leave', ...head, person: edit.person, ...edit.span };
    throw new Error('a cancellation records nothing');
  }

  /** Where the spans of one swap overlap, the first counts. */
  function swapped({ first, second }: Swap, instant: number): string | undefined {
    if (first.from <= instant && instant < first.until) return second.person;
    return second.from <= instant && instant < second.until ? first.person : undefined;
  }

  const turnAt = (instant: number): string =>
    Math.floor((instant - START) / (168 * HOUR)) % 2 === 0 ? 'ana' : 'bo';

  /** Of the one standing layer, which may stand on weekdays alone. */
  function ofEvent({ layers }: TemporaryLayers, instant: number): string | undefined {
    const [layer] = layers;
    const weekday = new Date(instant).getUTCDay() % 6 !== 0;
    return layer?.only === undefined || weekday ? layer?.people[0] : undefined;
  }

  function insideSeries({ from, until, repeats }: Override, instant: number): boolean {
    if (repeats === undefined) return from <= instant && instant < until;
    const period = Number(repeats.rule.split('=').at(-1)) * 24 * HOUR;
    const since = instant - from;
    return since >= 0 && instant < repeats.until && since % period < until - from;
  }

  /** What is in force, written without ids, times or books: hour by hour, the strongest word last. */
  function naive(live: readonly ShiftChange[], instant: number): string | undefined {
    const inside = ({ from, until }: { from: number; until: number }) => from <= instant && instant < until;
    const event = live.findLast((c) => c.kind === 'temporary' && inside(c));
    const turn = event?.kind === 'temporary' ? ofEvent(event, instant) : turnAt(instant);
    const swap = live.flatMap((c) => (c.kind === 'swap' ? (swapped(c, instant) ?? []) : [])).at(-1);
    const override = live.findLast(
      (c) => c.kind === 'override' && insideSeries(c, instant) && (c.replaces ?? turn) === turn,
    );
    const away = live.some((c) => c.kind === 'leave' && c.person === turn && inside(c));
    const covering = override?.kind === 'override' ? override.person : undefined;
    return swap ?? covering ?? (away ? undefined : turn);
  }

  it('equals a snapshot kept at every edit (X10)', () => {
    fc.assert(
      fc.property(edits, fc.array(fc.nat(800), { minLength: 5, maxLength: 5 }), (history, asked) => {
        let all: ShiftChange[] = [];
        let live: ShiftChange[] = [];
        const snapshots: (readonly ShiftChange[])[] = [];
        for (const [n, edit] of history.entries()) {
          const now = (n + 1) * 1000;
          if ('nth' in edit) {
            const gone = live[edit.nth % Math.max(1, live.length)];
            live = live.filter((c) => c !== gone);
            all = all.map((c) => (c.id === gone?.id ? { ...c, cancelledAt: now } : c));
          } else {
            const change = recordedBy(edit, `c${String(n).padStart(2, '0')}`, now);
            live = [...live, change];
            all = [...all, change];
          }
          snapshots.push(live);
        }
        for (const [n, snapshot] of [[], ...snapshots].entries()) {
          const changes = changeBook(all, n * 1000 + 500).of('primary', 'primary');
          for (const hour of asked) {
            const instant = START + hour * HOUR;
            const person = whoIsOnCall(schedule, instant, { changes })?.person;
            if (person !== naive(snapshot, instant))
              throw new Error(`at hour ${hour} as of edit ${n}: ${person}`);
          }
        }
        expectWhole(changeBook(all).of('primary', 'primary'));
      }),
      { numRuns: 200 },
    );
  });

  /** The timeline of a changed lane fills its window and agrees with the point query at every edge. */
  function expectWhole(changes: ReturnType<ReturnType<typeof changeBook>['of']>): void {
    const window = { from: START, until: START + 700 * HOUR };
    const { shifts, gaps } = finalShifts(schedule, window, { changes });
    let end = window.from;
    for (const entry of [...shifts, ...gaps].toSorted((a, b) => a.from - b.from)) {
      if (entry.from !== end) throw new Error('a hole or an overlap');
      end = entry.until;
      for (const instant of [entry.from, entry.until - 1]) {
        const answer = onCallAt(schedule, instant, { changes });
        const clipped = { ...answer, until: Math.min(answer.until, window.until) };
        if (JSON.stringify(clipped) !== JSON.stringify(entry)) expect(clipped).toEqual(entry);
      }
    }
    expect(end).toBe(window.until);
  }
});
