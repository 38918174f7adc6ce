import type { Tx } from '@tocsin/event-log';
import type { MemberCase, MemberTicket } from '@tocsin/rules';
import type { CaseStore } from '../case.store.js';
import { type CaseWanted, type ClosedTo, openCases, type OpenedCases } from '../open-case.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { RoutedCase } from '../routed-case.js';
import type { GroupStore } from '../triage-event/group.store.js';
import { type CaseTicket, type CaseTicketsStore, type Families, linksOf } from './case-tickets.store.js';

/** Two cases, locked, with the tickets that are theirs under those locks. */
export interface TwoCases extends Omit<OpenedCases, 'find'> {
  readonly from: RoutedCase;
  /** Absent when it is yet to be opened. */
  readonly to: RoutedCase | undefined;
  readonly families: Families;
  memberOf(routed: RoutedCase): MemberCase;
}

/** Why the two cannot be had. */
export type NotBoth = ClosedTo | { readonly reason: 'unknown-target' | 'changed-meanwhile' };

export interface OpenParts {
  readonly cases: CaseStore;
  readonly configs: PinnedConfigs;
  readonly tickets: CaseTicketsStore;
  readonly groups: GroupStore;
}

interface Both extends CaseWanted {
  readonly to?: bigint | undefined;
  /** The version that the caller has seen of `to`. */
  readonly toMatch?: string | undefined;
}

/**
 * Tickets, then the keys of groups, then cases, as triage does; a ticket that came or went while they were waited for is
 * noticed.
 */
export async function openTwoCases(
  tx: Tx,
  parts: OpenParts,
  wanted: Both,
): Promise<TwoCases | { readonly refused: NotBoth }> {
  const { tenant, caseId, to } = wanted;
  const { tickets, groups } = parts;
  const ids = to === undefined ? [caseId] : [caseId, to];
  const known = await tickets.families(tx, tenant, ids);
  const before = await tickets.lock(tx, tenant, known);
  if (known.keys.length > 0) await groups.lock(tx, known.keys);
  const opened = await openCases(tx, parts, ids);
  if (opened === undefined) return { refused: { reason: 'unknown-case' } };
  const both = findBoth(opened, wanted);
  if ('refused' in both) return both;
  const families = await tickets.families(tx, tenant, ids);
  const now = await tickets.read(tx, tenant, families);
  if (linksOf(tenant, now) !== linksOf(tenant, before)) return { refused: { reason: 'changed-meanwhile' } };
  return { ...opened, ...both, families, memberOf: (routed) => memberOf(now, routed) };
}

function findBoth(
  opened: OpenedCases,
  { to, toMatch, ...wanted }: Both,
): Pick<TwoCases, 'from' | 'to'> | { readonly refused: NotBoth } {
  const from = opened.find(wanted);
  if ('refused' in from) return from;
  if (to === undefined) return { from: from.routed, to: undefined };
  const target = opened.find({ tenant: wanted.tenant, caseId: to, ifMatch: toMatch });
  if ('routed' in target) return { from: from.routed, to: target.routed };
  return target.refused.reason === 'unknown-case'
    ? { refused: { reason: 'unknown-target' } }
    : { refused: target.refused };
}

function memberOf(tickets: readonly CaseTicket[], routed: RoutedCase): MemberCase {
  const { id, escalation, source, ticketKey, group, gathered, resolving, joinedInto } = routed;
  return {
    ...{ id, escalation, joinedInto, gathered, face: { source, ticketKey } },
    group: group === undefined ? undefined : { tickets: group.tickets, open: group.open },
    restricted: routed.sensitivity === 'restricted',
    resolving: resolving !== undefined,
    tickets: tickets.filter(({ caseId }) => caseId === id).map(memberTicket),
  };
}

const memberTicket = ({ source, ticketKey, heard, open, linked, groupKey }: CaseTicket): MemberTicket => ({
  ...{ source, ticketKey, heard, open, linked },
  ...(groupKey === undefined ? {} : { groupKey }),
});
