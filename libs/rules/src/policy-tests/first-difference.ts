import { POLICY_TEST_TEXTS as TEXTS, type PolicyTest, type Texts } from '@tocsin/contracts';
import type { ConfigFault } from '../config/config-fault.js';
import { faultAt } from '../config/faults.js';
import { after } from '../escalation/timing.js';
import { durationWords } from '../lint/duration-words.js';
import { filled } from '../texts-of.js';
import { caseAt, casesAt, type Page, type Seen } from './seen.js';

type Expectation = PolicyTest['then'][number];
type Place = readonly (string | number)[];

/** The first part of an expectation that does not hold; undefined when all of it does. */
export function differenceAt(expectation: Expectation, place: Place, seen: Seen): ConfigFault | undefined {
  const other = countDifference(expectation, place, seen);
  if (other !== undefined) return other;
  const found = caseAt(expectation.after, seen);
  const facts = { when: expectation.key };
  if (found === undefined)
    return isOnlyNever(expectation.what) ? undefined : faultAt(place, filled(TEXTS.noCase, facts));
  return (
    caseDifference(expectation, found, place) ??
    pagedDifference(expectation, found.pages, { place, seen }) ??
    neverDifference(expectation, found.pages, { place, seen })
  );
}

function countDifference(
  { key: when, after: seconds, what: { cases: expected } }: Expectation,
  place: Place,
  seen: Seen,
): ConfigFault | undefined {
  const actual = casesAt(seconds, seen);
  if (expected === undefined || expected === actual) return undefined;
  return faultAt([...place, 'cases'], filled(TEXTS.cases, { when, expected, actual }));
}

/** Who never had a case was never paged. */
const isOnlyNever = (what: Expectation['what']): boolean =>
  what.case === undefined && (what.paged ?? []).length === 0;

function caseDifference(
  { key: when, what }: Expectation,
  actual: Omit<NonNullable<ReturnType<typeof caseAt>>, 'pages'>,
  place: Place,
): ConfigFault | undefined {
  const { priority, service, tickets } = what.case ?? {};
  if (priority !== undefined && priority !== actual.priority)
    return faultAt(
      [...place, 'case', 'priority'],
      filled(TEXTS.priority, { when, expected: priority, actual: actual.priority }),
    );
  if (service !== undefined && service !== actual.service)
    return faultAt(
      [...place, 'case', 'service'],
      filled(TEXTS.service, { when, expected: service, actual: actual.service ?? TEXTS.noService }),
    );
  return tickets === undefined ? undefined : ticketsDifference(when, tickets, actual.tickets, place);
}

function ticketsDifference(
  when: string,
  expected: readonly string[],
  actual: readonly string[],
  place: Place,
): ConfigFault | undefined {
  const [wanted, found] = [expected, actual].map((keys) => [...new Set(keys)].sort().join(', '));
  if (wanted === found) return undefined;
  return faultAt(
    [...place, 'case', 'tickets'],
    filled(TEXTS.tickets, { when, expected: wanted ?? '', actual: found ?? '' }),
  );
}

interface Looking {
  readonly place: Place;
  readonly seen: Seen;
}

function pagedDifference(
  { key: when, exactly, after: seconds, what }: Expectation,
  pages: readonly Page[],
  { place, seen }: Looking,
): ConfigFault | undefined {
  if (what.paged === undefined) return undefined;
  const expected = new Set(what.paged);
  const now = after(seen.start, seconds);
  const actual = new Set(pages.filter(({ at }) => !exactly || at === now).map(({ person }) => person));
  const missing = [...expected].filter((person) => !actual.has(person));
  const at = [...place, 'paged'];
  const facts = { when, expected: namesOf(expected), missing: missing.join(', '), actual: namesOf(actual) };
  if (exactly)
    return missing.length > 0 || actual.size > expected.size
      ? faultAt(at, filled(TEXTS.pagedAt, facts))
      : undefined;
  return missing.length > 0 ? faultAt(at, filled(TEXTS.pagedBy, facts)) : undefined;
}

function neverDifference(
  { key: when, what }: Expectation,
  pages: readonly Page[],
  { place, seen }: Looking,
): ConfigFault | undefined {
  const page = pages.find(({ person }) => what['paged-never']?.includes(person) === true);
  if (page === undefined) return undefined;
  const facts = { when, person: page.person, after: durationWords((page.at - seen.start) / 1000) };
  return faultAt([...place, 'paged-never'], filled(TEXTS.pagedNever, facts));
}

const namesOf = (people: ReadonlySet<string>): string | Texts =>
  people.size === 0 ? TEXTS.nobody : [...people].join(', ');
