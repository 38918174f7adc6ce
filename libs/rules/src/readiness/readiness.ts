import { type Config, type Instant, PRIORITIES, type Priority } from '@tocsin/contracts';
import { delayTo } from '../contacts/delay-to.js';
import type { KnownContacts, KnownMethod } from '../contacts/known-contacts.js';
import type { ChangeBook } from '../on-call/changes/change-book.js';
import { own } from '../own.js';
import { bandHas } from '../paging/plan-attempts.js';
import { type Asked, whoIsAsked } from './who-is-asked.js';

/** One thing that a person lacks to be surely paged. */
export type Missing =
  /** Of a change of shifts, and in the config no longer. */
  | { readonly what: 'not-in-config' }
  | { readonly what: 'no-method' }
  | { readonly what: 'unverified'; readonly methods: readonly string[] }
  /** Nothing arrives by them any more. */
  | { readonly what: 'dead-address'; readonly methods: readonly string[]; readonly reason: string }
  /** No page of these priorities reaches the person at all, though there may be methods that no rule uses. */
  | { readonly what: 'not-reached'; readonly priorities: readonly Priority[] }
  /** No page has arrived by them for 30 days, or ever. */
  | { readonly what: 'not-tested'; readonly methods: readonly string[] }
  /** Pages of these use every method at once. */
  | { readonly what: 'no-rule'; readonly priorities: readonly Priority[] };

export interface Readiness extends Asked {
  readonly person: string;
  /** Some page of every priority that escalates may arrive. */
  readonly reachable: boolean;
  readonly missing: readonly Missing[];
}

const DAY_MS = 86_400_000;

/** How far ahead turns are looked for. */
const AHEAD_MS = 90 * DAY_MS;

/** A method by which nothing arrived for so long is not known to work. */
export const TESTED_WITHIN_MS = 30 * DAY_MS;

interface Known {
  readonly changes: ChangeBook;
  readonly contacts: KnownContacts;
  readonly now: Instant;
}

/**
 * Can each person be paged who may be asked for within 90 days (F9)? Ready is who lacks nothing. In the order of names.
 */
export function readinessOf(config: Config, { changes, contacts, now }: Known): Readiness[] {
  const priorities = escalating(config);
  return [...whoIsAsked(config, changes, { from: now, until: now + AHEAD_MS })]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([person, asked]) => {
      const reached = (priority: Priority): boolean =>
        delayTo(person, { config, contacts, priority }).delay !== undefined;
      const lost = priorities.filter((priority) => !reached(priority));
      return {
        person,
        ...asked,
        reachable: lost.length === 0,
        missing: missingOf(person, lost, { config, contacts, priorities, now }),
      };
    });
}

/**
 * Why no page of a priority can reach a person; empty when one can.
 */
export function reachLackOf(
  name: string,
  asked: { readonly config: Config; readonly contacts: KnownContacts; readonly priority: Priority },
): Missing[] {
  const { config, contacts, priority } = asked;
  if (delayTo(name, asked).delay !== undefined) return [];
  if (own(config.people, name) === undefined) return [{ what: 'not-in-config' }];
  const methods = contacts.methodsOf(name);
  if (methods.length === 0) return [{ what: 'no-method' }];
  const why = [
    ...lacking(
      'unverified',
      namesOf(methods, ({ verified }) => !verified),
    ),
    ...dead(methods),
  ];
  return [...why, { what: 'not-reached', priorities: [priority] }];
}

/** What any policy escalates; all where there is none. */
function escalating({ policies }: Config): Priority[] {
  const named = new Set(Object.values(policies).flatMap(({ escalates }) => escalates));
  return PRIORITIES.filter((priority) => named.size === 0 || named.has(priority));
}

interface Looked {
  readonly config: Config;
  readonly contacts: KnownContacts;
  readonly priorities: readonly Priority[];
  readonly now: Instant;
}

function missingOf(
  name: string,
  lost: readonly Priority[],
  { config, contacts, priorities, now }: Looked,
): Missing[] {
  const person = own(config.people, name);
  if (person === undefined) return [{ what: 'not-in-config' }];
  const methods = contacts.methodsOf(name);
  if (methods.length === 0) return [{ what: 'no-method' }];
  const unruled = priorities.filter((p) => !Object.keys(person.notify).some((band) => bandHas(band, p)));
  return [
    ...lacking(
      'unverified',
      namesOf(methods, ({ verified }) => !verified),
    ),
    ...dead(methods),
    ...(lost.length > 0 ? [{ what: 'not-reached', priorities: lost } as const] : []),
    ...lacking(
      'not-tested',
      namesOf(methods, (method) => isUntested(method, now)),
    ),
    ...(unruled.length > 0 ? [{ what: 'no-rule', priorities: unruled } as const] : []),
  ];
}

const namesOf = (methods: readonly KnownMethod[], is: (method: KnownMethod) => boolean): string[] =>
  methods.filter(is).map(({ name }) => name);

const lacking = (what: 'unverified' | 'not-tested', methods: readonly string[]): Missing[] =>
  methods.length > 0 ? [{ what, methods }] : [];

/** Of a method that is dead or not verified that is said already. */
const isUntested = ({ verified, dead: reason, deliveredAt }: KnownMethod, now: Instant): boolean =>
  verified && reason === undefined && (deliveredAt === undefined || deliveredAt < now - TESTED_WITHIN_MS);

function dead(methods: readonly KnownMethod[]): Missing[] {
  const found = methods.filter((method) => method.dead !== undefined);
  const [first] = found;
  return first?.dead === undefined
    ? []
    : [{ what: 'dead-address', methods: found.map(({ name }) => name), reason: first.dead }];
}
