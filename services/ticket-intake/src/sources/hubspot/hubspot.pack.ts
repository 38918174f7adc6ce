import type { TicketEvent } from '@tocsin/contracts';
import {
  failed,
  type MappedEvent,
  type Mapping,
  type MappingPack,
  MIB,
  type Unmapped,
} from '../mapping-pack.js';
import { contentHash } from '../canonical-json.js';
import { isObject, type Json, present, textAt } from '../read-members.js';
import { hubspotSignature } from './hubspot-signature.js';

/** HubSpot's number of the object type «ticket» in generic subscriptions (`object.…`). */
const TICKETS = '0-5';

/**
 * HubSpot's webhooks: an array of up to 100 events, each of one fact about one object. Tickets are ours.
 * https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide
 */
export const hubspot: MappingPack = {
  kind: 'hubspot',
  version: 1,
  bodyLimit: MIB,
  signature: hubspotSignature,
  refusesFaults: false,
  comeBack: 429,
  map: mapBatch,
};

function mapBatch(body: unknown): Mapping {
  // One event alone is what a quarantined part of a batch is re-driven as.
  const items: unknown[] | undefined = Array.isArray(body) ? body : isObject(body) ? [body] : undefined;
  if (items === undefined) return failed('not an array of HubSpot events');
  const events: MappedEvent[] = [];
  const unmapped: Unmapped[] = [];
  for (const item of items) {
    const mapped = isObject(item) ? mapOne(item) : undefined;
    if (mapped === undefined)
      unmapped.push({ reason: 'an event without subscriptionType or ticket', part: item });
    else events.push(...mapped);
  }
  return { ok: true, events, unmapped };
}

function mapOne(item: Json): MappedEvent[] | undefined {
  const [object, act] = (textAt(item, 'subscriptionType') ?? '').split('.', 2);
  if (object === undefined || act === undefined) return undefined;
  const isTicket = object === 'ticket' || (object === 'object' && textAt(item, 'objectTypeId') === TICKETS);
  if (!isTicket) return [unused(item, `${object}.${act}`)];
  const keys = keysOf(item, act);
  if (keys.length === 0) return undefined;
  return keys.map((key) => eventOf(item, act, key, keys.length > 1));
}

/** The tickets that an event is about: a merge ends all those that went into another. */
function keysOf(item: Json, act: string): string[] {
  const merged = item['mergedObjectIds'];
  if (act === 'merge' && Array.isArray(merged))
    return merged.flatMap((id: unknown) => textAt({ id }, 'id') ?? []);
  const key = textAt(item, 'objectId', 'fromObjectId');
  return key === undefined ? [] : [key];
}

function eventOf(item: Json, act: string, key: string, several: boolean): MappedEvent {
  const change = act === 'propertyChange' ? changeOf(item) : {};
  const ends = act === 'deletion' || act === 'privacyDeletion' || act === 'merge';
  const status = ends ? 'solved' : change.status;
  return {
    senderId: several ? `${senderIdOf(item)} ${key}` : senderIdOf(item),
    kind: 'ticket',
    type: typeOf(act, status),
    key,
    occurredAt: typeof item['occurredAt'] === 'number' ? item['occurredAt'] : undefined,
    ...change,
    status,
    tags: [],
    attributes: attributesOf(item),
    part: item,
  };
}

/** HubSpot's `eventId` alone is not unique: with the subscription and the time it is. */
const senderIdOf = (item: Json): string =>
  item['eventId'] === undefined
    ? `content:${contentHash({ ...item, attemptNumber: undefined })}`
    : ['eventId', 'subscriptionId', 'occurredAt', 'subscriptionType']
        .map((name) => textAt(item, name) ?? '')
        .join(' ');

const unused = (item: Json, name: string): MappedEvent => ({
  senderId: senderIdOf(item),
  kind: 'ticket',
  type: 'ticket.updated',
  key: `${name} ${textAt(item, 'objectId', 'fromObjectId') ?? ''}`.trim(),
  subject: name,
  attributes: { event: name },
  part: item,
  recordOnly: true,
});

function typeOf(act: string, status: TicketEvent['status']): TicketEvent['type'] {
  if (status === 'solved') return 'ticket.resolved';
  return act === 'creation' || act === 'restore' ? 'ticket.created' : 'ticket.updated';
}

/** Stages of the pipeline that every account starts with; those of other pipelines have numbers of their own. */
const STAGES: Readonly<Record<string, TicketEvent['status']>> = {
  '1': 'new',
  '2': 'waiting-for-customer',
  '3': 'open',
  '4': 'solved',
};

/** What one property says in our words; others are kept in the attributes. */
function changeOf(item: Json): Partial<MappedEvent> {
  const value = textAt(item, 'propertyValue');
  switch (textAt(item, 'propertyName')) {
    case 'subject':
      return { subject: value };
    case 'content':
      return { body: value };
    case 'hs_ticket_priority':
      return { severity: value?.toLowerCase() };
    case 'hs_ticket_category':
      return { category: value };
    case 'hs_pipeline_stage':
      return { status: STAGES[value ?? ''] };
    case 'closed_date':
      return value === undefined ? {} : { status: 'solved' };
    case 'source_type':
      return { channel: value?.toLowerCase() };
    default:
      return {};
  }
}

/** Of the delivery, not of the event: a retry differs in them. */
const OF_THE_DELIVERY = new Set(['attemptNumber']);

const attributesOf = (item: Json): Record<string, unknown> =>
  present(Object.fromEntries(Object.entries(item).filter(([name]) => !OF_THE_DELIVERY.has(name))));
