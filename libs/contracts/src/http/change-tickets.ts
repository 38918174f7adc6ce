import { z } from 'zod';
import { CaseId } from '../ids.js';
import { IsoInstant } from '../time.js';
import { CaseAct, CaseView } from './case-view.js';

const Said = CaseAct.pick({ person: true, via: true, note: true });

/** An upstream's ticket by its key. */
export const TicketName = z.strictObject({
  source: z.string().min(1).max(200),
  ticketKey: z.string().min(1).max(1000),
});
export type TicketName = z.infer<typeof TicketName>;

const Tickets = z.array(TicketName).min(1).max(1000);

/** Body of `POST /v1/cases/{id}/merge`: the case goes on as part of another. */
export const MergeCase = Said.extend({ into: z.string() });
export type MergeCase = z.infer<typeof MergeCase>;

/** Body of `POST /v1/cases/{id}/split`: these tickets get a case and an escalation of their own. */
export const SplitCase = Said.extend({ tickets: Tickets });
export type SplitCase = z.infer<typeof SplitCase>;

/** Body of `POST /v1/cases/{id}/move`: these tickets go to another case. */
export const MoveTickets = Said.extend({ to: z.string(), tickets: Tickets });
export type MoveTickets = z.infer<typeof MoveTickets>;

/** Body of `POST /v1/cases/{id}/undo`: takes back the last merge, split or move of the case. */
export const UndoChange = Said;
export type UndoChange = z.infer<typeof UndoChange>;

/** A merge, split or move of tickets between two cases. */
export const TicketChange = z.object({
  kind: z.enum(['merge', 'split', 'move']),
  from: CaseId,
  to: CaseId,
  tickets: z.array(TicketName),
  by: z.string(),
  at: IsoInstant,
  /** Until when it may be taken back. */
  undoUntil: IsoInstant,
  undoneBy: z.string().optional(),
  undoneAt: IsoInstant.optional(),
});
export type TicketChange = z.infer<typeof TicketChange>;

/** What was changed or taken back, and the two cases as they are now. */
export const ChangedTickets = z.object({ change: TicketChange, from: CaseView, to: CaseView });
export type ChangedTickets = z.infer<typeof ChangedTickets>;

/** Answer of `GET /v1/cases/{id}/tickets`: the tickets whose events reach the case. */
export const CaseTickets = z.object({
  tickets: z.array(TicketName.extend({ open: z.boolean(), status: z.string().optional() })),
  /** Newest first. */
  changes: z.array(TicketChange),
});
export type CaseTickets = z.infer<typeof CaseTickets>;
