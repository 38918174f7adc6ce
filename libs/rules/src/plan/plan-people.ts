import {
  type Config,
  type Instant,
  isoOf,
  type PeoplePlan,
  type PersonChange,
  PRIORITIES,
  type Priority,
  type SecondPersonChange,
} from '@tocsin/contracts';
import { DAY_MS } from '../on-call/zone-clock.js';
import { onCallChanges } from './on-call-hours.js';
import { type Paging, pagingOf } from './paging-of.js';
import { sampleInstants } from './sample-instants.js';

const SPAN_DAYS = 30;

/**
 * What a change of config means to people in the 30 days from `now`: who is paged when, by every service and priority;
 * who is on call how long; how long one person alone has a P1. Only what differs is named.
 */
export function planPeople(before: Config, after: Config, now: Instant): PeoplePlan {
  const until = now + SPAN_DAYS * DAY_MS;
  const instants = sampleInstants([before, after], now, until);
  const [old, next] = [pagesBy(before, instants), pagesBy(after, instants)];
  const pages = pageChanges(old, next);
  const onCall = onCallChanges(before, after, { from: now, until });
  const people = [...new Set([...pages.keys(), ...onCall.keys()])].sort();
  return {
    from: isoOf(now),
    until: isoOf(until),
    people: people.map((person) => ({
      person,
      pages: pages.get(person) ?? [],
      onCall: onCall.get(person) ?? [],
    })),
    secondPerson: secondPersonChanges(old, next),
  };
}

interface ServicePages {
  readonly service: string;
  readonly priority: Priority;
  /** One list for each sampled instant. */
  readonly samples: readonly (readonly Paging[])[];
}

type AllPages = ReadonlyMap<string, ServicePages>;

function pagesBy(config: Config, instants: readonly Instant[]): AllPages {
  const found = new Map<string, ServicePages>();
  for (const service of Object.keys(config.services).sort()) {
    for (const priority of PRIORITIES) {
      const samples = instants.map((at) => pagingOf(config, { service, priority, at }));
      found.set(`${service} ${priority}`, { service, priority, samples });
    }
  }
  return found;
}

function pageChanges(old: AllPages, next: AllPages): Map<string, PersonChange['pages']> {
  const changes = new Map<string, PersonChange['pages']>();
  for (const key of new Set([...old.keys(), ...next.keys()])) {
    const [before, after] = [old.get(key), next.get(key)];
    const { service, priority } = (before ?? after) as ServicePages;
    for (const person of new Set([...peopleOf(before), ...peopleOf(after)])) {
      const change = { service, before: timesOf(before, person), after: timesOf(after, person) };
      if (String(change.before) !== String(change.after))
        changes.set(person, withChange(changes.get(person) ?? [], change, priority));
    }
  }
  return changes;
}

/** Priorities with the same change of the same service are one line. */
function withChange(
  known: PersonChange['pages'],
  change: Omit<PersonChange['pages'][number], 'priorities'>,
  priority: Priority,
): PersonChange['pages'] {
  const same = known.find(
    (one) =>
      one.service === change.service &&
      String(one.before) === String(change.before) &&
      String(one.after) === String(change.after),
  );
  if (same === undefined) return [...known, { ...change, priorities: [priority] }];
  return known.map((one) => (one === same ? { ...one, priorities: [...one.priorities, priority] } : one));
}

const peopleOf = (pages: ServicePages | undefined): string[] =>
  (pages?.samples ?? []).flatMap((sample) => sample.map(({ person }) => person));

/** Every second at which a person may be paged, whoever is on call. */
const timesOf = (pages: ServicePages | undefined, person: string): number[] => [
  ...new Set(
    (pages?.samples ?? [])
      .flatMap((sample) => sample.filter((paging) => paging.person === person).map((paging) => paging.after))
      .toSorted((a, b) => a - b),
  ),
];

function secondPersonChanges(old: AllPages, next: AllPages): SecondPersonChange[] {
  return [...next.values()].flatMap(({ service, priority, samples }) => {
    const known = old.get(`${service} ${priority}`);
    if (priority !== 'P1' || known === undefined) return [];
    const [before, after] = [longestAlone(known.samples), longestAlone(samples)];
    if (before === after) return [];
    return [{ service, before: before ?? null, after: after ?? null, worsens: isLonger(before, after) }];
  });
}

/** The longest that the first person alone has the case at any sampled instant; undefined when nobody else follows. */
function longestAlone(samples: ServicePages['samples']): number | undefined {
  const alone = samples.map((sample) => {
    const first = sample[0];
    const second = sample.find(({ person }) => person !== first?.person);
    return first === undefined || second === undefined ? undefined : second.after - first.after;
  });
  return alone.includes(undefined) ? undefined : Math.max(...(alone as number[]));
}

const isLonger = (before: number | undefined, after: number | undefined): boolean =>
  before !== undefined && (after === undefined || after > before);
