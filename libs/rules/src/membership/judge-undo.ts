import type { Instant, Seconds } from '@tocsin/contracts';
import type { CaseInput } from '../escalation/case-input.js';
import type { EscalationCase } from '../escalation/escalation-case.js';
import { gatheringRestored } from './gathering.js';
import { gatheringOf } from './judge-change.js';
import {
  countsOf,
  type Gathering,
  type MemberCase,
  type MembershipChange,
  type MemberTicket,
  nameOf,
} from './member-case.js';

/** After this time a merge, split or move stands. */
export const UNDO_WITHIN: Seconds = 24 * 60 * 60;

/** Why a change of tickets stands. */
export type UndoRefusal =
  | { readonly reason: 'too-late'; readonly until: Instant }
  | { readonly reason: 'already-resolved' | 'closing' | 'last-open-ticket'; readonly caseId: bigint }
  | { readonly reason: 'joined' | 'merged'; readonly caseId: bigint; readonly into?: bigint | undefined }
  /** Somebody has taken or moved the case that the split has opened, or another ticket has come to it. */
  | { readonly reason: 'worked-on'; readonly caseId: bigint }
  /** Something has come of a ticket since, and counts where it is now. */
  | { readonly reason: 'heard-since' | 'gone-since'; readonly ticket: MemberTicket };

interface Present {
  readonly from: MemberCase;
  readonly to: MemberCase;
}

/** What both cases are when the change is taken back: all but the epochs is as it was. */
export interface JudgedUndo {
  readonly from: Gathering;
  readonly to: Gathering;
}

export function judgeUndo(
  change: MembershipChange,
  present: Present,
  now: Instant,
): JudgedUndo | { readonly refused: UndoRefusal } {
  const { from, to } = present;
  const until = change.at + UNDO_WITHIN * 1000;
  if (now > until) return { refused: { reason: 'too-late', until } };
  const refused =
    overFor(to) ??
    (change.kind === 'merge' ? undefined : backTo(change, from)) ??
    ownSince(change, to) ??
    movedOn(change, to) ??
    heldOpenBy(change, to);
  return refused === undefined ? restored(change, present) : { refused };
}

function restored({ kind, tickets, was }: MembershipChange, { from, to }: Present): JudgedUndo {
  const names = new Set(tickets.map(nameOf));
  const left = to.tickets.filter((ticket) => !names.has(nameOf(ticket)));
  return {
    from:
      kind === 'merge'
        ? gatheringOf(from)
        : gatheringRestored(from, was.from, { left: [...from.tickets, ...tickets], came: tickets }),
    to: gatheringRestored(to, was.to, { left, went: tickets }),
  };
}

/** What the engine has to hear of the case that a change ends or begins, and of its undoing; a move tells it nothing. */
export function undoInput(
  { kind, from, to }: MembershipChange,
  by: string,
  textOf: (id: bigint) => string,
): {
  readonly caseId: bigint;
  readonly input: CaseInput;
}[] {
  if (kind === 'merge') return [{ caseId: from, input: { type: 'Unmerged', by } }];
  return kind === 'split' ? [{ caseId: to, input: { type: 'Merged', by, into: textOf(from) } }] : [];
}

function overFor({ id, escalation: { status }, joinedInto }: MemberCase): UndoRefusal | undefined {
  if (status === 'cancelled') return { reason: 'merged', caseId: id, into: joinedInto };
  if (joinedInto !== undefined) return { reason: 'joined', caseId: id, into: joinedInto };
  return status === 'resolved' ? { reason: 'already-resolved', caseId: id } : undefined;
}

/** The case that tickets go back to must not be on its way to be closed. */
const backTo = ({ tickets }: MembershipChange, from: MemberCase): UndoRefusal | undefined =>
  overFor(from) ??
  (from.resolving && tickets.some(({ open }) => open) ? { reason: 'closing', caseId: from.id } : undefined);

/** A split is taken back while its case is nobody's and has nothing but what the split gave it. */
function ownSince({ kind, tickets }: MembershipChange, to: MemberCase): UndoRefusal | undefined {
  if (kind !== 'split') return undefined;
  const same = isUntouched(to.escalation) && to.tickets.length <= tickets.length;
  return same ? undefined : { reason: 'worked-on', caseId: to.id };
}

const isUntouched = ({ status, wish, added }: EscalationCase): boolean =>
  wish === undefined && added === undefined && status !== 'acknowledged' && status !== 'snoozed';

function movedOn({ tickets }: MembershipChange, to: MemberCase): UndoRefusal | undefined {
  const present = new Map(to.tickets.map((ticket) => [nameOf(ticket), ticket]));
  for (const ticket of tickets) {
    const now = present.get(nameOf(ticket));
    if (now === undefined) return { reason: 'gone-since', ticket };
    if (now.heard !== ticket.heard) return { reason: 'heard-since', ticket };
  }
  return undefined;
}

/** Whatever else the case had is over since: it goes on for these tickets alone, and nobody would end it. */
function heldOpenBy({ tickets, was }: MembershipChange, to: MemberCase): UndoRefusal | undefined {
  const open = countsOf(to.tickets).open;
  const alone = was.toOpen > 0 && open > 0 && open === countsOf(tickets).open;
  return alone ? { reason: 'last-open-ticket', caseId: to.id } : undefined;
}
