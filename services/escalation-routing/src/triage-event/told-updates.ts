import type { TicketEvent } from '@tocsin/contracts';
import type { CaseWork } from '../case-work.js';
import type { RoutedCase } from '../routed-case.js';

interface Coalesced {
  readonly eventIds: string[];
  events: number;
  late: number;
  readonly source: string;
}

/** Event ids named by one coalesced row of the timeline; the rest are only counted. */
const NAMED_IDS = 20;

/** The updates of one batch, told as one row per case and not one per event. */
export class ToldUpdates {
  private readonly updates = new Map<bigint, Coalesced>();

  constructor(
    private readonly work: CaseWork,
    private readonly byId: ReadonlyMap<bigint, RoutedCase>,
  ) {}

  count(event: TicketEvent, id: bigint, newest: boolean): void {
    const sum = this.updates.get(id) ?? { eventIds: [], events: 0, late: 0, source: event.source };
    this.updates.set(id, sum);
    sum.events += 1;
    if (!newest) sum.late += 1;
    if (sum.eventIds.length < NAMED_IDS) sum.eventIds.push(event.id);
  }

  /** Before whatever else is told of the case. */
  tell(id: bigint): void {
    const sum = this.updates.get(id);
    const routed = this.byId.get(id);
    if (sum === undefined || routed === undefined) return;
    this.updates.delete(id);
    const { events, late, eventIds } = sum;
    const facts = { events, late, eventIds };
    this.work.tell(this.work.latest(routed), { type: 'CaseUpdated', by: sum.source, facts });
  }

  tellAll(): void {
    for (const id of [...this.updates.keys()]) this.tell(id);
  }
}
