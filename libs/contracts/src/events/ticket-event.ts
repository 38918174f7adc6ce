import { z } from 'zod';
import { Tenant } from '../ids.js';
import { IsoInstant } from '../time.js';

export const TICKET_EVENT_TYPES = [
  'ticket.created',
  'ticket.updated',
  'ticket.commented',
  'ticket.resolved',
  'alert.raised',
  'alert.cleared',
] as const;

/** What becomes of the ticket upstream; the only thing that SLA pauses look at. */
export const TICKET_STATUSES = ['new', 'open', 'waiting-for-customer', 'on-hold', 'solved'] as const;

/** Who wrote a comment, where the source tells; `internal` is a note that the other side cannot read. */
export const Author = z.object({
  role: z.enum(['agent', 'customer']),
  name: z.string().max(200).optional(),
  internal: z.boolean().optional(),
});
export type Author = z.infer<typeof Author>;

/**
 * A fact about one upstream ticket or alert, normalised: the payload of topic `tickets`, written by ticket-intake.
 * Missing text is absent, never empty. `version` orders the events of one ticketKey (S3).
 */
export const TicketEvent = z.object({
  /** `evt_` + 26 characters of base 32: SHA-256 over tenant, source and the sender's id, so a duplicate gets the same one. */
  id: z.string(),
  tenant: Tenant,
  source: z.string(),
  kind: z.enum(['ticket', 'alert']),
  type: z.enum(TICKET_EVENT_TYPES),
  ticketKey: z.string().min(1).max(512),
  version: z.object({
    /** How the version was found: the sender's own number, its time, or our order of receipt. */
    by: z.enum(['sender', 'occurred-at', 'receipt']),
    /** Compared first; the sender's version, or milliseconds of the time that `by` names. */
    at: z.number(),
    /** Compared second, as text. */
    tie: z.string(),
  }),
  receivedAt: IsoInstant,
  occurredAt: IsoInstant.optional(),
  subject: z.string(),
  body: z.string().optional(),
  category: z.string().optional(),
  market: z.string().optional(),
  language: z.string().optional(),
  channel: z.string().optional(),
  /** In the source's own words; the source's severity map in the config gives it a priority. */
  severity: z.string().optional(),
  status: z.enum(TICKET_STATUSES).optional(),
  /** A service of the config tree, where the sender names one. */
  service: z.string().optional(),
  /** How many people are affected, where the sender tells. */
  affected: z.number().nonnegative().optional(),
  tags: z.array(z.string()),
  requester: z
    .object({ id: z.string().optional(), tier: z.string().optional(), segment: z.string().optional() })
    .optional(),
  author: Author.optional(),
  parties: z.array(z.object({ role: z.string(), idHash: z.string() })),
  link: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()),
  /** What intake found odd and kept going with, such as `occurred-at-out-of-bounds`; absent when nothing was. */
  flags: z.array(z.string()).optional(),
  /** Restricted text stays in intake's vault; this event then carries category, priority and link only. */
  restricted: z.boolean(),
});
export type TicketEvent = z.infer<typeof TicketEvent>;
