import { TICKET_EVENT_TYPES, type TicketEvent } from '@tocsin/contracts';
import { headerOf } from '../../authenticate-sender/signature.js';
import { mapGeneric } from '../generic/generic.pack.js';
import {
  failed,
  type MappedEvent,
  type Mapping,
  type MappingContext,
  type MappingPack,
  MIB,
  type Unmapped,
} from '../mapping-pack.js';
import { isObject, type Json, textAt } from '../read-members.js';
import { readCloudEvents } from './read-cloudevents.js';

/**
 * CloudEvents 1.0 over HTTP: structured, binary and batched, with the handshake of its web hooks. What an event means
 * stands in its type and data, which are our own form.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
 */
export const cloudevents: MappingPack = {
  kind: 'cloudevents',
  version: 1,
  bodyLimit: MIB,
  mediaTypes: ['application/cloudevents+json', 'application/cloudevents-batch+json'],
  keyInAddress: true,
  senderOf: (body) => (isObject(body) ? textAt(body, 'source') : undefined),
  read: readCloudEvents,
  idHeaders: ['ce-specversion', 'ce-id', 'ce-source', 'ce-type', 'ce-subject', 'ce-time'],
  handshake: (headers) => ({
    allow: 'POST',
    'webhook-allowed-origin': headerOf(headers, 'webhook-request-origin') ?? '*',
    'webhook-allowed-rate': '*',
  }),
  refusesFaults: false,
  comeBack: 429,
  map: mapAll,
};

function mapAll(body: unknown, context: MappingContext): Mapping {
  if (!Array.isArray(body)) return mapOne(body, context);
  const events: MappedEvent[] = [];
  const unmapped: Unmapped[] = [];
  for (const part of body as unknown[]) {
    const mapping = mapOne(part, context);
    if (mapping.ok) events.push(...mapping.events.map((event) => ({ ...event, part })));
    else unmapped.push({ reason: mapping.reason, part });
  }
  return { ok: true, events, unmapped };
}

function mapOne(event: unknown, context: MappingContext): Mapping {
  if (!isObject(event)) return failed('no CloudEvent');
  const missing = ['specversion', 'id', 'source', 'type'].find((name) => textAt(event, name) === undefined);
  if (missing !== undefined) return failed(`a CloudEvent without ${missing}`);
  const data = isObject(event['data']) ? event['data'] : {};
  const type = typeOf(event, data);
  if (type === undefined)
    return failed(`its type does not end in one of ours: ${TICKET_EVENT_TYPES.join(', ')}`);
  return mapGeneric(ownForm(event, data, type), context);
}

/** `com.example.ticket.created` and plain `ticket.created`; the data may say it, too. */
function typeOf(event: Json, data: Json): TicketEvent['type'] | undefined {
  const given = textAt(event, 'type') ?? '';
  return TICKET_EVENT_TYPES.find(
    (type) => given === type || given.endsWith(`.${type}`) || data['type'] === type,
  );
}

const OF_THE_ENVELOPE = new Set(['data', 'data_base64', 'id', 'type', 'subject', 'time', 'specversion']);

/** What an event is about is its subject; what happened to it stands in the data. Ids count within their source. */
function ownForm(event: Json, data: Json, type: TicketEvent['type']): Json {
  const about = textAt(event, 'subject');
  const envelope = Object.entries(event).filter(([name]) => !OF_THE_ENVELOPE.has(name));
  return {
    ...data,
    id: [textAt(event, 'source'), textAt(event, 'id')].join(' '),
    type,
    key: data['key'] ?? about,
    subject: textAt(data, 'subject', 'title', 'summary') ?? about,
    severity: data['severity'] ?? data['priority'],
    occurredAt: data['occurredAt'] ?? event['time'],
    attributes: {
      ...(isObject(data['attributes']) ? data['attributes'] : {}),
      ...(isObject(event['data']) ? {} : { data: event['data'] }),
      cloudevent: { ...Object.fromEntries(envelope), type: event['type'] },
    },
  };
}
