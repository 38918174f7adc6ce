import {
  caseIdText,
  type Instant,
  isoOf,
  laneOf,
  type PageRequested,
  type PagesStopped,
} from '@tocsin/contracts';
import type { NewEvent } from '@tocsin/event-log';
import type { Effect, PolicyPlan } from '@tocsin/rules';
import type { RoutedCase, StepPlan } from './routed-case.js';

type RequestPages = Extract<Effect, { type: 'RequestPages' }>;
type StopPages = Extract<Effect, { type: 'StopPages' }>;

/** The steps that these effects plan: one row each, unique (S4). A page beside a step is told apart by its person. */
export const plansOf = (routed: RoutedCase, effects: readonly Effect[]): StepPlan[] =>
  effects
    .filter((effect) => effect.type === 'RequestPages')
    .filter(({ beside }) => beside === undefined)
    .map(({ epoch, round, step }) => ({ caseId: routed.id, epoch, round, step }));

interface Origin {
  readonly routed: RoutedCase;
  readonly plan: PolicyPlan;
  readonly now: Instant;
  readonly traceparent: string | undefined;
}

/** The events of topic `pages` that these effects ask for, in their order: one page per person. */
export function pageEventsOf(
  { routed, plan, now, traceparent }: Origin,
  effects: readonly Effect[],
): NewEvent[] {
  const send = (event: PageRequested | PagesStopped): NewEvent => ({
    topic: 'pages',
    // An answer takes hold at once, whatever waits in the cold lane; notification knows it even before the page (S7).
    lane: event.type === 'PagesStopped' ? 'hot' : laneOf(routed.priority),
    key: `${routed.tenant}:${event.caseId}`,
    type: event.type,
    payload: JSON.stringify(event),
    traceparent,
  });
  return effects.flatMap((effect) => {
    if (effect.type === 'RequestPages') return pagesOf(routed, plan, effect).map(send);
    return effect.type === 'StopPages' ? [send(stopOf(routed, effect, now))] : [];
  });
}

function pagesOf(routed: RoutedCase, plan: PolicyPlan, effect: RequestPages): PageRequested[] {
  const { epoch, round, step, stepName, steps, nextStepAt, asked } = effect;
  return effect.persons.map(({ person }) => ({
    type: 'PageRequested',
    tenant: routed.tenant,
    caseId: caseIdText(routed.id),
    epoch,
    round,
    step,
    person,
    priority: routed.priority,
    dueAt: isoOf(effect.dueAt),
    subject: routed.subject,
    ...(routed.service === undefined ? {} : { service: routed.service }),
    ...(routed.category === undefined ? {} : { category: routed.category }),
    ticketKey: routed.ticketKey,
    ...(routed.link === undefined ? {} : { link: routed.link }),
    because: routed.because,
    policy: plan.policy ?? 'none',
    stepName,
    steps,
    ...(nextStepAt === undefined ? {} : { nextStepAt: isoOf(nextStepAt) }),
    ...(asked === undefined ? {} : { asked }),
    restricted: routed.sensitivity === 'restricted',
    revision: routed.revision,
  }));
}

const stopOf = (routed: RoutedCase, { epoch, reason, by }: StopPages, now: Instant): PagesStopped => ({
  type: 'PagesStopped',
  tenant: routed.tenant,
  caseId: caseIdText(routed.id),
  epoch,
  reason,
  by,
  at: isoOf(now),
});
