import { readInstant, type TicketEvent } from '@tocsin/contracts';
import {
  failed,
  type MappedEvent,
  type Mapping,
  type MappingContext,
  type MappingPack,
  MIB,
} from '../mapping-pack.js';
import { isObject, type Json, objectAt, present, textAt } from '../read-members.js';

/**
 * Avaya Experience Platform, Digital Notification: engagements and what is said in them. Avaya has no tickets and signs
 * nothing: a key in the address of the subscription.
 * https://developers.avayacloud.com/avaya-experience-platform/docs/overview-digital
 */
export const avaya: MappingPack = {
  kind: 'avaya',
  version: 1,
  bodyLimit: MIB,
  keyInAddress: true,
  senderOf: (body) => (isObject(body) ? textAt(body, 'accountId') : undefined),
  refusesFaults: false,
  comeBack: 503,
  // The contract asks for 200, also for event types that nobody knows yet.
  answer: ({ refused }) =>
    refused === undefined ? { status: 200, mediaType: 'application/json', body: '{}' } : undefined,
  map: mapEvent,
};

const TYPES: Readonly<Record<string, TicketEvent['type']>> = {
  ENGAGEMENT_CREATED: 'ticket.created',
  ENGAGEMENT_ERROR: 'ticket.updated',
  MESSAGES: 'ticket.commented',
  CUSTOMER_MESSAGES: 'ticket.commented',
  CC_MESSAGES: 'ticket.commented',
};

function mapEvent(body: unknown, context: MappingContext): Mapping {
  if (!isObject(body)) return failed('not a JSON object');
  const name = textAt(body, 'eventType');
  if (name === undefined) return failed('no eventType');
  const type = TYPES[name];
  const key = textAt(body, 'engagementId', 'dialogId');
  if (type === undefined) return { ok: true, events: [unused(name, key, body, context)] };
  if (key === undefined) return failed(`${name} without engagementId or dialogId`);
  return { ok: true, events: [eventOf({ body, name, type, key }, context)] };
}

interface Told {
  readonly body: Json;
  readonly name: string;
  readonly type: TicketEvent['type'];
  readonly key: string;
}

function eventOf({ body, name, type, key }: Told, context: MappingContext): MappedEvent {
  const said = type === 'ticket.commented';
  const date = textAt(body, 'eventDate');
  const parameters = objectAt(body, 'engagementParameters');
  return {
    senderId: senderIdOf(body, name, context),
    kind: 'ticket',
    type,
    key,
    occurredAt: date === undefined ? undefined : readInstant(date),
    subject: textAt(parameters, 'subject', 'topic') ?? textAt(body, 'subject'),
    channel: textAt(body, 'channelId')?.toLowerCase(),
    severity: severityOf(name, parameters),
    category: textAt(parameters, 'category'),
    market: textAt(parameters, 'market'),
    language: textAt(parameters, 'language'),
    service: textAt(parameters, 'service'),
    tags: [],
    ...(said ? { body: textOf(body), author: authorOf(body) } : ofEngagement(body, type)),
    attributes: attributesOf(body),
  };
}

/** Customers put a priority and what routes into the parameters of an engagement. */
const severityOf = (name: string, parameters: Json): string | undefined =>
  textAt(parameters, 'priority', 'severity')?.toLowerCase() ??
  (name === 'ENGAGEMENT_ERROR' ? 'error' : undefined);

function ofEngagement(body: Json, type: TicketEvent['type']): Partial<MappedEvent> {
  const id = textAt(body, 'customerIdentifier', 'senderParticipantId');
  return {
    body: textAt(body, 'errorMessage', 'reason'),
    status: type === 'ticket.created' ? 'new' : undefined,
    requester: id === undefined ? undefined : { id },
  };
}

/** A message has an id; other events are told apart by their own time. */
const senderIdOf = (body: Json, name: string, { bodyHash }: MappingContext): string => {
  const message = textAt(body, 'messageId');
  if (message !== undefined) return `message:${message} ${textAt(body, 'status') ?? ''}`.trim();
  const [id, date] = [textAt(body, 'correlationId'), textAt(body, 'eventDate')];
  return id === undefined || date === undefined ? `content:${bodyHash()}` : [name, id, date].join(' ');
};

/** Text, or what a person would see of a card, a file or a place. */
function textOf(body: Json): string | undefined {
  const message = objectAt(body, 'body');
  return (
    textAt(objectAt(message, 'elementText'), 'text') ??
    textAt(objectAt(message, 'richElement'), 'title', 'text') ??
    textAt(message, 'text', 'elementType')
  );
}

/** Bots and the system are neither side. */
function authorOf(body: Json): TicketEvent['author'] {
  const type = textAt(body, 'senderParticipantType', 'participantType');
  const role = type === 'AGENT' ? 'agent' : type === 'CUSTOMER' ? 'customer' : undefined;
  const name = textAt(body, 'senderParticipantName', 'senderParticipantDisplayName')?.slice(0, 200);
  return role === undefined ? undefined : { role, ...(name === undefined ? {} : { name }) };
}

const unused = (name: string, key: string | undefined, body: Json, context: MappingContext): MappedEvent => ({
  senderId: senderIdOf(body, name, context),
  kind: 'ticket',
  type: 'ticket.updated',
  key: key ?? name,
  subject: name,
  attributes: { event: name },
  recordOnly: true,
});

const USED = new Set(['eventType', 'body', 'channelId', 'recipientParticipants']);

function attributesOf(body: Json): Record<string, unknown> {
  const files = body['attachments'];
  return present({
    ...Object.fromEntries(Object.entries(body).filter(([name]) => !USED.has(name))),
    event: body['eventType'],
    attachments: Array.isArray(files)
      ? files.filter(isObject).map((file) => textAt(file, 'attachmentName', 'name', 'attachmentId'))
      : undefined,
  });
}
