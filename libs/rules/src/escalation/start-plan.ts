import type { Config, Policy } from '@tocsin/contracts';
import { PRIORITIES } from '@tocsin/contracts';
import { own } from '../own.js';
import { LAST_RESORT } from './page-fallback.js';
import { stepsInLine } from './plan-steps.js';
import type { PolicyPlan } from './policy-plan.js';

/**
 * The plan that a case pins when it opens.
 *
 * @param policy name; without one the service's own policy is taken
 * @param service name of the service that the case belongs to, if any
 * @returns without a policy, the last resort: P1 and P2 page everyone at once, the rest nobody
 */
export function startPlan(
  policy: string | undefined,
  config: Config,
  service: string | undefined,
): PolicyPlan {
  const name = policy ?? (service === undefined ? undefined : own(config.services, service)?.policy);
  const found = name === undefined ? undefined : own(config.policies, name);
  if (name === undefined || found === undefined) {
    return { service, steps: [], fallback: LAST_RESORT, escalatesDownTo: 'P2' };
  }
  const { steps, indexOf } = stepsInLine(name, found, config);
  const acknowledged = acknowledgedOf(found, indexOf);
  return {
    policy: name,
    service,
    steps,
    repeat: repeatOf(found, indexOf),
    fallback: found.fallback?.page ?? [],
    escalatesDownTo: leastUrgent(found),
    ...(acknowledged === undefined ? {} : { acknowledged }),
  };
}

type IndexOf = (name: string) => number | undefined;

function repeatOf({ steps }: Policy, indexOf: IndexOf): PolicyPlan['repeat'] {
  const repeat = steps.at(-1)?.repeat;
  const from = repeat === undefined ? undefined : indexOf(repeat.from);
  return repeat === undefined || from === undefined ? undefined : { from, times: repeat.times };
}

function acknowledgedOf({ acknowledged }: Policy, indexOf: IndexOf): PolicyPlan['acknowledged'] {
  const rules = Object.entries(acknowledged).map(([priority, { remind, reopen, restart }]) => [
    priority,
    { remind, reopen, restart: restart === undefined ? undefined : indexOf(restart) },
  ]);
  return rules.length === 0 ? undefined : (Object.fromEntries(rules) as PolicyPlan['acknowledged']);
}

/** A band names the cases that escalate; anything more urgent than the band escalates too. */
const leastUrgent = ({ escalates }: Policy) => PRIORITIES.findLast((p) => escalates.includes(p)) ?? 'P5';
