import type { Config, GroupingRule, Texts, TicketEvent } from '@tocsin/contracts';
import {
  type CaseGroup,
  changedGroup,
  countedIn,
  eventTime,
  flapReason,
  type Grouped,
  type HeardTicket,
  isResolved,
  type Membership,
  placedOf,
  type Placement,
  placeRaise,
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

  /** @param own the open case of the event's ticket */
  place({ rule, key }: Grouped, event: TicketEvent, own?: bigint): Placement {
    const cases = [...(this.byKey.get(key) ?? [])].flatMap((id) => {
      const routed = this.latest(id);
      return routed?.group === undefined || routed.joinedInto !== undefined
        ? []
        : [placedOf(routed, routed.group)];
    });
    return placeRaise(eventTime(event), cases, rule, own);
  }

  /** Counts an event in its grouped case; a case that no rule made stays as it is. */
  count(routed: RoutedCase, heard: HeardTicket, membership: Counts): RoutedCase {
    const { group } = routed;
    if (group === undefined) return routed;
    this.note(routed.id, heard, membership.because);
    const after = countedIn(group, heard, membership);
    // What becomes of the tickets of a resolved case moves nothing.
    if (routed.state === 'resolved') return this.work.put({ ...routed, group: after });
    const terms = { flap: this.ruleOf(after)?.flap, now: this.work.now };
    return this.work.put({ ...routed, group: changedGroup(after, group, heard.event, terms) });
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
