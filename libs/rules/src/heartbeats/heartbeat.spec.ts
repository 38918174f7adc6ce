import { describe, expect, it } from '@jest/globals';
import { Heartbeat, type HeartbeatSign, type Instant } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { Temporal } from 'temporal-polyfill';
import {
  decideHeartbeat,
  dueAtOf,
  type HeartbeatInput,
  type HeartbeatState,
  newHeartbeat,
  retireHeartbeat,
} from './heartbeat.js';
import { nextDue } from './next-due.js';

const at = (text: string): Instant => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const T0 = at('2026-11-25T00:00[UTC]');
const MINUTE = 60_000;

const nightly = Heartbeat.parse({ every: '24h', grace: '20m', to: 'service data-export' });
const bounded = Heartbeat.parse({ every: '1h', grace: '5m', within: '10m', to: 'service data-export' });

const heard = (sign: HeartbeatSign): HeartbeatInput => ({ type: 'Heard', sign });
const WOKE: HeartbeatInput = { type: 'Woke' };

/** Minutes since T0 and what happens then; returns every effect and the last reason for none. */
function live(rule: Heartbeat, ...story: readonly (readonly [number, HeartbeatInput])[]) {
  let state: HeartbeatState = newHeartbeat(rule, T0);
  const effects: string[] = [];
  let stayed: string | undefined;
  for (const [minute, input] of story) {
    const decision = decideHeartbeat(state, input, rule, T0 + minute * MINUTE);
    ({ state, stayed } = decision);
    const { effect } = decision;
    if (effect !== undefined)
      effects.push(`${minute} ${effect.type} ${effect.type === 'Raise' ? effect.reason : effect.because}`);
  }
  return { state, effects, stayed };
}

describe('a heartbeat', () => {
  it('is missed when the period and the grace have passed, once, and not a moment before', () => {
    const { effects, stayed } = live(
      nightly,
      [10, heard('beat')],
      [1469.99, WOKE],
      [1470, WOKE],
      [1500, WOKE],
    );
    expect(effects).toEqual(['1470 Raise silent']);
    expect(stayed).toBe('already-missed');
    expect(live(nightly, [1459, WOKE]).stayed).toBe('too-early');
    expect(live(nightly, [1460, WOKE]).effects).toEqual(['1460 Raise silent']);
  });

  it('recovers with the first good sign, and a new silence is a new miss', () => {
    const { effects } = live(
      nightly,
      [1460, WOKE],
      [1500, heard('beat')],
      [1501, heard('beat')],
      [3000, WOKE],
    );
    expect(effects).toEqual(['1460 Raise silent', '1500 Clear recovered', '3000 Raise silent']);
  });

  it('of a run that takes too long is missed, and its end recovers', () => {
    expect(live(bounded, [0, heard('start')], [10, WOKE], [30, heard('finish')]).effects).toEqual([
      '10 Raise too-long',
      '30 Clear recovered',
    ]);
    expect(live(bounded, [0, heard('start')], [9, heard('finish')], [10, WOKE]).stayed).toBe('too-early');
  });

  it('that says «fail» is missed at once; a new start alone is no recovery', () => {
    const story = [[3, heard('fail')] as const, [4, heard('fail')] as const, [5, heard('start')] as const];
    expect(live(bounded, ...story)).toMatchObject({ effects: ['3 Raise failed'], stayed: 'still-missed' });
    expect(live(bounded, ...story, [6, heard('finish')]).effects).toEqual([
      '3 Raise failed',
      '6 Clear recovered',
    ]);
  });

  it('is not missed for the time in which we were away ourselves', () => {
    const away = (since: number): HeartbeatInput => ({ type: 'WasAway', since: T0 + since * MINUTE });
    expect(live(bounded, [80, away(50)], [80, WOKE], [84.9, WOKE])).toMatchObject({
      effects: [],
      stayed: 'too-early',
    });
    expect(live(bounded, [80, away(50)], [85, WOKE]).effects).toEqual(['85 Raise silent']);
    // It was overdue before we went away, or was not due meanwhile.
    expect(live(bounded, [80, away(70)]).stayed).toBe('not-due-meanwhile');
    expect(live(bounded, [50, away(20)]).stayed).toBe('not-due-meanwhile');
  });

  it('is excused from the very moment in which we went away to the one in which we are back, unless missed before', () => {
    const away = (since: number): HeartbeatInput => ({ type: 'WasAway', since: T0 + since * MINUTE });
    // Due at minute 65.
    expect(live(bounded, [80, away(65)])).toMatchObject({
      stayed: undefined,
      state: { dueAt: T0 + 85 * MINUTE },
    });
    expect(live(bounded, [65, away(20)])).toMatchObject({
      stayed: undefined,
      state: { dueAt: T0 + 70 * MINUTE },
    });
    expect(live(bounded, [65, WOKE], [80, away(60)]).stayed).toBe('already-missed');
  });

  it('that starts has the time of its run, else a whole period', () => {
    const started = live(bounded, [3, heard('start')]).state;
    const at3 = T0 + 3 * MINUTE;
    expect(started).toEqual({ status: 'running', heardAt: at3, startedAt: at3, dueAt: at3 + 10 * MINUTE });
    expect(live(nightly, [3, heard('start')]).state).toMatchObject({ dueAt: at3 + 1460 * MINUTE });
  });

  it.each<
    [
      string,
      readonly (readonly [number, HeartbeatInput])[],
      { since: number; reason: string; heard?: number },
    ]
  >([
    [
      'silence since it was last heard',
      [
        [10, heard('beat')],
        [80, WOKE],
      ],
      { since: 10, reason: 'silent', heard: 10 },
    ],
    ['silence from the beginning since it was due', [[70, WOKE]], { since: 65, reason: 'silent' }],
    [
      'a run since it started',
      [
        [20, heard('start')],
        [31, WOKE],
      ],
      { since: 20, reason: 'too-long', heard: 20 },
    ],
    ['a failure since it was said', [[7, heard('fail')]], { since: 7, reason: 'failed', heard: 7 }],
  ])('is missed for %s', (_, story, { since, reason, heard: heardMinute }) => {
    let state: HeartbeatState = newHeartbeat(bounded, T0);
    let decision = decideHeartbeat(state, WOKE, bounded, T0);
    for (const [minute, input] of story) {
      decision = decideHeartbeat(state, input, bounded, T0 + minute * MINUTE);
      ({ state } = decision);
    }
    const missedAt = T0 + (story.at(-1)?.[0] ?? 0) * MINUTE;
    expect(decision.effect).toEqual({ type: 'Raise', reason, since: T0 + since * MINUTE });
    const heardAt = heardMinute === undefined ? undefined : T0 + heardMinute * MINUTE;
    expect(state).toEqual({ status: 'missed', reason, missedAt, heardAt });
  });

  it('that is no longer watched clears what it raised', () => {
    expect(retireHeartbeat(live(nightly, [1460, WOKE]).state)).toEqual({ type: 'Clear', because: 'retired' });
    expect(retireHeartbeat(live(nightly, [1, heard('beat')]).state)).toBeUndefined();
  });

  it('for any signs raises and clears in turn, and waits for exactly one thing', () => {
    const input = fc.oneof(
      fc.constantFrom('beat', 'start', 'finish', 'fail').map((sign) => heard(sign)),
      fc.constant(WOKE),
      fc
        .integer({ min: 0, max: 100 })
        .map((since): HeartbeatInput => ({ type: 'WasAway', since: T0 + since })),
    );
    const story = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), input), { maxLength: 30 });
    fc.assert(
      fc.property(story, (happenings) => {
        let minute = 0;
        const timed = happenings.map(([wait, what]) => [(minute += wait), what] as const);
        const { effects, state } = live(bounded, ...timed);
        const kinds = effects.map((effect) => effect.split(' ')[1]);
        expect(kinds).toEqual(kinds.map((_, i) => (i % 2 === 0 ? 'Raise' : 'Clear')));
        expect(dueAtOf(state) === undefined).toBe(kinds.at(-1) === 'Raise');
      }),
    );
  });
});

describe('the next due time by the clock', () => {
  const rule = (more: object) =>
    Heartbeat.parse({ at: '02:30', timeZone: 'Europe/London', grace: '20m', to: 'service x', ...more });

  it.each([
    ['tomorrow after the sign', {}, '2026-11-25T02:31', '2026-11-26T02:50'],
    ['a sign a little early stands for its time', {}, '2026-11-25T02:25', '2026-11-26T02:50'],
    ['a sign long before it does not', {}, '2026-11-25T02:00', '2026-11-25T02:50'],
    ['the next of the named days', { on: ['Mon', 'Thu'] }, '2026-11-26T03:00', '2026-11-30T02:50'],
    ['the same day of next week', { on: ['Wed'] }, '2026-11-25T03:00', '2026-12-02T02:50'],
    ['a skipped hour means one later', { at: '01:30' }, '2026-03-28T03:00', '2026-03-29T02:50'],
    [
      'at its very time counts as early for the next',
      { grace: '1s' },
      '2026-11-25T02:30',
      '2026-11-26T02:30:01',
    ],
    ['a doubled hour means the first', { at: '01:30' }, '2026-10-24T03:00', '2026-10-25T01:50+01:00'],
  ])('%s', (_, more, from, expected) => {
    expect(nextDue(rule(more), at(`${from}[Europe/London]`))).toBe(at(`${expected}[Europe/London]`));
  });
});
