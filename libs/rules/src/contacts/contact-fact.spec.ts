import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { changeBy, type ContactFact, diedAt, mergedFact } from './contact-fact.js';

const instants = fc.integer({ min: 1, max: 9 });
const facts: fc.Arbitrary<ContactFact> = fc.oneof(
  instants.map((deliveredAt) => ({ person: 'bo', method: 'hook', deliveredAt })),
  fc
    .record({ at: instants, address: fc.constantFrom('old', 'new'), reason: fc.constantFrom('410', '404') })
    .map((dead) => ({ person: 'bo', method: 'hook', dead })),
  fc.record({ version: instants, removed: fc.boolean() }).map(({ version, removed }) => ({
    ...{ person: 'bo', method: 'hook' },
    // One version is told the same whenever it is told.
    added: {
      channel: 'webhook' as const,
      joins: ['P1' as const],
      verified: true,
      removed: removed && version > 5,
      version,
    },
  })),
);
const NOTHING: ContactFact = { person: 'bo', method: 'hook' };
const all = (told: readonly ContactFact[]): ContactFact =>
  told.reduce((known, fact) => mergedFact(known, fact), NOTHING);

describe('what is known of a contact method', () => {
  it('is the same whatever the order in which it was told, and however often', () => {
    fc.assert(
      fc.property(
        fc
          .array(facts, { maxLength: 8 })
          .chain((told) =>
            fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told], { minLength: told.length })),
          ),
        ([told, again]) => {
          expect(all([...told, ...again])).toEqual(all(told));
          expect(all([...again, ...told.toReversed()])).toEqual(all(told));
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  it('is by the newest of each kind, as one who remembers everything would say', () => {
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 8 }), (told) => {
        const known = all(told);
        const arrivals = told.flatMap(({ deliveredAt }) => deliveredAt ?? []);
        const deaths = told.flatMap(({ dead }) => dead?.at ?? []);
        const versions = told.flatMap(({ added }) => added?.version ?? []);
        expect(known.deliveredAt ?? 0).toBe(Math.max(0, ...arrivals));
        expect(known.added?.version ?? 0).toBe(Math.max(0, ...versions));
        const isDead = deaths.length > 0 && Math.max(...deaths) > Math.max(0, ...arrivals);
        expect(diedAt(known) !== undefined).toBe(isDead);
      }),
      { numRuns: runs(1000) },
    );
  });

  const at = 1_000_000;
  const dead = { at, address: 'mark', reason: '410' };
  it.each<[string, ContactFact | undefined, Partial<ContactFact>, 'reach' | 'age' | undefined]>([
    ['a first arrival is an age', undefined, { deliveredAt: at }, 'age'],
    [
      'one within the minute is nothing new',
      { ...NOTHING, deliveredAt: at },
      { deliveredAt: at + 59_999 },
      undefined,
    ],
    ['one a minute later is', { ...NOTHING, deliveredAt: at }, { deliveredAt: at + 60_000 }, 'age'],
    ['a dead address changes who can be reached', { ...NOTHING, deliveredAt: at - 1 }, { dead }, 'reach'],
    ['so does the page that arrives after all', { ...NOTHING, dead }, { deliveredAt: at }, 'reach'],
    [
      'a death before the last arrival changes nothing',
      { ...NOTHING, deliveredAt: at + 1 },
      { dead },
      undefined,
    ],
    ['told again it is known', { ...NOTHING, dead }, { dead }, undefined],
  ])('%s', (_, known, told, change) => {
    expect(changeBy(known, mergedFact(known ?? NOTHING, { ...NOTHING, ...told }))).toBe(change);
  });
});
