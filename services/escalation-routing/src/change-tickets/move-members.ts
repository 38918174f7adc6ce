import { type Instant, say, HAND_TEXTS, type Texts } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { MemberTicket } from '@tocsin/rules';
import type { RoutedCase } from '../routed-case.js';
import type { MemberRow, MovedMembersStore } from './moved-members.store.js';
import type { KeptChange } from './ticket-change.store.js';

interface Moved extends Pick<KeptChange, 'kind' | 'tickets' | 'by'> {
  readonly from: RoutedCase;
  readonly to: RoutedCase;
  /** The two cases and those that grouping has made part of them, in digits. */
  readonly family: readonly string[];
  readonly now: Instant;
}

/**
 * What grouped cases tell of their tickets goes along with them. A merged case keeps its rows: they are read with those of the
 * case that goes on.
 * @returns the rows as they were
 */
export async function moveMembers(tx: Tx, store: MovedMembersStore, moved: Moved): Promise<MemberRow[]> {
  const { kind, from, to, tickets, by, now } = moved;
  if (to.group === undefined && from.group === undefined) return [];
  if (kind === 'merge') {
    if (to.group !== undefined && from.group === undefined)
      await store.put(
        tx,
        tickets.map((ticket) => newRow(ticket, from.id, { by, at: from.openedAt })),
      );
    return [];
  }
  const taken = await store.take(tx, moved.family, tickets);
  if (to.group !== undefined)
    await store.put(
      tx,
      tickets.map((ticket) => sumOf(newRow(ticket, to.id, { by, at: now }), taken)),
    );
  return taken;
}

/** The rows are again as they were. */
export async function giveBackMembers(
  tx: Tx,
  store: MovedMembersStore,
  { kind, tickets, members }: KeptChange,
  { from, to }: Pick<Moved, 'from' | 'to'>,
): Promise<void> {
  if (to.group === undefined && from.group === undefined) return;
  if (kind === 'merge') {
    if (from.group === undefined) await store.take(tx, [from.id.toString()], tickets);
    return;
  }
  if (to.group !== undefined) await store.take(tx, [to.id.toString()], tickets);
  await store.put(tx, members);
}

const newRow = (
  { source, ticketKey, open }: MemberTicket,
  caseId: bigint,
  { by, at }: { readonly by: string; readonly at: Instant },
): MemberRow => ({
  ...{ caseId: caseId.toString(), source, ticketKey, open, events: 0, firstSeen: at, lastSeen: at },
  because: broughtBy(by),
});

const broughtBy = (by: string): Texts => ({
  en: say(HAND_TEXTS.brought, 'en', { by }),
  'zh-CN': say(HAND_TEXTS.brought, 'zh-CN', { by }),
});

/** With what was counted of the ticket before. */
function sumOf(row: MemberRow, taken: readonly MemberRow[]): MemberRow {
  const same = taken.filter(({ source, ticketKey }) => source === row.source && ticketKey === row.ticketKey);
  if (same.length === 0) return row;
  return {
    ...row,
    events: same.reduce((sum, { events }) => sum + events, 0),
    firstSeen: Math.min(...same.map(({ firstSeen }) => firstSeen)),
    lastSeen: Math.max(...same.map(({ lastSeen }) => lastSeen)),
  };
}
