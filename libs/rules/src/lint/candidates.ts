import type { Config, Target } from '@tocsin/contracts';
import { own } from '../own.js';

/** Every target of every policy and ladder. */
export function* policyTargets({ policies, teams }: Config): Generator<Target> {
  for (const { steps, fallback } of Object.values(policies)) {
    for (const { page } of steps) yield* page;
    yield* fallback?.page ?? [];
  }
  for (const { ladder } of Object.values(teams)) for (const rung of Object.values(ladder)) yield* rung ?? [];
}

/**
 * Everybody whom these targets may ever lead to, whoever is on call: for a rung, on the ladder of every service that
 * uses the policy.
 */
export function candidatesOf(targets: readonly Target[], policy: string, config: Config): Set<string> {
  const found = targets.flatMap((target) => candidates(target, policy, config));
  return new Set(found.filter((person) => own(config.people, person) !== undefined));
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
