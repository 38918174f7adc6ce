import type { Instant, Priority, Target } from '@tocsin/contracts';
import { rankOf } from '@tocsin/contracts';
import type { ReachedPerson } from '../routing/resolved-targets.js';
import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import type { EscalationContext } from './escalation-context.js';
import { tell } from './outcomes.js';
import type { PolicyPlan } from './policy-plan.js';
import { after, REMIND_EVERY } from './timing.js';
import type { Walk } from './walk-plan.js';

/** Whom P1 and P2 page when nobody else is left: no urgent case is ever silent. */
export const LAST_RESORT: readonly Target[] = [{ kind: 'everyone' }];

/** Why an escalation is exhausted. */
type ExhaustedReason = 'ended' | 'all-empty' | 'no-policy';

const reasonOf = (plan: PolicyPlan, reason: ExhaustedReason): ExhaustedReason =>
  plan.policy === undefined ? 'no-policy' : reason;

/** The plan has ended and nobody took the case: the alarm is told (S8) and the fallback paged. */
export function pageFallback(
  walk: Walk,
  round: number,
  context: EscalationContext,
  now: Instant,
  before: readonly Effect[],
  reason: ExhaustedReason,
): Decision {
  const persons = fallbackPersons(context, walk.priority, now);
  const told = tell('EscalationExhausted', walk.epoch, {
    reason: reasonOf(context.plan, reason),
    round,
    persons,
    ...(persons.length === 0 ? { fallback: 'fallback.empty' } : {}),
  });
  return exhausted(walk, round, context.plan, persons, now, [...before, told], false);
}

/**
 * Nobody has taken an exhausted case: its fallback is asked again. A reminder is a round of its own, so that its
 * page is a new one (S4). Without anybody to ask, the alarm is told again.
 */
export function remindFallback(
  walk: Walk,
  lastRound: number,
  context: EscalationContext,
  now: Instant,
  before: readonly Effect[],
): Decision {
  const round = lastRound + 1;
  const persons = fallbackPersons(context, walk.priority, now);
  const told =
    persons.length > 0 ? [] : [tell('EscalationExhausted', walk.epoch, { reason: 'fallback.empty', round, persons })];
  return exhausted(walk, round, context.plan, persons, now, [...before, ...told], true);
}

function fallbackPersons({ plan, resolve }: EscalationContext, priority: Priority, now: Instant) {
  const { persons } = resolve(plan.fallback, now);
  return persons.length > 0 || rankOf(priority) > 2 ? persons : resolve(LAST_RESORT, now).persons;
}

function exhausted(
  walk: Walk,
  round: number,
  plan: PolicyPlan,
  persons: readonly ReachedPerson[],
  now: Instant,
  before: readonly Effect[],
  reminder: boolean,
): Decision {
  const { epoch } = walk;
  const step = plan.steps.length;
  const steps = Math.max(1, step);
  const pages: Effect[] = [
    tell('FallbackPaged', epoch, { round, step, persons, reminder }),
    { type: 'RequestPages', epoch, round, step, stepName: 'fallback', steps, persons, dueAt: now },
  ];
  return {
    state: {
      ...walk,
      status: 'exhausted',
      round,
      step,
      wakeAt: after(now, REMIND_EVERY),
      paged: persons.map((p) => p.person),
    },
    effects: persons.length > 0 ? [...before, ...pages] : before,
  };
}
