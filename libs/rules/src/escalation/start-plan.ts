import type { Config, Policy } from '@tocsin/contracts';
import { PRIORITIES } from '@tocsin/contracts';
import { own } from '../own.js';
import { LAST_RESORT } from './page-fallback.js';
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
  return {
    policy: name,
    service,
    steps: found.steps.map((step) => ({ name: step.name, page: step.page, wait: step.wait })),
    repeat: repeatOf(found),
    fallback: found.fallback?.page ?? [],
    escalatesDownTo: leastUrgent(found),
  };
}

function repeatOf({ steps }: Policy): PolicyPlan['repeat'] {
  const repeat = steps.at(-1)?.repeat;
  const from = steps.findIndex((step) => step.name === repeat?.from);
  return repeat === undefined || from < 0 ? undefined : { from, times: repeat.times };
}

/** A band names the cases that escalate; anything more urgent than the band escalates too. */
const leastUrgent = ({ escalates }: Policy) => PRIORITIES.findLast((p) => escalates.includes(p)) ?? 'P5';
