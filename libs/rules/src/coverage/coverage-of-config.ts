import type { Config, Priority, Seconds } from '@tocsin/contracts';
import { escalates } from '../escalation/start-escalation.js';
import { startPlan } from '../escalation/start-plan.js';
import { type CoverageHole, coverageHoles } from './prove-coverage.js';
import type { Span } from './interval-set.js';

/** Seconds within which somebody must be paged, for the priorities whose coverage is proved. */
export const COVERED_WITHIN = { P1: 300, P2: 900 } as const satisfies Partial<Record<Priority, Seconds>>;

export type ProvedPriority = keyof typeof COVERED_WITHIN;

/** The proof for one policy, as one service uses it, and one priority; a hole is its earliest counterexample. */
export interface Coverage {
  readonly policy: string;
  readonly service: string;
  readonly priority: ProvedPriority;
  readonly within: Seconds;
  readonly hole?: CoverageHole | undefined;
}

/**
 * Proves, for each service and for P1 and P2, that at every instant of the span somebody is paged in time, or names the
 * earliest hole. Priorities that the policy does not escalate are left out. Fails never: a service that names no
 * policy pages nobody by a step, and is a hole.
 */
export const coverageOf = (config: Config, span: Span): Coverage[] =>
  Object.keys(config.services).flatMap((service) => {
    const plan = startPlan(undefined, config, service);
    return PROVED.filter((priority) => escalates(plan, priority)).map((priority) => {
      const within = COVERED_WITHIN[priority];
      const [hole] = coverageHoles(plan, { config, service, priority }, { span, within });
      return { policy: plan.policy ?? '', service, priority, within, hole };
    });
  });

const PROVED = Object.keys(COVERED_WITHIN) as ProvedPriority[];
