import { type Config, type Instant, type Priority, rankOf } from '@tocsin/contracts';
import type { CaseFacts } from '../conditions/case-facts.js';
import { own } from '../own.js';
import type { Quiet } from './quiet-window.js';

/** An open case of a service that others depend on, for which somebody is or was paged. */
export interface OpenParent {
  readonly caseId: string;
  readonly service: string;
  readonly market?: string | undefined;
  readonly priority: Priority;
}

/** Milliseconds after which a case that waits for its parent is looked at again, whatever became of the word of it. */
const LOOKED_AGAIN = 15 * 60_000;

/** Every service without which this one cannot work, itself apart. */
export function dependenciesOf(service: string, services: Config['services']): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const next of own(services, name)?.['depends-on'] ?? []) {
      if (next === service || found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(service);
  return found;
}

/** The services that any other depends on. */
export const dependedOn = (services: Config['services']): readonly string[] => [
  ...new Set(Object.values(services).flatMap((service) => service['depends-on'] ?? [])),
];

/**
 * Whether a case is quiet because one of a service that its own depends on is open. Only one that is at least as urgent
 * speaks for it, and of the same market where both name one. A P1 is never quiet for another's sake.
 *
 * @param parents open cases, each of which pages or has paged somebody
 */
export function quietByParent(
  facts: CaseFacts,
  parents: readonly OpenParent[],
  services: Config['services'],
  at: Instant,
): Quiet | undefined {
  if (parents.length === 0 || facts.priority === 'P1') return undefined;
  const needs = dependenciesOf(facts.service, services);
  const speaks = parents.filter(
    ({ service, market = '', priority }) =>
      needs.has(service) &&
      rankOf(priority) <= rankOf(facts.priority) &&
      (market === '' || facts.market === '' || market === facts.market),
  );
  const parent = speaks.toSorted((a, b) => rankOf(a.priority) - rankOf(b.priority))[0];
  if (parent === undefined) return undefined;
  return { by: { kind: 'parent', name: parent.service, id: parent.caseId }, until: at + LOOKED_AGAIN };
}
