import type { Priority, Texts } from '@tocsin/contracts';
import type { EventFacts } from '../conditions/event-facts.js';
import type { Lookup } from '../enrichment/enrich-facts.js';
import type { AppliedWeight } from './weigh.js';

/** `given`: by a person, or before facts were kept; never by a decision on facts. */
export type PriorityBy = 'rule' | 'severity' | 'category' | 'default' | 'given';

/** Everything that the decision stood on: deciding again from `inputs` gives the same. Plain JSON. */
export interface PriorityRecord {
  /** The facts that were looked at. */
  readonly inputs: Partial<EventFacts>;
  /** What was asked of the enrichment tables; absent where the config has none. */
  readonly lookups?: readonly Lookup[] | undefined;
  /** Index of the rule that matched. */
  readonly ruleIndex?: number | undefined;
  /** The first rule that was tried and did not match. */
  readonly firstRejected?: string | undefined;
  /** Expressions that erred; each counts as not matched, and the result is then never below the default. */
  readonly erred: readonly { readonly rule: string; readonly error: string }[];
  /** Weights that applied; absent when none did. */
  readonly weights?: readonly AppliedWeight[] | undefined;
  /** The category whose floor lifted the result, and from where. */
  readonly floor?: { readonly category: string; readonly from: Priority } | undefined;
  /** The result was lifted to the default because an expression erred. */
  readonly liftedFrom?: Priority | undefined;
}

/** Exactly one priority and why. */
export interface PriorityDecision {
  readonly priority: Priority;
  /** Under 240 characters in each language. */
  readonly because: Texts;
  readonly by: PriorityBy;
  /** Name of the rule that matched. */
  readonly rule?: string | undefined;
  readonly record: PriorityRecord;
}
