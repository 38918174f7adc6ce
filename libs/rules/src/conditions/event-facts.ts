import type { PromiseState } from './gathered-facts.js';

/**
 * The `event.*` of conditions. Every field is always there: missing text is "", a missing number 0, a missing
 * list []; `has_…` tells whether the sender said it. `attributes.*` needs `has(…)`.
 */
export interface EventFacts {
  readonly source: string;
  /** `ticket` or `alert`. */
  readonly kind: string;
  readonly type: string;
  readonly key: string;
  readonly subject: string;
  readonly body: string;
  readonly category: string;
  readonly market: string;
  readonly language: string;
  readonly channel: string;
  readonly severity: string;
  readonly status: string;
  readonly service: string;
  readonly affected: number;
  readonly has_affected: boolean;
  /** How often the case was raised so far, what opened it included; of one event alone 1. */
  readonly reports: number;
  /** Of one event alone "". */
  readonly promise: PromiseState;
  readonly tags: readonly string[];
  /** Role of the first party. */
  readonly party: string;
  readonly requester: { readonly id: string; readonly tier: string; readonly segment: string };
  readonly restricted: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What the enrichment tables of the config know; needs `has(…)` too. */
  readonly enriched: Readonly<Record<string, string>>;
}
