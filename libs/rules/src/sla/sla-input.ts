import type { Priority } from '@tocsin/contracts';
import type { SlaCause } from './sla-clock.js';

/** What may happen to the clocks of a case. */
export type SlaInput =
  /** The ticket's status, where it is newer than what was known; who wrote to the other side, where the event tells. */
  | (SlaCause & {
      readonly type: 'TicketUpdated';
      readonly status?: string | undefined;
      readonly reply?: 'agent' | 'customer' | undefined;
    })
  | { readonly type: 'PriorityChanged'; readonly to: Priority }
  | (SlaCause & { readonly type: 'Acknowledged' | 'Resolved' | 'Reopened' })
  /** The timer, or anything that claims it. */
  | { readonly type: 'Woke' };
