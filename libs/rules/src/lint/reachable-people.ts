import { type Config, LINT_TEXTS } from '@tocsin/contracts';
import type { ConfigFault } from '../config/config-fault.js';
import { faultAt, warningAt } from '../config/faults.js';
import { own } from '../own.js';
import { wordsOf } from '../routing/resolve-targets.js';
import { filled } from '../texts-of.js';
import { candidatesOf } from './candidates.js';

/**
 * Steps whose targets can never be a person, whoever is on call. A policy that no service uses has no ladder to look
 * at, so its rungs are not judged.
 */
export const nobodyFaults = (config: Config): ConfigFault[] =>
  stepsOf(config).flatMap(({ policy, step, index }) =>
    candidatesOf(step.page, policy, config).size > 0 || isUnusedRung(step, policy, config)
      ? []
      : [
          faultAt(
            ['policies', policy, 'steps', index, 'page'],
            filled(LINT_TEXTS.stepNobody, { step: step.name, targets: step.page.map(wordsOf).join(', ') }),
          ),
        ],
  );

/** People, teams and steps whom no page could reach by what the tree says; contact methods beside it may. */
export function reachablePeople(config: Config): ConfigFault[] {
  const reachable = (person: string): boolean =>
    Object.keys(own(config.people, person)?.contact ?? {}).length > 0;
  return [
    ...Object.keys(config.people)
      .filter((name) => !reachable(name))
      .map((name) => warningAt(['people', name], filled(LINT_TEXTS.noContact, { name }))),
    ...Object.entries(config.services).flatMap(([name, { team }]) => {
      const members = own(config.teams, team)?.members ?? [];
      return members.length === 0 || members.some(reachable)
        ? []
        : [warningAt(['services', name], filled(LINT_TEXTS.teamUnreachable, { team }))];
    }),
    ...unreachableSteps(config, reachable),
    ...unreachableFallbacks(config, reachable),
  ];
}

const unreachableSteps = (config: Config, reachable: (person: string) => boolean): ConfigFault[] =>
  stepsOf(config).flatMap(({ policy, step, index }) => {
    const people = [...candidatesOf(step.page, policy, config)];
    if (people.length === 0 || people.some(reachable)) return [];
    const facts = { step: step.name, people: people.join(', ') };
    return [warningAt(['policies', policy, 'steps', index], filled(LINT_TEXTS.stepUnreachable, facts))];
  });

const unreachableFallbacks = (config: Config, reachable: (person: string) => boolean): ConfigFault[] =>
  Object.entries(config.policies).flatMap(([policy, { fallback }]) => {
    const people = [...candidatesOf(fallback?.page ?? [], policy, config)];
    return people.length === 0 || people.some(reachable)
      ? []
      : [warningAt(['policies', policy, 'fallback'], LINT_TEXTS.fallbackUnreachable)];
  });

const stepsOf = ({ policies }: Config) =>
  Object.entries(policies).flatMap(([policy, { steps }]) =>
    steps.map((step, index) => ({ policy, step, index })),
  );

const isUnusedRung = (
  { page }: { readonly page: readonly { readonly kind: string }[] },
  policy: string,
  { services }: Config,
): boolean =>
  page.some(({ kind }) => kind === 'ladder') &&
  !Object.values(services).some((service) => service.policy === policy);
