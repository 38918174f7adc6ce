import { traceparentOf } from '@tocsin/runtime';
import type { Directory } from '../authenticate-sender/known-source.js';
import type { ConservationCounters } from '../count-conservation/conservation-counters.js';
import type { EventPreparer, Received } from '../receive-event/prepare-events.js';
import { type BodyOutcome, type Receiver, endingsOf, sizeOf } from '../receive-event/receiver.js';
import { readText } from '../receive-event/read-body.js';
import type { QuarantineRow, QuarantineStore } from './quarantine.store.js';

export type Redriven =
  | { readonly ok: true; readonly eventIds: readonly string[]; readonly again: boolean }
  | { readonly ok: false; readonly status: 404 | 409 | 503; readonly reason: string };

interface RedriverParts {
  readonly store: QuarantineStore;
  readonly preparer: EventPreparer;
  readonly receiver: Receiver;
  readonly counters: ConservationCounters;
  readonly directory: () => Directory | undefined;
}

const refused = (status: 404 | 409 | 503, reason: string): Redriven => ({ ok: false, status, reason });

/** Maps a quarantined body again, by the mapping and config of now. Twice is once: the events' ids are the same. */
export class Redriver {
  constructor(private readonly parts: RedriverParts) {}

  async redrive(tenant: string, id: string, by: string): Promise<Redriven> {
    const row = await this.parts.store.show(tenant, id);
    if (row === undefined) return refused(404, 'no such entry');
    if (row.event_ids !== null) return { ok: true, eventIds: row.event_ids.split(','), again: true };
    const received = this.receivedOf(row);
    if (received === undefined)
      return refused(409, `the source «${row.source}» is not in the config any more`);
    const outcome = await this.store(received, row);
    if (typeof outcome === 'string') return refused(409, outcome);
    if (outcome.kind !== 'stored') return refused(503, 'the database cannot be reached');
    const eventIds = outcome.events.map(({ eventId }) => eventId);
    await this.parts.store.redriven(id, by, eventIds);
    return { ok: true, eventIds, again: false };
  }

  private receivedOf({ source: name, body, headers, route }: QuarantineRow): Received | undefined {
    const directory = this.parts.directory();
    const source = directory?.byName.get(name);
    if (directory === undefined || source === undefined) return undefined;
    const kept = JSON.parse(headers) as Record<string, string>;
    const parsed = readText(body, source.pack, kept);
    if (!parsed.ok) return undefined;
    return {
      source,
      config: directory.config,
      headers: kept,
      value: parsed.value,
      raw: body,
      traceparent: traceparentOf(undefined),
      route: route === 'change' ? 'change' : 'events',
    };
  }

  /** @returns the outcome, or why the body still cannot be mapped */
  private async store(received: Received, row: QuarantineRow): Promise<BodyOutcome | string> {
    // What its vendor leaves without identity gets the entry's: a second re-drive meets the same event.
    const prepared = this.parts.preparer.prepare(received, () => row.event_id.slice('evt_'.length));
    if (!prepared.ok) return prepared.faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    const [still] = prepared.quarantined;
    if (still !== undefined) return still.reason;
    const size = sizeOf(prepared);
    const counted = this.parts.counters.received(row.tenant, row.source, size);
    const [outcome] = (await this.parts.receiver.store([[received, prepared]])) as [BodyOutcome];
    this.parts.counters.ended(counted, endingsOf(outcome, size));
    return outcome;
  }
}
