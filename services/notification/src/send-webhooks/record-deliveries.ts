import { type CaseBrief, CaseEvent, MaintenanceEvent, outgoingTypeOf } from '@tocsin/contracts';
import { type LoggedEvent, readPayload, type Tx } from '@tocsin/event-log';
import { type OutgoingAbout, wantsOutgoing } from '@tocsin/rules';
import type { Logger } from 'pino';
import { deliveryId } from './delivery-id.js';
import { factsOfBrief } from './facts-of-brief.js';
import { keepBriefs, type NewDelivery, readBriefs, recordDeliveries } from './record-deliveries.store.js';
import type { Endpoint, WebhookBook } from './webhook-book.js';

interface RecordParts {
  readonly book: WebhookBook;
  readonly log: Logger;
  /** Called after the commit when there is something to send. */
  readonly wake: () => void;
}

/** What is told, whatever it is about. */
interface Told {
  readonly logged: LoggedEvent;
  readonly tenant: string;
  readonly at: string;
  readonly event: object;
  /** Of one line the order is kept. */
  readonly line: string;
  readonly about: OutgoingAbout;
}

interface HeardEvent {
  readonly logged: LoggedEvent;
  readonly event: CaseEvent;
  /** The case as it was then, as far as anybody has said. */
  readonly brief: CaseBrief | undefined;
}

/**
 * Turns events into deliveries, one for each endpoint that asks for it, in the transaction that marks the events as
 * handled. Which endpoints there are, and what they ask for, says the config in force here at that time.
 */
export class RecordDeliveries {
  constructor(private readonly parts: RecordParts) {}

  async ofCases(events: readonly LoggedEvent[], tx: Tx): Promise<void> {
    if (this.parts.book.all().length === 0) return;
    const heard = await withBriefs(
      tx,
      events.map((logged) => ({ logged, event: readPayload(CaseEvent, logged) })),
    );
    await this.record(
      tx,
      heard.map(({ logged, event, brief }) => ({
        logged,
        tenant: event.tenant,
        at: event.at,
        event: brief === undefined ? event : { ...event, case: brief },
        line: event.caseId,
        about: {
          kind: 'case',
          type: outgoingTypeOf(event.type),
          facts: brief === undefined ? undefined : factsOfBrief(brief),
        },
      })),
    );
  }

  async ofMaintenance(events: readonly LoggedEvent[], tx: Tx): Promise<void> {
    if (this.parts.book.all().length === 0) return;
    await this.record(
      tx,
      events.map((logged) => {
        const event = readPayload(MaintenanceEvent, logged);
        const { tenant, at, type, window } = event;
        const about = {
          kind: 'window',
          type: outgoingTypeOf(type),
          services: window.scope.services,
        } as const;
        return { logged, tenant, at, event, line: window.id, about };
      }),
    );
  }

  private async record(tx: Tx, told: readonly Told[]): Promise<void> {
    const endpoints = this.parts.book.all();
    const deliveries = told.flatMap((one) =>
      endpoints.flatMap((endpoint) => (this.asksFor(endpoint, one) ? [deliveryOf(endpoint, one)] : [])),
    );
    if (deliveries.length === 0) return;
    await recordDeliveries(tx, deliveries);
    tx.afterCommit(this.parts.wake);
  }

  private asksFor({ tenant, name, webhook }: Endpoint, told: Told): boolean {
    if (tenant !== told.tenant) return false;
    const { wanted, error } = wantsOutgoing(webhook, told.about);
    if (error !== undefined)
      this.parts.log.warn(
        { webhook: name, about: told.line, error },
        'the condition of an outgoing webhook could not be computed and counts as not matched',
      );
    return wanted;
  }
}

/** Some events are told by those who do not hold the case: what was last said of it stands in for it. */
async function withBriefs(
  tx: Tx,
  events: readonly Pick<HeardEvent, 'logged' | 'event'>[],
): Promise<HeardEvent[]> {
  const key = ({ tenant, caseId }: Pick<CaseEvent, 'tenant' | 'caseId'>): string => `${tenant}:${caseId}`;
  const lacking = events.filter(({ event }) => event.case === undefined).map(({ event }) => event);
  const known = new Map(
    (lacking.length === 0 ? [] : await readBriefs(tx, lacking)).map((found) => [key(found), found.brief]),
  );
  const said = new Map<string, CaseEvent & { readonly case: CaseBrief }>();
  const restricted = new Set<string>();
  const heard = events.map(({ logged, event }) => {
    if (event.case !== undefined) {
      known.set(key(event), event.case);
      said.set(key(event), { ...event, case: event.case });
      if (event.case.restricted) restricted.add(key(event));
    }
    return { logged, event, brief: known.get(key(event)) };
  });
  if (said.size > 0)
    await keepBriefs(
      tx,
      [...said.values()].map((event) => ({
        tenant: event.tenant,
        caseId: event.caseId,
        brief: event.case,
        restricted: restricted.has(key(event)),
      })),
    );
  return heard;
}

function deliveryOf({ tenant, name }: Endpoint, { logged, event, line, about, at }: Told): NewDelivery {
  return {
    id: deliveryId({ tenant, name }, logged),
    ...{ tenant, webhook: name, about: line, type: about.type, at },
    batch: logged.batch,
    n: logged.n,
    event: JSON.stringify(event),
    traceparent: logged.traceparent ?? null,
  };
}
