import type { Config } from '@tocsin/contracts';
import type { ChangeBook } from '../changes/change-book.js';
import type { HeldStretch } from '../cover/cover-request.js';
import { eligibleForCover, turnsOf } from '../cover/eligible-for-cover.js';
import { DAY_MS, HOUR_MS } from '../zone-clock.js';
import { loadOfPeople } from './load-of-people.js';

/** Somebody who could cover, and what they carry already. */
export interface ProposedCover {
  readonly person: string;
  /** On call in the four weeks around the stretch. */
  readonly hours: number;
  readonly nights: number;
  /** Whether they have no turn within eleven hours before or after. */
  readonly rested: boolean;
}

const AROUND_MS = 14 * DAY_MS;

/** The daily rest of the EU's working time directive. */
const REST_MS = 11 * HOUR_MS;

/**
 * Who could cover a stretch, the fairest first: those who are rested, then those with fewer hours on call around it,
 * then those with fewer nights.
 *
 * @param changes that touch the two weeks before and after the stretch
 */
export function proposeCover(config: Config, changes: ChangeBook, stretch: HeldStretch): ProposedCover[] {
  const { from, until } = stretch;
  const persons = eligibleForCover(config, changes, stretch);
  if (persons.length === 0) return [];
  const window = { from: from - AROUND_MS, until: until + AROUND_MS };
  const loads = new Map(loadOfPeople(config, changes, { window }).map((load) => [load.person, load]));
  const near = { from: from - REST_MS, until: until + REST_MS };
  const tired = new Set(turnsOf(config, changes, { persons, ...near }).map(({ person }) => person));
  return persons
    .map((person) => {
      const { hours = 0, nights = 0 } = loads.get(person) ?? {};
      return { person, hours, nights, rested: !tired.has(person) };
    })
    .toSorted(
      (a, b) =>
        Number(b.rested) - Number(a.rested) ||
        a.hours - b.hours ||
        a.nights - b.nights ||
        (a.person < b.person ? -1 : 1),
    );
}
