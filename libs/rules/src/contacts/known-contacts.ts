import type { Config, ContactMethod, Instant } from '@tocsin/contracts';
import { own } from '../own.js';
import type { NamedMethod } from '../paging/attempt-plan.js';
import { methodsOf } from '../paging/plan-attempts.js';
import { type ContactFact, diedAt } from './contact-fact.js';

/** A way to reach a person, and what is known of it. */
export interface KnownMethod extends NamedMethod {
  readonly verified: boolean;
  readonly deliveredAt?: Instant | undefined;
  /** Why nothing will ever arrive by it, in the words of the receiver; absent while nothing is known against it. */
  readonly dead?: string | undefined;
}

/** How each person can be reached. */
export interface KnownContacts {
  readonly methodsOf: (person: string) => readonly KnownMethod[];
}

/** By the tree alone: what stands in it counts as verified (a sandbox phone always is). */
export const contactsOfConfig = (config: Config): KnownContacts => knownContacts(config, [], () => '');

/**
 * The methods of the tree and those beside it, with what became of pages.
 *
 * @param markOf the mark of an address that a dead one is known by
 */
export function knownContacts(
  config: Config,
  facts: readonly ContactFact[],
  markOf: (method: ContactMethod) => string,
): KnownContacts {
  const known = Map.groupBy(facts, ({ person }) => person);
  const ready = new Map<string, readonly KnownMethod[]>();
  return {
    methodsOf: (name) => {
      const found = ready.get(name) ?? methodsWith(config, name, known.get(name) ?? [], markOf);
      ready.set(name, found);
      return found;
    },
  };
}

function methodsWith(
  config: Config,
  name: string,
  facts: readonly ContactFact[],
  markOf: (method: ContactMethod) => string,
): KnownMethod[] {
  const person = own(config.people, name);
  if (person === undefined) return [];
  const ofTree = methodsOf(person).map((method): KnownMethod => {
    const fact = facts.find((one) => one.method === method.name);
    const contact = own(person.contact, method.name);
    const died = fact === undefined ? undefined : diedAt(fact);
    const dead = contact !== undefined && died?.address === markOf(contact) ? died.reason : undefined;
    return { ...method, verified: true, deliveredAt: fact?.deliveredAt, dead };
  });
  const beside = facts.flatMap((fact): KnownMethod[] => {
    const { added, method, deliveredAt } = fact;
    if (added === undefined || added.removed || own(person.contact, method) !== undefined) return [];
    const { channel, joins, verified } = added;
    return [{ name: method, channel, joins, verified, deliveredAt, dead: diedAt(fact)?.reason }];
  });
  return [...ofTree, ...beside];
}
