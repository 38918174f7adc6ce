import type { Instant } from '@tocsin/contracts';

/** How a try ended without reaching the person: `unknown` = handed over, outcome not known. */
export type FailedOutcome = 'retryable' | 'unknown' | 'permanent';

export type RetryVerdict =
  | {
      readonly again: true;
      readonly at: Instant /** Say «possible repeat» on it. */;
      readonly repeat: boolean;
    }
  | { readonly again: false; readonly reason: 'permanent' | 'budget-spent' };
