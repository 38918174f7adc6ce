import type { Config, Priority, Seconds } from '@tocsin/contracts';
import { own } from '../own.js';
import type { NamedMethod } from '../paging/attempt-plan.js';
import { planAttempts } from '../paging/plan-attempts.js';
import type { KnownContacts } from './known-contacts.js';

/** A way by which nothing arrives any more. */
export interface DeadMethod {
  readonly person: string;
  readonly method: string;
  readonly reason: string;
}

/**
 * Seconds from a page to a person's first attempt that may arrive, by the person's own rules; undefined when none does.
 * A dead address fails at once and the next method follows at once, so it makes nobody wait; but a method that no rule
 * of the priority uses does not come in for it.
 */
export function delayTo(
  person: string,
  { config, contacts, priority }: Asked,
): { readonly delay: Seconds | undefined; readonly dead: readonly DeadMethod[] } {
  const found = own(config.people, person);
  if (found === undefined) return { delay: undefined, dead: [] };
  const usable = contacts.methodsOf(person).filter(({ verified }) => verified);
  const { attempts } = planAttempts({ priority, dueAt: 0 }, found.notify, usable.map(named));
  const deadOf = (name: string): string | undefined => usable.find((method) => method.name === name)?.dead;
  const dead = attempts.flatMap(({ method }): DeadMethod[] => {
    const reason = deadOf(method);
    return reason === undefined ? [] : [{ person, method, reason }];
  });
  if (dead.length === attempts.length) return { delay: undefined, dead };
  return { delay: Math.min(...attempts.map(({ dueAt }) => dueAt)) / 1000, dead };
}

interface Asked {
  readonly config: Config;
  readonly contacts: KnownContacts;
  readonly priority: Priority;
}

const named = ({ name, channel, joins }: NamedMethod): NamedMethod => ({ name, channel, joins });
