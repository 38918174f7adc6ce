import { type Config, MAINTENANCE_TEXTS } from '@tocsin/contracts';
import { own } from '../own.js';
import { filled } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { faultAt } from './faults.js';

/** Services that depend on themselves: each would wait for the other to be paged. */
export const dependencyFaults = ({ services }: Config): ConfigFault[] =>
  Object.keys(services).flatMap((name) => {
    const way = wayBack(name, name, services, []);
    const texts =
      way === undefined
        ? undefined
        : filled(MAINTENANCE_TEXTS.dependencyCycle, { name, way: way.join(' → ') });
    return texts === undefined ? [] : [faultAt(['services', name, 'depends-on'], texts)];
  });

/** How a service leads back to `name`; undefined when it does not. */
function wayBack(
  name: string,
  from: string,
  services: Config['services'],
  before: readonly string[],
): readonly string[] | undefined {
  for (const next of own(services, from)?.['depends-on'] ?? []) {
    if (next === name) return [...before, from, name];
    if (before.includes(next)) continue;
    const way = wayBack(name, next, services, [...before, from]);
    if (way !== undefined) return way;
  }
  return undefined;
}
