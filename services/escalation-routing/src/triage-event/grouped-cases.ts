import type { Config, GroupingRule, Texts, TicketEvent } from '@tocsin/contracts';
import {
  type CaseGroup,
  changedGroup,
  countedIn,
  eventTime,
  flapReason,
  counted,
  type EventGrouping,
  type Grouped,
  groupingReason,
  type HeardTicket,
  isRekeyed,
  isResolved,
  type Membership,
  newGroup,
  placeAmongMerged,
  placedOf,
  type PlacedCase,
  type Placement,
  returnWithin,
  takenFrom,
  type Ticket,
} from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import type { RoutedCase } from '../routed-case.js';
import type { MemberNews } from './group.store.js';

/** How an event counts in its case, and why. */
interface Counts extends Membership {
  readonly because: Texts;
}

/** The cases of one batch by the key that groups them, and what the batch adds to their tickets. */
export class GroupedCases {
  private readonly byKey = new Map<string, Set<bigint>>();
  private readonly news = new Map<string, MemberNews>();

  constructor(
    private readonly work: CaseWork,
    private readonly byId: ReadonlyMap<bigint, RoutedCase>,
    private readonly config: Config,
  ) {
    for (const routed of byId.values())
      if (routed.group !== undefined) this.learn(routed.id, routed.group.key);
  }

  get members(): MemberNews[] {
    return [...this.news.values()];
  }

  /** A case is one of its key from now on. */
  learn(id: bigint, key: string): void {
    const known = this.byKey.get(key) ?? new Set();
    this.byKey.set(key, known.add(id));
  }

  /**
   * Where a raise goes. Cases that are here for another ticket of the batch only, though they were resolved too long ago
   * to return, do not count: what an event comes together with must not decide.
   * @param mine the case that its ticket was in
   * @param own the same, where it is open
   */
  place({ rule, key }: Grouped, event: TicketEvent, mine?: bigint, own?: bigint): Placement {
    const since = this.work.now - Math.max(0, ...this.config.grouping.map(returnWithin)) * 1000;
    const known = [...(this.byKey.get(key) ?? [])]
      .flatMap((id) => this.latest(id) ?? [])
      .filter(({ id }) => id === mine || (this.rootOf(id)?.resolvedAt ?? since) >= since);
    const cases = {
      own: known.filter(({ joinedInto }) => joinedInto === undefined).flatMap((one) => inSpan(one, one)),
      merged: known
        .filter(({ state }) => state === 'merged')
        .flatMap((one) => inSpan(this.rootOf(one.id), one)),
    };
    return placeAmongMerged(eventTime(event), cases, rule, own);
  }

  /** What a case has become part of, itself when it is its own; undefined when that is not locked here. */
  rootOf(id: bigint): RoutedCase | undefined {
    let routed = this.latest(id);
    while (routed?.joinedInto !== undefined) routed = this.latest(routed.joinedInto);
    return routed;
  }

  /** The key that the row of a ticket names after an event of it: where a person has put it, that stands. */
  keyAfter(before: Ticket, was: RoutedCase | undefined, caseId: bigint): Pick<Ticket, 'groupKey'> {
    if (takenFrom(before.groupKey) !== undefined && was?.id === caseId) return {};
    const groupKey = this.latest(caseId)?.group?.key;
    return groupKey === undefined ? {} : { groupKey };
  }

  /** Whether a rule would put a ticket back into the case that a person has taken it out of. */
  isApart(key: string, { groupKey }: Ticket): boolean {
    const from = takenFrom(groupKey);
    const left = from === undefined ? undefined : this.rootOf(from);
    if (left === undefined || left.state === 'resolved') return false;
    return [...(this.byKey.get(key) ?? [])].some((id) => this.rootOf(id)?.id === left.id);
  }

  /** Counts an event in a case of several tickets; a case that nobody counts stays as it is. */
  count(routed: RoutedCase, heard: HeardTicket, membership: Counts): RoutedCase {
    const { group, gathered } = routed;
    if (group === undefined)
      return gathered === undefined
        ? routed
        : this.work.put({ ...routed, gathered: counted(gathered, heard, membership) });
    this.note(routed.id, heard, membership.because);
    const after = countedIn(group, heard, membership);
    // What becomes of the tickets of a resolved case moves nothing.
    if (routed.state === 'resolved') return this.work.put({ ...routed, group: after });
    const terms = { flap: this.ruleOf(after)?.flap, now: this.work.now };
    return this.work.put({ ...routed, group: changedGroup(after, group, heard.event, terms) });
  }

  /** Puts a case under the key that its ticket's own created asks for. */
  adopt(heard: HeardTicket, routed: RoutedCase, grouping: EventGrouping): RoutedCase {
    if (!isRekeyed(routed, grouping, heard)) return routed;
    const because = groupingReason('opened', grouping.rule, grouping.by);
    this.learn(routed.id, grouping.key);
    return this.work.put({
      ...routed,
      group: { ...newGroup(grouping, heard.event, because), tickets: 1, open: 1 },
    });
  }

  /** The rule by its name in the config in force; undefined when it is gone. */
  ruleOf({ rule }: CaseGroup): GroupingRule | undefined {
    return this.config.grouping.find(({ name }) => name === rule);
  }

  /** Tells the beginning of a flap state. */
  tellFlap(before: RoutedCase, after: RoutedCase, event: TicketEvent): void {
    const flap = after.group === undefined ? undefined : this.ruleOf(after.group)?.flap;
    if (flap === undefined || before.group?.flapping !== undefined || after.group?.flapping === undefined)
      return;
    const facts = { rule: after.group.rule, because: flapReason(flap), eventId: event.id };
    this.work.tell(after, { type: 'FlapStarted', by: 'tocsin', facts });
  }

  private latest(id: bigint): RoutedCase | undefined {
    const known = this.byId.get(id);
    return known === undefined ? undefined : this.work.latest(known);
  }

  private note(caseId: bigint, { event, after }: HeardTicket, because: Texts): void {
    const { source, ticketKey } = event;
    const at = eventTime(event);
    const name = JSON.stringify([caseId.toString(), source, ticketKey]);
    const known = this.news.get(name) ?? { events: 0, firstSeen: at, lastSeen: at, because };
    this.news.set(name, {
      ...{ caseId, source, ticketKey, because: known.because, open: !isResolved(after) },
      events: known.events + 1,
      firstSeen: Math.min(known.firstSeen, at),
      lastSeen: Math.max(known.lastSeen, at),
    });
  }
}

/** The case that goes on, in the span of its own or of one that was merged into it. */
const inSpan = (routed: RoutedCase | undefined, { group }: RoutedCase): PlacedCase[] =>
  routed === undefined || group === undefined ? [] : [placedOf(routed, group)];
