import { type Accepted, NotAccepted } from '../accept-event/accept-row.js';
import type { MicroBatcher } from '../accept-event/micro-batcher.js';
import type { Outcomes } from '../count-conservation/tally.js';
import type { QuarantineStore } from '../keep-quarantine/quarantine.store.js';
import type { Fault } from '../sources/mapping-pack.js';
import type { Prepared, Received } from './prepare-events.js';

/** What became of one event of a body. */
export interface EventOutcome {
  readonly eventId: string;
  readonly outcome: 'accepted' | 'duplicate' | 'conflict' | 'quarantined';
  readonly duplicate: boolean;
}

/** What became of one body. `unavailable`: nothing is known to be stored, the sender should come back. */
export type BodyOutcome =
  | { readonly kind: 'stored'; readonly events: readonly EventOutcome[] }
  | { readonly kind: 'broken'; readonly faults: readonly Fault[] }
  | { readonly kind: 'unavailable'; readonly why: NotAccepted['why'] };

/** Makes what was prepared durable; answers only when PostgreSQL has committed. */
export class Receiver {
  constructor(
    private readonly batcher: Pick<MicroBatcher, 'submit'>,
    private readonly quarantine: Pick<QuarantineStore, 'keep'>,
  ) {}

  /**
   * Stores the bodies of one request: each ends alone, and all that is stored is stored when this resolves.
   * Vendors' bodies never conflict: they may say the same in other words.
   */
  async store(prepared: readonly (readonly [Received, Prepared])[]): Promise<BodyOutcome[]> {
    const rows = prepared.flatMap(([, item]) => (item.ok ? item.rows : []));
    const accepted = rows.length === 0 ? [] : await this.batcher.submit(rows).catch(unavailable);
    let next = 0;
    const outcomes: BodyOutcome[] = [];
    for (const [body, item] of prepared) {
      if (!item.ok) outcomes.push({ kind: 'broken', faults: item.faults });
      else if ('why' in accepted) outcomes.push({ kind: 'unavailable', why: accepted.why });
      else {
        const events = item.rows.map(({ eventId }) =>
          eventOutcome(eventId, accepted[next++] as Accepted, body),
        );
        outcomes.push(await this.withQuarantined(events, item));
      }
    }
    return outcomes;
  }

  private async withQuarantined(
    events: readonly EventOutcome[],
    item: Prepared & { ok: true },
  ): Promise<BodyOutcome> {
    if (item.quarantined.length === 0) return { kind: 'stored', events };
    const kept: EventOutcome[] = [];
    for (const entry of item.quarantined) {
      const result = await this.quarantine.keep(entry).catch(unavailable);
      if ('why' in result) return { kind: 'unavailable', why: result.why };
      const { duplicate } = result;
      kept.push({ eventId: entry.eventId, duplicate, outcome: duplicate ? 'duplicate' : 'quarantined' });
    }
    return { kind: 'stored', events: [...events, ...kept] };
  }
}

const unavailable = (error: unknown): { why: NotAccepted['why'] } => ({
  why: error instanceof NotAccepted ? error.why : 'database',
});

function eventOutcome(
  eventId: string,
  { duplicate, conflict }: Accepted,
  { source }: Received,
): EventOutcome {
  if (conflict && source.pack.refusesFaults) return { eventId, duplicate: true, outcome: 'conflict' };
  return { eventId, duplicate, outcome: duplicate ? 'duplicate' : 'accepted' };
}

/** Events of a body; one that is refused whole counts as one. */
export const sizeOf = (prepared: Prepared): number =>
  prepared.ok ? prepared.rows.length + prepared.quarantined.length : 1;

/** What a body adds to the conservation counters. @param size `sizeOf` the body */
export function outcomesOf(outcome: BodyOutcome, size: number): Outcomes {
  if (outcome.kind !== 'stored') return { rejected: size };
  const counts = { accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 };
  for (const event of outcome.events) counts[event.outcome === 'conflict' ? 'rejected' : event.outcome]++;
  return counts;
}
