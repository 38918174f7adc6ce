import { hash, randomUUID } from 'node:crypto';
import type { Config, Lane, TicketEvent } from '@tocsin/contracts';
import type { AcceptRow } from '../accept-event/accept-row.js';
import type { DatabaseClock } from '../accept-event/database-clock.js';
import { eventIdOf } from '../accept-event/event-id.js';
import { settle } from '../accept-event/ticket-event-of.js';
import type { Headers } from '../authenticate-sender/signature.js';
import type { KnownSource } from '../authenticate-sender/known-source.js';
import type { NewQuarantine } from '../keep-quarantine/quarantine.store.js';
import { canonicalJson, contentHash } from '../sources/canonical-json.js';
import type { Fault, MappedEvent, Mapping, MappingContext } from '../sources/mapping-pack.js';

/** One body that was authenticated and parsed. */
export interface Received {
  readonly source: KnownSource;
  readonly config: Config;
  readonly headers: Headers;
  readonly value: unknown;
  /** The body as text, as it came. */
  readonly raw: string;
  readonly traceparent: string;
  /** Which of the source's mappings: `events`, or `change` for PagerDuty's change events. */
  readonly route: 'events' | 'change';
}

/** What is to be stored for a body. `faults` means: nothing, the sender broke our published form. */
export type Prepared =
  | { readonly ok: true; readonly rows: readonly AcceptRow[]; readonly quarantined: readonly NewQuarantine[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const NOT_COMPARED = '-';
const drawId = (): string => randomUUID().replaceAll('-', '');

export type MapBody = (received: Received, context: MappingContext) => Mapping;
export type LaneHint = (event: TicketEvent, config: Config) => Lane;

/** Turns bodies into rows: the only place that draws ids and sequence numbers for them. */
export class EventPreparer {
  private sequence = 0;

  constructor(
    private readonly map: MapBody,
    private readonly laneHint: LaneHint,
    private readonly clock: DatabaseClock,
  ) {}

  prepare(received: Received, freshId = drawId): Prepared {
    const bodyHash = (): string => contentHash(received.value);
    const mapping = this.map(received, {
      headers: received.headers,
      bodyHash,
      freshId,
    });
    if (!mapping.ok) {
      if (received.source.pack.refusesFaults) return { ok: false, faults: mapping.faults };
      return {
        ok: true,
        rows: [],
        quarantined: [
          quarantineOf(received, {
            body: received.raw,
            contents: bodyHash(),
            reason: mapping.reason,
            faults: mapping.faults,
          }),
        ],
      };
    }
    const now = this.clock.now();
    // Vendors say the same again in other words (a value in a summary): for them there is no conflict to tell.
    const payloadHash = received.source.pack.refusesFaults
      ? hash('sha256', received.raw, 'base64url')
      : NOT_COMPARED;
    return {
      ok: true,
      rows: mapping.events.map((event) => this.rowOf(event, received, payloadHash, now)),
      quarantined: (mapping.unmapped ?? []).map(({ part, reason }) => {
        const raw = canonicalJson(part);
        return quarantineOf(received, { body: raw, contents: contentHash(part), reason, faults: [] });
      }),
    };
  }

  private rowOf(mapped: MappedEvent, received: Received, payloadHash: string, receivedAt: number): AcceptRow {
    const { source, config, traceparent } = received;
    const { event, vault } = settle(mapped, {
      source: source.name,
      sourceConfig: source.config,
      config,
      receivedAt,
      sequence: ++this.sequence,
    });
    return {
      eventId: event.id,
      tenant: event.tenant,
      source: event.source,
      payloadHash,
      lane: this.laneOf(event, config),
      key: `${event.tenant}:${event.source}:${event.ticketKey}`,
      type: event.type,
      payload: mapped.recordOnly === true ? '' : JSON.stringify(event),
      traceparent,
      raw: mapped.part === undefined ? received.raw : JSON.stringify(mapped.part),
      vault,
      ends: mapped.ends === undefined ? '' : eventIdOf(event.tenant, event.source, mapped.ends),
    };
  }

  /** A hint only: what cannot be computed is hot, routing decides. */
  private laneOf(event: TicketEvent, config: Config): Lane {
    try {
      return this.laneHint(event, config);
    } catch {
      return 'hot';
    }
  }
}

function quarantineOf(
  { source, config, headers, route }: Received,
  {
    body,
    contents,
    reason,
    faults,
  }: { body: string; contents: string; reason: string; faults: readonly Fault[] },
): NewQuarantine {
  return {
    eventId: eventIdOf(config.tenant, source.name, `unmapped:${route}:${contents}`),
    tenant: config.tenant,
    source: source.name,
    route,
    mapping: `${source.pack.kind}@${source.pack.version}`,
    reason,
    faults: JSON.stringify(faults),
    headers: JSON.stringify(
      Object.fromEntries(
        (source.pack.idHeaders ?? []).flatMap((name) =>
          headers[name] === undefined ? [] : [[name, headers[name]]],
        ),
      ),
    ),
    body,
    payloadHash: contents,
  };
}
