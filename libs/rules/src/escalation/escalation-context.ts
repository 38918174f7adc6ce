import type { Instant, Priority, Target } from '@tocsin/contracts';
import type { CaseFacts } from '../conditions/case-facts.js';
import type { Quiet } from '../quiet/quiet-window.js';
import type { ResolvedTargets } from '../routing/resolved-targets.js';
import type { PolicyPlan } from './policy-plan.js';

/** What a decision may look at besides the case itself. */
export interface EscalationContext {
  /** The plan that the case pinned when it opened. */
  readonly plan: PolicyPlan;
  /** The `case.*` of conditions but priority and round, which the escalation knows itself. */
  readonly facts?: Omit<CaseFacts, 'priority' | 'round'> | undefined;
  /** Who the targets are at an instant (S11): by the config that the case pinned, with the changes of shifts in force. */
  readonly resolve: (targets: readonly Target[], at: Instant) => ResolvedTargets;
  /** Whether something keeps the case quiet at an instant, were its priority this; absent: nothing ever does. */
  readonly quiet?: ((priority: Priority, at: Instant) => Quiet | undefined) | undefined;
  /** How the turns of a policy stand; absent: at the beginning. */
  readonly turnOf?: ((policy: string) => TurnFacts) | undefined;
}

/** What decides whose turn it is, by person. */
export interface TurnFacts {
  readonly turn: number;
  readonly loads: Readonly<Record<string, number>>;
  readonly speaks: Readonly<Record<string, readonly string[]>>;
}

/** The context at one instant: what the parts of a decision are given. */
export interface Scene extends EscalationContext {
  readonly now: Instant;
}
