import { CONFIG_TEXTS, type Config } from '@tocsin/contracts';
import { own } from '../own.js';
import { filled } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { faultAt } from './faults.js';

/** Policies that run others in a way that cannot be done. */
export const nestedPolicyFaults = (config: Config): ConfigFault[] =>
  Object.entries(config.policies).flatMap(([name, { steps }]) =>
    steps.flatMap(({ page, when }, i) => {
      const nested = page.find((target) => target.kind === 'policy');
      if (nested === undefined) return [];
      const place = ['policies', name, 'steps', i];
      const way = wayBack(name, nested.name, config);
      return [
        ...(page.length > 1 ? [faultAt([...place, 'page'], CONFIG_TEXTS.policyAlone)] : []),
        ...(when === undefined
          ? []
          : [faultAt([...place, 'when'], filled(CONFIG_TEXTS.policyCondition, { name: nested.name }))]),
        ...(way === undefined
          ? []
          : [
              faultAt(
                [...place, 'page'],
                filled(CONFIG_TEXTS.policyCycle, { name, way: [name, ...way].join(' → ') }),
              ),
            ]),
      ];
    }),
  );

const nestedIn = (name: string, config: Config): string[] =>
  (own(config.policies, name)?.steps ?? []).flatMap(({ page }) =>
    page.flatMap((target) => (target.kind === 'policy' ? [target.name] : [])),
  );

/** How a policy leads back to `name`; undefined when it does not. */
function wayBack(
  name: string,
  from: string,
  config: Config,
  seen: readonly string[] = [],
): string[] | undefined {
  if (from === name) return [name];
  if (seen.includes(from)) return undefined;
  for (const next of nestedIn(from, config)) {
    const way = wayBack(name, next, config, [...seen, from]);
    if (way !== undefined) return [from, ...way];
  }
  return undefined;
}

/** Every policy that a policy runs, directly or by others; each once. */
export function policiesBelow(name: string, config: Config): readonly string[] {
  const below = new Set<string>();
  const visit = (of: string): void => {
    for (const next of nestedIn(of, config)) {
      if (below.has(next)) continue;
      below.add(next);
      visit(next);
    }
  };
  visit(name);
  return [...below];
}
