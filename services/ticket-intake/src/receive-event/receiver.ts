import { type Accepted, NotAccepted } from '../accept-event/accept-row.js';
import type { MicroBatcher } from '../accept-event/micro-batcher.js';
import type { Endings } from '../count-conservation/tally.js';
import type { QuarantineStore } from '../keep-quarantine/quarantine.store.js';
import type { Fault } from '../sources/mapping-pack.js';
import type { Prepared, Received } from './prepare-events.js';

/** What became of one event of a body. */
export interface EventOutcome {
  readonly eventId: string;
  readonly outcome: 'accepted' | 'duplicate' | 'conflict' | 'quarantined';
  readonly duplicate: boolean;
}

/**
 * What became of one body. `unavailable`: nothing is known to be stored, the sender should come back; where nothing was
 * `sent` to the database, nothing is stored.
 */
export type BodyOutcome =
  | { readonly kind: 'stored'; readonly events: readonly EventOutcome[] }
  | { readonly kind: 'broken'; readonly faults: readonly Fault[] }
  | ({ readonly kind: 'unavailable' } & Unavailable);

type Unavailable = Pick<NotAccepted, 'why' | 'sent'>;

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
      else if ('why' in accepted) outcomes.push({ kind: 'unavailable', ...accepted });
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
      if ('why' in result) return { kind: 'unavailable', ...result };
      const { duplicate } = result;
      kept.push({ eventId: entry.eventId, duplicate, outcome: duplicate ? 'duplicate' : 'quarantined' });
    }
    return { kind: 'stored', events: [...events, ...kept] };
  }
}

const unavailable = (error: unknown): Unavailable =>
  error instanceof NotAccepted ? { why: error.why, sent: error.sent } : { why: 'database', sent: true };

function eventOutcome(
  ownId: string,
  { eventId = ownId, duplicate, conflict }: Accepted,
  { source }: Received,
): EventOutcome {
  if (conflict && source.pack.refusesFaults) return { eventId, duplicate: true, outcome: 'conflict' };
  return { eventId, duplicate, outcome: duplicate ? 'duplicate' : 'accepted' };
}

/** Events of a body; one that is refused whole counts as one. */
export const sizeOf = (prepared: Prepared): number =>
  prepared.ok ? prepared.rows.length + prepared.quarantined.length : 1;

/** What a body adds to the conservation counters. @param size `sizeOf` the body */
export function endingsOf(outcome: BodyOutcome, size: number): Endings {
  if (outcome.kind === 'broken') return { rejected: size };
  if (outcome.kind === 'unavailable') return outcome.sent ? { unknown: size } : { rejected: size };
  const counts = { accepted: 0, duplicate: 0, quarantined: 0, conflict: 0 };
  for (const event of outcome.events) counts[event.outcome]++;
  return counts;
}
