import type { Instant, Priority, TicketEvent } from '@tocsin/contracts';

/** What the outside does to a simulated world, and when. */
export interface Stimulus {
  readonly at: Instant;
  readonly act:
    | { readonly type: 'event'; readonly event: TicketEvent }
    /** Of the case that the ticket key names. */
    | { readonly type: 'acknowledge' | 'resolve'; readonly by: string; readonly ticketKey: string };
}

/** What follows, in the order of time. `case` is the ticket key with the number of its case: `T-1#1`. */
export type Happening = { readonly at: Instant; readonly case: string } & (
  | { readonly type: 'opened'; readonly priority: Priority; readonly service: string | undefined }
  | { readonly type: 'raised'; readonly priority: Priority }
  /** A page with at least one attempt. */
  | { readonly type: 'paged'; readonly person: string; readonly stepName: string; readonly round: number }
  /** No contact method leads there: the engine was told, and goes on when nobody else of the step is left. */
  | { readonly type: 'unreachable'; readonly person: string; readonly stepName: string }
  | { readonly type: 'acknowledged' | 'resolved' | 'exhausted' }
);
