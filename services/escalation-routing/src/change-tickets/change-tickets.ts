import { caseIdText, ChangedTickets, type TicketName } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import {
  beforeChange,
  type ChangeRefusal,
  type Gathering,
  judgeChange,
  type JudgedChange,
  judgeUndo,
  type MembershipKind,
  type MemberTicket,
  placedByHand,
  takenFrom,
  undoInput,
  type UndoRefusal,
} from '@tocsin/rules';
import type { CaseIds } from '../case-ids.js';
import { viewOf } from '../case-view.js';
import type { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import { type CaseWanted, openCases } from '../open-case.js';
import type { KeptAnswerStore, RequestKey } from '../respond-to-case/kept-answer.store.js';
import type { RoutedCase } from '../routed-case.js';
import type { RoutingMetrics } from '../routing-metrics.js';
import type { CaseListStore } from '../show-cases/case-list.store.js';
import { forget, learnFrom, putGathering, putPartOf } from './gather-cases.js';
import { giveBackMembers, moveMembers } from './move-members.js';
import type { MovedMembersStore } from './moved-members.store.js';
import { openSplit } from './open-split.js';
import { type NotBoth, type OpenParts, openTwoCases, type TwoCases } from './open-two-cases.js';
import { tellJoined, tellLeft, tellNote } from './tell-tickets.js';
import type { KeptChange, TicketChangeStore } from './ticket-change.store.js';
import { changeView } from './ticket-change-view.js';

interface Said extends CaseWanted {
  readonly by: string;
  readonly note?: string | undefined;
  readonly via?: string | undefined;
  readonly key?: RequestKey | undefined;
  readonly traceparent?: string | undefined;
}

/** What a person wants of the tickets of a case. */
export interface ChangeRequest extends Said {
  readonly kind: MembershipKind;
  /** Where they go; a split makes the case itself. */
  readonly to?: bigint;
  /** Which; a merge takes all. */
  readonly tickets?: readonly TicketName[];
}

/** Why nothing has changed. */
export type TicketRefusal =
  | NotBoth
  | ChangeRefusal
  | UndoRefusal
  | {
      readonly reason: 'other-request' | 'nothing-to-undo' | 'changed-since';
    };

export type TicketResult =
  | { readonly ok: true; readonly changed: ChangedTickets }
  | { readonly ok: false; readonly refused: TicketRefusal };

interface ChangeParts extends OpenParts {
  readonly transactions: Transactions;
  readonly works: CaseWorkStore;
  readonly kept: KeptAnswerStore;
  readonly ids: CaseIds;
  readonly members: MovedMembersStore;
  readonly shown: CaseListStore;
  readonly changes: TicketChangeStore;
  readonly metrics: RoutingMetrics;
}

const refuse = (refused: TicketRefusal): TicketResult => ({ ok: false, refused });

/** Merges, splits and moves the tickets of cases, and takes that back: each time one transaction, told in both cases. */
export class ChangeTickets {
  constructor(private readonly parts: ChangeParts) {}

  change(request: ChangeRequest): Promise<TicketResult> {
    return this.once(request.key, (tx) => this.changeIn(tx, request));
  }

  /** Takes back the last change of the case that still stands; all but the epochs is then as it was. */
  undo(request: Said): Promise<TicketResult> {
    return this.once(request.key, (tx) => this.undoIn(tx, request));
  }

  private once(key: RequestKey | undefined, act: (tx: Tx) => Promise<TicketResult>): Promise<TicketResult> {
    const { kept, transactions } = this.parts;
    return transactions.run('hot', async (tx) => {
      const before = key === undefined ? undefined : await kept.take(tx, key);
      if (before === 'other-request') return refuse({ reason: 'other-request' });
      if (before !== undefined) return { ok: true, changed: ChangedTickets.parse(JSON.parse(before.answer)) };
      const result = await act(tx);
      if (result.ok && key !== undefined)
        await kept.keep(tx, key, { status: 200, answer: JSON.stringify(result.changed) });
      return result;
    });
  }

  private async changeIn(tx: Tx, request: ChangeRequest): Promise<TicketResult> {
    const { kind, by } = request;
    const opened = await openTwoCases(tx, this.parts, request);
    if ('refused' in opened) return refuse(opened.refused);
    const { from, work, memberOf, families } = opened;
    const [leaving, taking] = [memberOf(from), opened.to === undefined ? undefined : memberOf(opened.to)];
    const judged = judgeChange({
      ...{ kind, from: leaving },
      ...(taking === undefined ? {} : { to: taking }),
      ...(request.tickets === undefined ? {} : { tickets: request.tickets }),
    });
    if ('refused' in judged) return refuse(judged.refused);
    work.hear(from, { kind: 'tickets-moved', act: kind });
    const to = opened.to ?? (await this.split(tx, opened, request, judged.to));
    if (opened.to !== undefined) work.hear(to, { kind: 'tickets-moved', act: kind });
    const { tickets } = judged;
    const { events, learnt } = this.carryOut(opened, { ...request, ...judged, to, after: judged.to });
    const family = [...families.rootOf.keys()];
    const members = await moveMembers(tx, this.parts.members, {
      ...{ kind, from, to, tickets, by, family, now: work.now },
    });
    await this.save(tx, work, from.tenant, linksTo(kind, { from, to }, tickets));
    if (kind === 'merge') await this.parts.tickets.stopClocks(tx, from.id);
    const was = beforeChange(leaving, taking);
    const change = {
      kind,
      from: from.id,
      to: to.id,
      tickets,
      events,
      by,
      at: work.now,
      was,
      members,
      learnt,
    };
    await this.parts.changes.keep(tx, from.tenant, change);
    return doneWith(change, work, from, to);
  }

  /** What the two cases become, and are told. */
  private carryOut(
    { from, work, configs }: TwoCases,
    change: Omit<ChangeRequest, 'to' | 'tickets'> & Pick<JudgedChange, 'tickets'> & Changed,
  ): Pick<KeptChange, 'events' | 'learnt'> {
    const { kind, by, to, traceparent } = change;
    const merges = kind === 'merge';
    const events = merges ? from.events : 0;
    if (merges) {
      work.act(from, { type: 'Merged', by, into: caseIdText(to.id) }, { traceparent, follows: true });
      putPartOf(work, from, to.id);
    } else {
      tellLeft(work, from, change);
      putGathering(work, from, change.from);
    }
    if (kind !== 'split') tellJoined(work, to, { ...change, from, events });
    putGathering(work, to, change.after);
    const learnt = merges ? learnFrom(work, to, from, { current: configs.current, traceparent }) : undefined;
    tellNote(work, from, change);
    return { events, learnt };
  }

  private async undoIn(tx: Tx, request: Said): Promise<TicketResult> {
    const { tenant, caseId } = request;
    const change = lastOf(await this.parts.changes.list(tx, tenant, [caseId]));
    if (change === undefined) return this.unknownOr(tx, request, { reason: 'nothing-to-undo' });
    const { from, to } = change;
    const seen = caseId === from ? { ifMatch: request.ifMatch } : { toMatch: request.ifMatch };
    const opened = await openTwoCases(tx, this.parts, { tenant, caseId: from, to, ...seen });
    if ('refused' in opened) return refuse(opened.refused);
    if (opened.to === undefined) return refuse({ reason: 'unknown-target' });
    return this.takeBack(tx, { ...opened, to: opened.to }, change, request);
  }

  private async takeBack(
    tx: Tx,
    { from, to, work, memberOf }: TwoCases & { readonly to: RoutedCase },
    change: KeptChange,
    request: Said,
  ): Promise<TicketResult> {
    const { tenant, by, traceparent } = request;
    const { changes, tickets } = this.parts;
    // Read again, under the locks.
    if (lastOf(await changes.list(tx, tenant, [from.id, to.id]))?.id !== change.id)
      return refuse({ reason: 'changed-since' });
    const judged = judgeUndo(change, { from: memberOf(from), to: memberOf(to) }, work.now);
    if ('refused' in judged) return refuse(judged.refused);
    for (const each of [from, to]) work.hear(each, { kind: 'tickets-moved', act: 'undo' });
    for (const { caseId, input } of undoInput(change, by, caseIdText))
      work.act(caseId === from.id ? from : to, input, {
        ...{ traceparent, facts: { undo: true }, follows: true },
      });
    if (change.kind === 'merge') putPartOf(work, from, undefined);
    if (change.kind === 'split') putPartOf(work, to, from.id);
    forget(work, to, change.learnt);
    tellUndone(work, { from, to, change, request });
    putGathering(work, from, judged.from);
    putGathering(work, to, judged.to);
    await giveBackMembers(tx, this.parts.members, change, { from, to });
    await this.save(tx, work, tenant, change.tickets);
    if (change.kind === 'split') await tickets.stopClocks(tx, to.id);
    await changes.undo(tx, change.id, by, work.now);
    return doneWith({ ...change, undone: { by, at: work.now } }, work, from, to);
  }

  /** An unknown case is not told apart from another tenant's. */
  private async unknownOr(
    tx: Tx,
    { tenant, caseId }: CaseWanted,
    refused: TicketRefusal,
  ): Promise<TicketResult> {
    const opened = await openCases(tx, this.parts, [caseId]);
    const found = opened?.find({ tenant, caseId });
    return refuse(found === undefined || 'refused' in found ? { reason: 'unknown-case' } : refused);
  }

  private async split(
    tx: Tx,
    { from, work, configs: { current } }: TwoCases,
    { by, traceparent }: ChangeRequest,
    to: Gathering,
  ): Promise<RoutedCase> {
    const [id] = await this.parts.ids.draw(tx, 1);
    if (id === undefined) throw new Error('no case id');
    const { metrics } = this.parts;
    tx.afterCommit(() => metrics.opened.inc({ priority: from.priority }));
    const origin = await this.originOf(tx, from, to);
    return openSplit(work, { id, from, origin, to, by, current, traceparent });
  }

  /** The case that was merged with the ticket by which the new one is known. */
  private async originOf(
    tx: Tx,
    { tenant, id }: RoutedCase,
    { face }: Gathering,
  ): Promise<RoutedCase | undefined> {
    const merge = (await this.parts.changes.list(tx, tenant, [id])).find(
      ({ kind, to, undone, tickets }) =>
        kind === 'merge' &&
        to === id &&
        undone === undefined &&
        tickets.some(({ source, ticketKey }) => source === face.source && ticketKey === face.ticketKey),
    );
    return merge === undefined ? undefined : this.parts.shown.find(tenant, merge.from);
  }

  private async save(tx: Tx, work: CaseWork, tenant: string, links: readonly MemberTicket[]): Promise<void> {
    await this.parts.tickets.link(tx, tenant, links);
    await this.parts.works.save(tx, work);
  }
}

/** What becomes of the case that tickets leave, and of the one that they come to. */
interface Changed {
  readonly from: Gathering;
  readonly to: RoutedCase;
  readonly after: Gathering;
}

/** A merged case's tickets follow the rules of the one that goes on; those that a person has picked follow that person. */
function linksTo(
  kind: MembershipKind,
  { from, to }: { readonly from: RoutedCase; readonly to: RoutedCase },
  tickets: readonly MemberTicket[],
): MemberTicket[] {
  const linked = to.id.toString();
  if (kind !== 'merge')
    return tickets.map((ticket) => ({ ...ticket, linked, groupKey: placedByHand(from.id) }));
  return tickets.map((ticket) => {
    const elsewhere = takenFrom(ticket.groupKey);
    const stays = elsewhere !== undefined && elsewhere !== to.id;
    return { ...ticket, linked, groupKey: stays ? ticket.groupKey : (to.group?.key ?? from.group?.key) };
  });
}

interface Undone {
  readonly from: RoutedCase;
  readonly to: RoutedCase;
  readonly change: KeptChange;
  readonly request: Said;
}

function tellUndone(work: CaseWork, { from, to, change, request }: Undone): void {
  const { tickets, events, kind } = change;
  const said = { ...request, tickets, undo: true };
  // Its clocks are looked at again, and tell what they missed.
  if (kind === 'merge') work.sla.hear(work.latest(from), { type: 'Woke' });
  if (kind !== 'split') tellLeft(work, to, { ...said, to: from, events });
  if (kind !== 'merge') tellJoined(work, from, { ...said, from: to });
  tellNote(work, from, request);
}

function doneWith(
  change: Omit<KeptChange, 'id'>,
  work: CaseWork,
  from: RoutedCase,
  to: RoutedCase,
): TicketResult {
  const [left, right] = [viewOf(work.latest(from)), viewOf(work.latest(to))];
  return { ok: true, changed: { change: changeView(change), from: left, to: right } };
}

const lastOf = (changes: readonly KeptChange[]): KeptChange | undefined =>
  changes.find(({ undone }) => undone === undefined);
