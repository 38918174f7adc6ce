import { CONFIG_TEXTS, type Config, type LadderLevel, type Policy } from '@tocsin/contracts';
import { own } from '../own.js';
import { filled } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { faultAt } from './faults.js';
import { nestedPolicyFaults, policiesBelow } from './nested-policy-faults.js';
import { acknowledgedFaults, conditionedStepFaults, roundRobinFaults } from './policy-faults.js';

/** Policies that could not do what they say. */
export function escalationFaults(config: Config): ConfigFault[] {
  const policies = Object.entries(config.policies);
  return [
    ...policies.flatMap(([name, policy]) => [
      ...fallbackFaults(name, policy),
      ...repeatFaults(name, policy),
      ...conditionedStepFaults(name, policy),
      ...acknowledgedFaults(name, policy),
      ...roundRobinFaults(name, policy),
      ...doubleNames(policy.steps, ['policies', name, 'steps']),
    ]),
    ...nestedPolicyFaults(config),
    ...ladderFaults(config),
  ];
}

function fallbackFaults(name: string, { escalates, fallback }: Policy): ConfigFault[] {
  const urgent = escalates.includes('P1') || escalates.includes('P2');
  return urgent && fallback === undefined ? [faultAt(['policies', name], CONFIG_TEXTS.noFallback)] : [];
}

function repeatFaults(name: string, { steps }: Policy): ConfigFault[] {
  return steps.flatMap(({ repeat }, i) => {
    if (repeat === undefined) return [];
    const place = ['policies', name, 'steps', i, 'repeat'];
    if (i < steps.length - 1) return [faultAt(place, CONFIG_TEXTS.repeatNotLast)];
    return steps.some((step) => step.name === repeat.from)
      ? []
      : [faultAt([...place, 'from'], filled(CONFIG_TEXTS.repeatFrom, { name: repeat.from }))];
  });
}

/** Names that stand twice in a list, at their second place. */
export const doubleNames = (
  items: readonly { readonly name: string }[],
  place: readonly (string | number)[],
): ConfigFault[] =>
  items.flatMap(({ name }, i) =>
    items.findIndex((item) => item.name === name) < i
      ? [faultAt([...place, i, 'name'], filled(CONFIG_TEXTS.doubleName, { name }))]
      : [],
  );

/** A policy that pages a rung, itself or by another policy, needs it on the ladder of every team whose service uses it. */
const ladderFaults = (config: Config): ConfigFault[] => {
  const uses = Object.values(config.services).map(({ team, policy }) => ({ team, policy }));
  const once = uses.filter(
    (use, i) => uses.findIndex(({ team, policy }) => team === use.team && policy === use.policy) === i,
  );
  return once.flatMap(({ team, policy }) => {
    const found = own(config.teams, team);
    if (found === undefined) return [];
    return rungsOf(policy, config)
      .filter((level) => found.ladder[level] === undefined)
      .map((level) =>
        faultAt(['teams', team, 'ladder'], filled(CONFIG_TEXTS.noRung, { policy, level, team })),
      );
  });
};

function rungsOf(name: string, config: Config): LadderLevel[] {
  const policies = [name, ...policiesBelow(name, config)].map((policy) => own(config.policies, policy));
  const steps = policies.flatMap((policy) => policy?.steps ?? []).flatMap((step) => step.page);
  const targets = [...steps, ...(policies[0]?.fallback?.page ?? [])];
  return [...new Set(targets.flatMap((target) => (target.kind === 'ladder' ? [target.level] : [])))];
}
