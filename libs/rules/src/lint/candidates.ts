import type { Config, PolicyTarget, Target } from '@tocsin/contracts';
import { own } from '../own.js';

/** What a step of a policy may name. */
type StepTarget = Target | PolicyTarget;

/** Every target of every policy and ladder. */
export function* policyTargets({ policies, teams }: Config): Generator<Target> {
  for (const { steps, fallback } of Object.values(policies)) {
    for (const { page } of steps) yield* page.filter((target) => target.kind !== 'policy');
    yield* fallback?.page ?? [];
  }
  for (const { ladder } of Object.values(teams)) for (const rung of Object.values(ladder)) yield* rung ?? [];
}

/**
 * Everybody whom these targets may ever lead to, whoever is on call: for a rung, on the ladder of every service that
 * uses the policy.
 */
export function candidatesOf(targets: readonly StepTarget[], policy: string, config: Config): Set<string> {
  const found = ownTargets(targets, config).flatMap((target) => candidates(target, policy, config));
  return new Set(found.filter((person) => own(config.people, person) !== undefined));
}

/** With the steps of nested policies in line, each policy once: a cycle has a fault of its own. */
function ownTargets(targets: readonly StepTarget[], { policies }: Config): Target[] {
  const seen = new Set<string>();
  const inLine = (target: StepTarget): Target[] => {
    if (target.kind !== 'policy') return [target];
    if (seen.has(target.name)) return [];
    seen.add(target.name);
    return own(policies, target.name)?.steps.flatMap(({ page }) => page.flatMap(inLine)) ?? [];
  };
  return targets.flatMap(inLine);
}

function candidates(target: Target, policy: string, config: Config): readonly string[] {
  switch (target.kind) {
    case 'person':
      return [target.name];
    case 'team':
      return own(config.teams, target.name)?.members ?? [];
    case 'schedule':
      return own(config.schedules, target.name)?.layers.flatMap(({ people }) => people) ?? [];
    case 'everyone':
      return Object.keys(config.people);
    case 'ladder':
      return teamsUsing(policy, config).flatMap((team) =>
        (own(config.teams, team)?.ladder[target.level] ?? [])
          .filter(({ kind }) => kind !== 'ladder')
          .flatMap((rung) => candidates(rung, policy, config)),
      );
  }
}

const teamsUsing = (policy: string, { services }: Config): string[] => [
  ...new Set(Object.values(services).flatMap((service) => (service.policy === policy ? [service.team] : []))),
];
