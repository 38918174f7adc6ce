import { describe, expect, it } from '@jest/globals';
import { type Instant, PRIORITIES, type Priority, SLA_KINDS, type SlaKind } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { auditPauses } from './audit-pauses.js';
import { clockTimes } from './clock-times.js';
import { recomputeDue } from './recompute-clock.js';
import { startClock } from './run-clock.js';
import { ClockStory, inSingapore, storyTerms } from './sla.given.js';
import type { SlaInput } from './sla-input.js';

const OPENED = inSingapore('2026-11-02T08:00');

const TARGETS = Object.fromEntries(
  SLA_KINDS.map((kind) => [kind, { P1: '17m', P2: '4h', P3: '1d' } as const]),
);
const TERMS = storyTerms({ targets: TARGETS });

const by = fc.constantFrom('zendesk', 'bo', 'ana');
const event = fc.option(fc.constantFrom('evt_1', 'evt_2', 'evt_3'), { nil: undefined });
const updated = fc.record({
  type: fc.constant('TicketUpdated' as const),
  by,
  event,
  status: fc.constantFrom(undefined, 'open', 'waiting-for-customer', 'waiting-for-customer', 'on-hold'),
  reply: fc.constantFrom(undefined, undefined, 'customer' as const, 'agent' as const),
});
const facts: fc.Arbitrary<SlaInput> = fc.oneof(
  { arbitrary: updated, weight: 8 },
  fc.record({ type: fc.constant('PriorityChanged' as const), to: fc.constantFrom(...PRIORITIES) }),
  fc.record({ type: fc.constantFrom('Acknowledged' as const, 'Resolved', 'Reopened'), by, event }),
);

interface Happening {
  readonly at: Instant;
  readonly input: SlaInput;
}

const histories = fc
  .array(
    fc.record({
      input: facts,
      ms: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 0, max: 40_000_000 })),
    }),
    { maxLength: 14 },
  )
  .map((steps): Happening[] => {
    let at = OPENED;
    return steps.map(({ input, ms }) => ({ input, at: (at += ms) }));
  });

/** When the timer fires besides: too early, late, twice. */
const wakings = fc.array(fc.integer({ min: 0, max: 300_000_000 }), { maxLength: 10 });

const opening = fc.record({
  kind: fc.constantFrom(...SLA_KINDS),
  priority: fc.constantFrom(...PRIORITIES),
  status: fc.constantFrom(undefined, 'new', 'on-hold'),
});

interface Opening {
  readonly kind: SlaKind;
  readonly priority: Priority;
  readonly status?: string | undefined;
}

function play(opened: Opening, happenings: readonly Happening[]): ClockStory {
  const begun = startClock(opened.kind, { ...opened, by: 'zendesk', event: 'evt_0' }, TERMS, OPENED);
  const run = new ClockStory(begun.clock, TERMS).take(begun, OPENED);
  for (const { at, input } of happenings) run.at(at, input);
  return run;
}

const withWakings = (history: readonly Happening[], wakings: readonly number[]): Happening[] =>
  [...history, ...wakings.map((ms): Happening => ({ at: OPENED + ms, input: { type: 'Woke' } }))].toSorted(
    (a, b) => a.at - b.at,
  );

const told = ({ timeline }: ClockStory, type: string) => timeline.filter((row) => row.type === type);

describe('every history of a clock', () => {
  it('recompute(events) = stored, to the millisecond (X14)', () => {
    fc.assert(
      fc.property(opening, histories, wakings, (opened, history, woken) => {
        const run = play(opened, withWakings(history, woken));
        const stored = clockTimes(run.clock, TERMS)?.dueAt;
        expect(recomputeDue(run.timeline, opened.kind, TERMS)).toBe(stored);
      }),
      { numRuns: runs(3000) },
    );
  });

  it('tells risk and breach at most once each a start, in order, never early and whenever the timer fires', () => {
    fc.assert(
      fc.property(opening, histories, wakings, (opened, history, woken) => {
        const end: Happening = { at: OPENED + 400_000_000, input: { type: 'Woke' } };
        const asleep = play(opened, [...history, end]);
        const awake = play(
          opened,
          [...withWakings(history, woken), end].toSorted((a, b) => a.at - b.at),
        );
        for (const type of ['SlaAtRisk', 'SlaBreached', 'SlaPaused', 'SlaResumed', 'SlaEnded'])
          expect(told(awake, type).map(({ facts }) => facts)).toEqual(
            told(asleep, type).map(({ facts }) => facts),
          );
        const starts = told(awake, 'SlaStarted').length;
        expect(told(awake, 'SlaAtRisk').length).toBeLessThanOrEqual(starts);
        expect(told(awake, 'SlaBreached').length).toBeLessThanOrEqual(told(awake, 'SlaAtRisk').length);
        for (const { at, facts } of told(awake, 'SlaBreached'))
          expect(at >= String(facts['dueAt'])).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('keeps the cause of every pause, and never two at once', () => {
    fc.assert(
      fc.property(opening, histories, (opened, history) => {
        const { clock } = play(opened, history);
        for (const [i, pause] of clock.pauses.entries()) {
          expect(pause.began.by).not.toBe('');
          expect(pause.until === undefined).toBe(pause.ended === undefined);
          if (pause.until === undefined) expect(i).toBe(clock.pauses.length - 1);
          expect(pause.from).toBeGreaterThanOrEqual(clock.pauses[i - 1]?.until ?? clock.startedAt);
        }
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('seeded games with the clock', () => {
  const update = (at: Instant, more: object): Happening => ({
    at,
    input: { type: 'TicketUpdated', by: 'bo', event: 'evt_1', ...more },
  });
  const day = inSingapore('2026-11-02T09:00');
  const minute = 60_000;
  const wait = { status: 'waiting-for-customer' };
  const play4h = (...happenings: Happening[]) =>
    auditPauses(play({ kind: 'resolve', priority: 'P2' }, happenings).clock, TERMS);
  /** Minutes after the opening of the office; due after 240. */
  const early = fc.integer({ min: 10, max: 200 });

  it('are all found', () => {
    fc.assert(
      fc.property(
        early,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 59_999 }),
        (at, gap, left) => {
          const replied = update(day + (at - 5) * minute, { reply: 'customer' });
          expect(play4h(replied, update(day + at * minute, wait))).toMatchObject([
            { doubt: 'customer-had-replied' },
          ]);
          const lateAnswer = update(day + (at + gap + 1) * minute, { reply: 'agent' });
          expect(play4h(replied, update(day + at * minute, wait), lateAnswer)).toHaveLength(1);
          const flip = update(day + 240 * minute - left, { status: 'on-hold' });
          expect(play4h(flip)).toMatchObject([{ doubt: 'just-before-breach' }]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are not seen in honest waits', () => {
    fc.assert(
      fc.property(early, fc.integer({ min: 1, max: 30 }), (at, gap) => {
        const asked = update(day + at * minute, { ...wait, reply: 'agent' });
        const replied = update(day + (at + gap) * minute, { reply: 'customer' });
        const answered = update(day + (at + gap + 2) * minute, { reply: 'agent' });
        const again = update(day + (at + gap + 2) * minute + 500, wait);
        expect(play4h(asked, replied, answered, again)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
