import type { Config, Instant, SlaKind } from '@tocsin/contracts';
import type { CaseInput } from '../../escalation/case-input.js';
import type { CaseFacts } from '../../conditions/case-facts.js';
import { slaWakeAt } from '../../sla/clock-times.js';
import { runClock, startClock } from '../../sla/run-clock.js';
import type { SlaClock } from '../../sla/sla-clock.js';
import type { SlaDecision } from '../../sla/sla-effect.js';
import type { SlaInput } from '../../sla/sla-input.js';
import { kindsOf, pickSla, type SlaTerms, slaTerms } from '../../sla/sla-terms.js';

/** The SLA clocks of a replayed case. */
export interface ReplayClocks {
  readonly policy: string;
  readonly terms: SlaTerms;
  readonly clocks: readonly SlaClock[];
}

type Update = Extract<SlaInput, { type: 'TicketUpdated' }>;

/** What one transaction has for the clocks of a case. */
export type ClockStep = { readonly facts: CaseFacts; readonly told: Update } | { readonly input: SlaInput };

/** The clocks after a step, and the breaches that ask for the next step of the policy. */
export interface RunClocks {
  readonly clocks: ReplayClocks | undefined;
  readonly escalates: readonly SlaKind[];
  /** Clocks that ran out by it. */
  readonly breached: readonly SlaKind[];
}

/** As routing keeps the clocks of a case, by the config that the case has pinned. */
export function runClocks(
  before: ReplayClocks | undefined,
  step: ClockStep,
  config: Config,
  now: Instant,
): RunClocks {
  if ('facts' in step) return begun(step, config, now);
  if (before === undefined) return NOTHING;
  const terms = slaTerms(config, before.policy);
  if (terms === undefined) return { ...NOTHING, clocks: before };
  const decisions = before.clocks.map((clock) => runClock(clock, step.input, terms, now));
  return { clocks: { ...before, terms, clocks: decisions.map(({ clock }) => clock) }, ...asked(decisions) };
}

function begun(
  { facts, told }: Extract<ClockStep, { facts: unknown }>,
  config: Config,
  now: Instant,
): RunClocks {
  const policy = pickSla(config, facts);
  const terms = policy === undefined ? undefined : slaTerms(config, policy);
  if (policy === undefined || terms === undefined) return NOTHING;
  const opening = { by: told.by, event: told.event, status: told.status, priority: facts.priority };
  const decisions = kindsOf(terms).map((kind) => startClock(kind, opening, terms, now));
  return { clocks: { policy, terms, clocks: decisions.map(({ clock }) => clock) }, ...asked(decisions) };
}

const NOTHING: RunClocks = { clocks: undefined, escalates: [], breached: [] };

function asked(decisions: readonly SlaDecision[]): Omit<RunClocks, 'clocks'> {
  const effects = decisions.flatMap((decision) => decision.effects);
  return {
    escalates: effects.flatMap((effect) => (effect.type === 'Escalate' ? [effect.kind] : [])),
    breached: effects.flatMap((effect) =>
      effect.type === 'Tell' && effect.event === 'SlaBreached' ? effect.clocks : [],
    ),
  };
}

/** The earliest instant at which one of the clocks must be looked at. */
export function clocksWakeAt(clocks: ReplayClocks | undefined): Instant | undefined {
  if (clocks === undefined) return undefined;
  const times = clocks.clocks.map((clock) => slaWakeAt(clock, clocks.terms)).filter((at) => at !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** What a decision about the case tells the clocks; undefined when they have nothing to do with it. */
export function toldByDecision(input: CaseInput): SlaInput | undefined {
  if (input.type === 'PriorityChanged') return { type: 'PriorityChanged', to: input.to };
  if (input.type !== 'Acknowledged' && input.type !== 'Resolved' && input.type !== 'Reopened')
    return undefined;
  return { type: input.type, by: input.by };
}
