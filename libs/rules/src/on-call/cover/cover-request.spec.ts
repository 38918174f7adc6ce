import { describe, expect, it } from '@jest/globals';
import { Config } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { leave, override, swap } from '../changes/change.given.js';
import { changeBook } from '../changes/change-book.js';
import { at } from '../schedule.given.js';
import { whoIsOnCall } from '../who-is-on-call.js';
import {
  acceptanceOf,
  answerCover,
  type CoverAnswer,
  type CoverRequest,
  coverState,
} from './cover-request.js';
import { eligibleForCover } from './eligible-for-cover.js';
import { holdingOf } from './holding.js';

const HOUR = 3_600_000;
const START = at('2026-11-09T09:00[UTC]');
const PEOPLE = ['ana', 'bo', 'chen', 'dee', 'eve'];

/** Ana's week begins on Monday the 2nd, Bo's on the 9th; Chen learns; Dee is of the team; Eve has another schedule. */
const config = Config.parse({
  people: Object.fromEntries(PEOPLE.map((name) => [name, { name, timeZone: 'UTC' }])),
  teams: { pay: { members: ['ana', 'dee'], ladder: { tier1: 'schedule primary' } } },
  schedules: {
    primary: {
      timeZone: 'UTC',
      layers: [
        { people: ['ana', 'bo'], every: '1w', handover: 'Mon 09:00', from: '2026-11-02' },
        { people: ['chen'], role: 'shadow' },
      ],
    },
    nights: {
      timeZone: 'UTC',
      layers: [
        { people: ['dee'], only: [{ days: 'Mon-Sun', from: '00:00', to: '06:00' }] },
        { people: ['eve'], role: 'secondary' },
      ],
    },
  },
});

const request: CoverRequest = {
  ...{ id: 'cov_1', schedule: 'primary', role: 'primary', person: 'bo', askedAt: START - 48 * HOUR },
  ...{ from: START, until: START + 8 * HOUR, askedBy: 'bo', expiresAt: START - HOUR, answers: [] },
};
const facts = { now: START - 10 * HOUR, eligible: ['ana', 'dee'], holding: 'by-layers' } as const;
const accept = (person: string) => ({ person, answer: 'accepted', by: person }) as const;

describe('a request for cover', () => {
  it.each([
    ['bo', {}, 'own-turn'],
    ['eve', {}, 'not-eligible'],
    ['ana', { now: START - HOUR }, 'closed'],
    ['ana', { holding: 'not-theirs' }, 'outdated'],
    ['ana', { holding: 'by-swap' }, 'outdated'],
  ] as const)('%s may not accept it with %j: %s', (person, more, reason) => {
    expect(answerCover(request, accept(person), { ...facts, ...more })).toEqual({ ok: false, reason });
  });

  it('is over when it is cancelled', () => {
    const cancelled = { ...request, cancelledAt: facts.now, cancelledBy: 'bo' };
    expect(answerCover(cancelled, accept('ana'), facts)).toEqual({ ok: false, reason: 'closed' });
  });

  it('has one who accepts, the first, in any history of answers; nothing counts after it expires', () => {
    const said = fc.record({
      person: fc.constantFrom(...PEOPLE),
      answer: fc.constantFrom('accepted', 'declined'),
      after: fc.nat(8),
    });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 12 }), (history) => {
        const times = history.map((_, n) =>
          history.slice(0, n + 1).reduce((sum, { after }) => sum + after, 0),
        );
        const now = (n: number): number => facts.now + (times[n] ?? 0) * HOUR;
        const kept = history.reduce((request, said, n) => answeredTwice(request, said, now(n)), request);
        const first = history.find(
          ({ person, answer }, n) =>
            answer === 'accepted' && now(n) < request.expiresAt && ['ana', 'dee'].includes(person),
        )?.person;
        expect(acceptanceOf(kept)?.person).toBe(first);
        const end = now(history.length - 1);
        const otherwise = end >= request.expiresAt ? 'expired' : 'open';
        expect(coverState(kept, end)).toBe(first === undefined ? otherwise : 'accepted');
      }),
    );
  });

  /** Delivered twice it acts once. */
  function answeredTwice(
    kept: CoverRequest,
    said: Pick<CoverAnswer, 'person' | 'answer'>,
    now: number,
  ): CoverRequest {
    const answer = { ...said, by: said.person };
    const decision = answerCover(kept, answer, { ...facts, now });
    if (!decision.ok || decision.answer === undefined) return kept;
    const next = { ...kept, answers: [...kept.answers, decision.answer] };
    expect(answerCover(next, answer, { ...facts, now })).toEqual({ ok: true, answer: undefined });
    return next;
  }
});

describe('who may cover', () => {
  const eligible = (...changes: Parameters<typeof changeBook>[0]) =>
    eligibleForCover(config, changeBook(changes), request);

  it('are people of the schedule and of the team that it serves', () => {
    expect(eligible()).toEqual(['ana', 'chen', 'dee']);
  });

  it('is nobody on leave, and nobody on call elsewhere in these hours', () => {
    expect(eligible(leave('ana', ['2026-11-09T16:59', '2026-11-10T00:00']))).toEqual(['chen', 'dee']);
    expect(eligibleForCover(config, changeBook([]), { ...request, until: START + 16 * HOUR })).toEqual([
      'ana',
      'chen',
    ]);
  });

  it('would never be on call in two lanes that page, whatever is recorded', () => {
    const hours = fc.tuple(fc.integer({ min: -20, max: 40 }), fc.integer({ min: 1, max: 20 }));
    const iso = (hour: number): string => new Date(START + hour * HOUR).toISOString().slice(0, 16);
    const some = fc.record({
      kind: fc.constantFrom('leave', 'override'),
      person: fc.constantFrom(...PEOPLE),
      hours,
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), (made) => {
        const book = changeBook(
          made.map(({ kind, person, hours: [from, length] }, n) => {
            const span = [iso(from), iso(from + length)] as const;
            return kind === 'leave'
              ? leave(person, span, { id: `c${n}` })
              : { ...override(person, span, { id: `c${n}`, recordedAt: n }), schedule: 'nights' };
          }),
        );
        const found = eligibleForCover(config, book, request);
        for (const person of PEOPLE) {
          const hourly = Array.from({ length: 8 }, (_, hour) => START + hour * HOUR);
          const away = hourly.some((hour) =>
            book.leaveOf(person).some((l) => l.from <= hour && hour < l.until),
          );
          const busy = hourly.some((hour) =>
            (['primary', 'nights'] as const).some((name) =>
              (['primary', 'secondary'] as const).some((role) => {
                const schedule = config.schedules[name];
                const lane = { role, changes: book.of(name, role) };
                return schedule !== undefined && whoIsOnCall(schedule, hour, lane)?.person === person;
              }),
            ),
          );
          const member = ['ana', 'chen', 'dee'].includes(person);
          expect(found.includes(person)).toBe(member && !away && !busy);
        }
      }),
    );
  });
});

describe('how a person has hours', () => {
  const held = {
    schedule: 'primary',
    role: 'primary',
    person: 'bo',
    from: START,
    until: START + 8 * HOUR,
  } as const;
  const day = ['2026-11-09T00:00', '2026-11-10T00:00'] as const;

  it.each([
    ['by-layers', []],
    ['by-layers', [leave('bo', day)]],
    ['by-override', [override('ana', day), override('bo', day, { recordedAt: 1, id: 'o2' })]],
    ['not-theirs', [override('ana', ['2026-11-09T12:00', '2026-11-09T13:00'])]],
    ['by-swap', [swap(['ana', ...day], ['bo', '2026-11-11T00:00', '2026-11-12T00:00'])]],
  ] as const)('%s', (holding, changes) => {
    expect(holdingOf(config, changeBook(changes), held)).toBe(holding);
  });
});
