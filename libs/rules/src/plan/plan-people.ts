import { type Config, type Instant, PRIORITIES, type Priority } from '@tocsin/contracts';
import { DAY_MS } from '../on-call/zone-clock.js';
import { onCallChanges } from './on-call-hours.js';
import type { PagesChange, PeoplePlan, SecondPersonChange } from './people-plan.js';
import { type Paging, pagingOf } from './paging-of.js';
import { watchChanges } from './watch-changes.js';
import { windowChanges } from './window-changes.js';
import { sampleInstants } from './sample-instants.js';

const SPAN_DAYS = 30;

/**
 * What a change of config means to people in the 30 days from `now`: who is paged when, by every service and priority;
 * who is on call how long; how long one person alone has a P1. Only what differs is named. Takes seconds for thousands
 * of people: it is for clients, never for a process that pages.
 */
export function planPeople(before: Config, after: Config, now: Instant): PeoplePlan {
  const until = now + SPAN_DAYS * DAY_MS;
  const instants = sampleInstants([before, after], now, until);
  const [old, next] = [pagesBy(before, instants), pagesBy(after, instants)];
  const pages = pageChanges(old, next);
  const onCall = onCallChanges(before, after, { from: now, until });
  const people = [...new Set([...pages.keys(), ...onCall.keys()])].sort();
  return {
    from: now,
    until,
    people: people.map((person) => ({
      person,
      pages: pages.get(person) ?? [],
      onCall: onCall.get(person) ?? [],
    })),
    secondPerson: secondPersonChanges(old, next),
    watched: watchChanges(before, after),
    windows: windowChanges(before, after, { from: now, until }),
  };
}

interface ServicePages {
  readonly service: string;
  readonly priority: Priority;
  /** Every second at which a person may be paged, whoever is on call. */
  readonly times: ReadonlyMap<string, readonly number[]>;
  /** The longest that the first person alone has the case; undefined when nobody else follows. */
  readonly alone: number | undefined;
}

type AllPages = ReadonlyMap<string, ServicePages>;

function pagesBy(config: Config, instants: readonly Instant[]): AllPages {
  const found = new Map<string, ServicePages>();
  const walked = new Map<string, Pick<ServicePages, 'times' | 'alone'>>();
  for (const [service, owned] of Object.entries(config.services).sort(byName)) {
    for (const priority of PRIORITIES) {
      // Services with the same team and policy page the same people: a team's policy is walked once.
      const alike = `${JSON.stringify({ ...owned, handles: [] })} ${priority}`;
      const walk = walked.get(alike) ?? walkAt(config, { service, priority }, instants);
      walked.set(alike, walk);
      found.set(`${service} ${priority}`, { service, priority, ...walk });
    }
  }
  return found;
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function walkAt(
  config: Config,
  asked: Pick<ServicePages, 'service' | 'priority'>,
  instants: readonly Instant[],
): Pick<ServicePages, 'times' | 'alone'> {
  const samples = instants.map((at) => pagingOf(config, { ...asked, at }));
  return { times: timesOf(samples), alone: longestAlone(samples) };
}

function pageChanges(old: AllPages, next: AllPages): Map<string, readonly PagesChange[]> {
  const changes = new Map<string, readonly PagesChange[]>();
  for (const key of [...new Set([...old.keys(), ...next.keys()])].sort()) {
    const [before, after] = [old.get(key), next.get(key)];
    const { service, priority } = (before ?? after) as ServicePages;
    for (const person of new Set([...peopleIn(before), ...peopleIn(after)])) {
      const change = { service, before: timesIn(before, person), after: timesIn(after, person) };
      if (String(change.before) !== String(change.after))
        changes.set(person, withChange(changes.get(person) ?? [], change, priority));
    }
  }
  return changes;
}

const peopleIn = (pages: ServicePages | undefined): string[] => [...(pages?.times.keys() ?? [])];

const timesIn = (pages: ServicePages | undefined, person: string): number[] => [
  ...(pages?.times.get(person) ?? []),
];

/** Priorities with the same change of the same service are one line. */
function withChange(
  known: readonly PagesChange[],
  change: Omit<PagesChange, 'priorities'>,
  priority: Priority,
): readonly PagesChange[] {
  const same = known.find(
    (one) =>
      one.service === change.service &&
      String(one.before) === String(change.before) &&
      String(one.after) === String(change.after),
  );
  if (same === undefined) return [...known, { ...change, priorities: [priority] }];
  return known.map((one) => (one === same ? { ...one, priorities: [...one.priorities, priority] } : one));
}

type Samples = readonly (readonly Paging[])[];

function timesOf(samples: Samples): Map<string, number[]> {
  const times = new Map<string, Set<number>>();
  for (const { person, after } of samples.flat())
    times.set(person, (times.get(person) ?? new Set()).add(after));
  return new Map([...times].map(([person, seconds]) => [person, [...seconds].sort((a, b) => a - b)]));
}

function secondPersonChanges(old: AllPages, next: AllPages): SecondPersonChange[] {
  return [...next.values()].flatMap(({ service, priority, alone }) => {
    const known = old.get(`${service} ${priority}`);
    if (priority !== 'P1' || known === undefined || known.alone === alone) return [];
    const worsens = isLonger(known.alone, alone);
    return [{ service, before: known.alone ?? null, after: alone ?? null, worsens }];
  });
}

function longestAlone(samples: Samples): number | undefined {
  const alone = samples.map((sample) => {
    const first = sample[0];
    const second = sample.find(({ person }) => person !== first?.person);
    return first === undefined || second === undefined ? undefined : second.after - first.after;
  });
  return alone.includes(undefined) ? undefined : Math.max(...(alone as number[]));
}

const isLonger = (before: number | undefined, after: number | undefined): boolean =>
  before !== undefined && (after === undefined || after > before);
