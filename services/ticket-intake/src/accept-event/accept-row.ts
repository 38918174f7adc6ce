import type { Lane } from '@tocsin/contracts';

/** One event on its way into the database: everything serialised, nothing left to decide. */
export interface AcceptRow {
  readonly eventId: string;
  readonly tenant: string;
  readonly source: string;
  /** SHA-256 of `raw`: equal for a repeat; where it differs, the contents are compared. `-` for vendors' bodies. */
  readonly payloadHash: string;
  readonly lane: Lane;
  readonly key: string;
  readonly type: string;
  /** The TicketEvent as JSON; empty when the event is only recorded. */
  readonly payload: string;
  readonly traceparent: string;
  /** JSON text, as it came. */
  readonly raw: string;
  readonly vault: boolean;
  /** Id of the event that this one ends, so that a repeat of that one is a new event; empty for none. */
  readonly ends: string;
}

export interface Accepted {
  /** Absent: the id of the row. A repeat of an event that was ended since is stored under an id of its own. */
  readonly eventId?: string;
  readonly duplicate: boolean;
  /** A duplicate of an event whose content was another. */
  readonly conflict: boolean;
}

/** The event could not be made durable now. Verdict: the sender should send it again. */
export class NotAccepted extends Error {
  override readonly name = 'NotAccepted';
  constructor(
    readonly why: 'database' | 'backlog' | 'slow' | 'stopping',
    options?: ErrorOptions & {
      /** A statement with these rows was sent: some of them may be stored after all. */
      readonly sent?: boolean;
    },
  ) {
    super(`not accepted: ${why}`, options);
    this.sent = options?.sent === true;
  }
  readonly sent: boolean;
}
