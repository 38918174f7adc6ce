import type { TicketEvent } from '@tocsin/contracts';

/** A place in the order of one ticket's events: `at` first, then `tie` as text. */
export interface Version {
  readonly at: number;
  readonly tie: string;
}

/**
 * What is remembered of one upstream key. Only the newest version of each sort, so that folding is a maximum and every
 * order of the same events ends in the same state (S3).
 */
export interface Ticket {
  readonly versionBy?: TicketEvent['version']['by'];
  /** Newest event of any sort: decides whose facts stand. */
  readonly seen?: Version;
  /** Newest created or raised. */
  readonly opened?: Version;
  /** Newest resolved or cleared. */
  readonly resolved?: Version;
  readonly status?: string;
  readonly caseId?: bigint;
  /** The key under which its case is grouped; absent when no rule does. */
  readonly groupKey?: string;
}

/**
 * What an event means for the case of its key, given whether that case is still open.
 * `open`: a new case. `apply`: counts on the open case; its facts stand only if `newest`. `resolve`: the open case ends.
 * `ignore`: takes no effect, with the reason that the timeline tells.
 */
export type Meaning =
  | { readonly type: 'open' }
  | { readonly type: 'apply'; readonly newest: boolean }
  | { readonly type: 'resolve' }
  | { readonly type: 'ignore'; readonly reason: IgnoreReason };

export type IgnoreReason = 'late' | 'after-resolve' | 'no-open-case';

export const OPENERS: readonly TicketEvent['type'][] = ['ticket.created', 'alert.raised'];
export const RESOLVERS: readonly TicketEvent['type'][] = ['ticket.resolved', 'alert.cleared'];

const isAfter = (a: Version, b: Version | undefined): boolean =>
  b === undefined || a.at > b.at || (a.at === b.at && a.tie > b.tie);

/** At the same `at` a resolve counts as the later one: whoever resolves has seen what was created. */
const versionOf = (event: TicketEvent): Version => ({
  at: event.version.at,
  tie: `${RESOLVERS.includes(event.type) ? '1' : '0'}${event.version.tie}`,
});

/** Whether what was last heard of it is that it is over. */
export const isResolved = ({ opened, resolved }: Ticket): boolean =>
  resolved !== undefined && (opened === undefined || isAfter(resolved, opened));

/**
 * Folds one event into its ticket. A created or raised that is newer than the resolve opens a new case; comments and
 * updates never reopen. A late event still counts on an open case and may raise its priority, because losing a P1 that
 * was overtaken by a comment is worse than paging for it; it never changes the facts of newer events.
 * @param caseOpen whether the ticket's case is unresolved; it may have been resolved by a person, without an event
 */
export function foldTicket(
  before: Ticket,
  event: TicketEvent,
  caseOpen: boolean,
): { ticket: Ticket; meaning: Meaning } {
  // A key whose versions change their sort (a sender's number, then a time) starts again in order of arrival.
  const comparable = before.versionBy === undefined || before.versionBy === event.version.by;
  const known: Ticket = comparable ? before : carriedOver(before);
  const version = versionOf(event);
  const newest = isAfter(version, known.seen);
  const opener = OPENERS.includes(event.type);
  const ticket: Ticket = {
    ...known,
    versionBy: event.version.by,
    ...(newest ? { seen: version, ...(event.status === undefined ? {} : { status: event.status }) } : {}),
    ...(opener && isAfter(version, known.opened) ? { opened: version } : {}),
    ...(RESOLVERS.includes(event.type) && isAfter(version, known.resolved) ? { resolved: version } : {}),
  };
  return { ticket, meaning: meaningOf(known, ticket, event, { opener, newest, caseOpen }) };
}

function carriedOver(before: Ticket): Ticket {
  const first: Version = { at: Number.MIN_SAFE_INTEGER, tie: '' };
  return {
    ...(before.status === undefined ? {} : { status: before.status }),
    ...(before.caseId === undefined ? {} : { caseId: before.caseId }),
    ...(before.groupKey === undefined ? {} : { groupKey: before.groupKey }),
    ...(isResolved(before) ? { resolved: first } : {}),
  };
}

interface Circumstances {
  readonly opener: boolean;
  readonly newest: boolean;
  readonly caseOpen: boolean;
}

function meaningOf(before: Ticket, after: Ticket, event: TicketEvent, found: Circumstances): Meaning {
  const { opener, newest, caseOpen } = found;
  if (RESOLVERS.includes(event.type)) {
    if (!isResolved(after)) return { type: 'ignore', reason: 'late' };
    return caseOpen ? { type: 'resolve' } : { type: 'ignore', reason: 'no-open-case' };
  }
  if (caseOpen) return { type: 'apply', newest };
  if (isResolved(after)) return { type: 'ignore', reason: opener ? 'late' : 'after-resolve' };
  if (before.caseId !== undefined) return afterItsCase(before, event, opener);
  // A ticket that we first hear of by an update is still a ticket; an alert that was never raised is none.
  return opener || event.kind === 'ticket' ? { type: 'open' } : { type: 'ignore', reason: 'no-open-case' };
}

/** The key's case was resolved: by its ticket, and this event is newer, or by a person. */
function afterItsCase(before: Ticket, event: TicketEvent, opener: boolean): Meaning {
  if (!opener) return { type: 'ignore', reason: 'after-resolve' };
  return isAfter(versionOf(event), before.opened) ? { type: 'open' } : { type: 'ignore', reason: 'late' };
}
