import type { Instant, Priority, TicketEvent } from '@tocsin/contracts';

/** What the outside does to a simulated world, and when. */
export interface Stimulus {
  readonly at: Instant;
  readonly act:
    | { readonly type: 'event'; readonly event: TicketEvent }
    /** To the case that the latest event of the ticket belongs to. */
    | { readonly type: 'acknowledge' | 'resolve'; readonly by: string; readonly ticketKey: string };
}

/** What follows, in the order of time. `case` is the key of the ticket that opened it with a number: `T-1#1`. */
export type Happening = { readonly at: Instant; readonly case: string } & (
  | { readonly type: 'opened'; readonly priority: Priority; readonly service: string | undefined }
  | { readonly type: 'raised' | 'lowered'; readonly priority: Priority }
  /** A page with at least one attempt. */
  | { readonly type: 'paged'; readonly person: string; readonly stepName: string; readonly round: number }
  /** No contact method leads there: the engine was told, and goes on when nobody else of the step is left. */
  | { readonly type: 'unreachable'; readonly person: string; readonly stepName: string }
  /** It is part of another from now on. */
  | { readonly type: 'joined'; readonly into: string }
  | { readonly type: 'acknowledged' | 'resolved' | 'reopened' | 'exhausted' }
);

/** A ticket or alert was heard. */
export interface HeardTicket {
  readonly at: Instant;
  readonly ticketKey: string;
  /** That it belonged to then; absent when it opened none. */
  readonly case?: string | undefined;
}
