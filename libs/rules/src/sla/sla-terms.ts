import {
  type Config,
  type Priority,
  type Seconds,
  SLA_KINDS,
  type SlaKind,
  type SlaPolicy,
} from '@tocsin/contracts';
import { compileCaseCondition } from '../conditions/case-condition.js';
import type { CaseFacts } from '../conditions/case-facts.js';
import { isLive } from '../watched/rule-mode.js';
import { type WorkingHours, workingHours } from './working-hours.js';

/** What a policy promises, ready to be counted: the pinned revision gives the same terms for ever. */
export interface SlaTerms {
  readonly policy: SlaPolicy;
  readonly hours: WorkingHours;
}

const tests = new WeakMap<SlaPolicy, (facts: CaseFacts) => boolean>();

/** Compiling costs a thousand times an evaluation. What does not compile or errs matches nothing. */
function matches(policy: SlaPolicy, facts: CaseFacts): boolean {
  let test = tests.get(policy);
  if (test === undefined) {
    const compiled = compileCaseCondition(policy.when);
    test = compiled.ok ? (of) => compiled.test(of).matched : () => false;
    tests.set(policy, test);
  }
  return test(facts);
}

/** @returns the name of the first policy that matches; undefined when none promises anything to such a case */
export const pickSla = ({ sla }: Config, facts: CaseFacts): string | undefined =>
  sla.find((policy) => isLive(policy) && matches(policy, facts))?.name;

/** @returns undefined when the config has no policy of that name */
export function slaTerms(config: Config, name: string): SlaTerms | undefined {
  const policy = config.sla.find((each) => each.name === name);
  return policy === undefined ? undefined : { policy, hours: workingHours(config, policy.calendar) };
}

/** The kinds that a policy has a target for, at any priority: each gets a clock, because a priority may change. */
export const kindsOf = ({ policy }: SlaTerms): SlaKind[] =>
  SLA_KINDS.filter((kind) => kind in policy.targets);

/** @returns seconds of working time; undefined when the policy promises nothing at this priority */
export function targetOf(
  { policy, hours }: SlaTerms,
  kind: SlaKind,
  priority: Priority,
): Seconds | undefined {
  const promised = policy.targets[kind]?.[priority];
  return promised === undefined ? undefined : promised.days * hours.dayLength + promised.seconds;
}
