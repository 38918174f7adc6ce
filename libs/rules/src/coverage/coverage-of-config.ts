import type { Config, Priority, Seconds } from '@tocsin/contracts';
import type { KnownContacts } from '../contacts/known-contacts.js';
import { escalates } from '../escalation/start-escalation.js';
import { startPlan } from '../escalation/start-plan.js';
import { type CoverageHole, coverageHoles } from './prove-coverage.js';
import { type ChangeBook, NO_CHANGES } from '../on-call/changes/change-book.js';
import type { QuietWindow } from '../quiet/quiet-window.js';
import { type HushedHours, hushedHours } from './hushed-hours.js';
import { type IntervalSet, type Span, union } from './interval-set.js';
import { plannedSilence } from './planned-silence.js';

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
  /** Openings that only windows keep silent: planned, and no hole. */
  readonly muted: IntervalSet;
  /** The windows that hush cases of it, all or some, in the span. */
  readonly hushed?: readonly HushedHours[] | undefined;
}

/** What lies beside the config: nothing, unless given. */
export interface LiveCover {
  readonly changes: ChangeBook;
  /** Windows made at run time; those of the config count in any case. */
  readonly windows: readonly QuietWindow[];
  /** How people can be reached; as the config says unless given. */
  readonly contacts?: KnownContacts | undefined;
}

const NOTHING_LIVE: LiveCover = { changes: NO_CHANGES, windows: [] };

/**
 * Proves, for each service and for P1 and P2, that at every instant of the span somebody is paged in time, or names the
 * earliest hole. Priorities that the policy does not escalate are left out. Fails never: a service that names no
 * policy pages nobody by a step, and is a hole.
 */
export const coverageOf = (config: Config, span: Span, live: LiveCover = NOTHING_LIVE): Coverage[] =>
  Object.keys(config.services).flatMap((service) => coverageOfService(config, service, span, live));

/** The same for one service: all of them at once would keep a process that does other things too long. */
export function coverageOfService(
  config: Config,
  service: string,
  span: Span,
  { changes, windows, contacts }: LiveCover,
): Coverage[] {
  const plan = startPlan(undefined, config, service);
  return PROVED.filter((priority) => escalates(plan, priority)).map((priority) => {
    const within = COVERED_WITHIN[priority];
    const seen = { from: span.from, until: span.until + within * 1000 + 1 };
    const silence = plannedSilence(config, windows, { service, priority, span: seen });
    const all = coverageHoles(
      plan,
      { config, service, priority, changes, silence, contacts },
      { span, within },
    );
    const hole = all.find((one) => !isPlanned(one));
    return {
      policy: plan.policy ?? '',
      service,
      priority,
      within,
      hole,
      hushed: hushedHours(config, windows, { service, priority, span }),
      muted: union(all.filter(isPlanned).map(({ from, until }) => ({ from, until }))),
    };
  });
}

const isPlanned = ({ findings }: CoverageHole): boolean => findings.at(-1)?.found === 'muted';

const PROVED = Object.keys(COVERED_WITHIN) as ProvedPriority[];
