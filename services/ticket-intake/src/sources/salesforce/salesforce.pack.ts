import { readInstant, type TicketEvent } from '@tocsin/contracts';
import { parseText } from '../../receive-event/parse-body.js';
import { VENDOR_KEYS } from '../../receive-event/read-body.js';
import { mapGeneric } from '../generic/generic.pack.js';
import {
  failed,
  type MappedEvent,
  type Mapping,
  type MappingPack,
  MIB,
  type Unmapped,
} from '../mapping-pack.js';
import { isObject, type Json, objectAt, present, textAt } from '../read-members.js';
import { outboundAnswer } from './outbound-answer.js';
import { readSoap } from './read-soap.js';

const XML = ['text/xml', 'application/xml', 'application/soap+xml'];
const isXml = (text: string): boolean => text.trimStart().startsWith('<');

/**
 * Salesforce: outbound messages (SOAP 1.1) of workflow rules and flows, and the JSON of a flow's HTTP callout, which is
 * our own form. Outbound messages carry no signature: a key in the address, and the organisations that may send.
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm
 */
export const salesforce: MappingPack = {
  kind: 'salesforce',
  version: 1,
  bodyLimit: MIB,
  mediaTypes: XML,
  keyInAddress: true,
  refusesFaults: false,
  comeBack: 503,
  senderOf: (body) => textAt(notificationsOf(body) ?? {}, 'OrganizationId'),
  read: (text) => (isXml(text) ? readSoap(text) : parseText(text, VENDOR_KEYS)),
  answer: (told) => (XML.includes(told.mediaType) ? outboundAnswer(told) : undefined),
  map: (body, context): Mapping => {
    const notifications = notificationsOf(body);
    if (notifications !== undefined) return mapNotifications(notifications);
    return isObject(body) && body['Envelope'] === undefined
      ? mapGeneric(body, context)
      : failed('a SOAP message without notifications');
  },
};

/** Of the message, or of the part of one that went through quarantine. */
function notificationsOf(body: unknown): Json | undefined {
  if (!isObject(body)) return undefined;
  const envelope = objectAt(objectAt(body, 'Envelope'), 'Body')['notifications'];
  if (isObject(envelope)) return envelope;
  return isObject(body['notifications']) ? body['notifications'] : undefined;
}

function mapNotifications(notifications: Json): Mapping {
  const given = notifications['Notification'];
  const items: unknown[] = Array.isArray(given) ? given : [given];
  const events: MappedEvent[] = [];
  const unmapped: Unmapped[] = [];
  for (const item of items) {
    const mapped = isObject(item) ? mapOne(item, notifications) : undefined;
    const part = { notifications: { ...notifications, Notification: item } };
    if (mapped === undefined) unmapped.push({ reason: 'a notification without Id or sObject', part });
    else events.push({ ...mapped, part });
  }
  return { ok: true, events, unmapped };
}

function mapOne(item: Json, message: Json): MappedEvent | undefined {
  const record = objectAt(item, 'sObject');
  const id = textAt(record, 'Id');
  const notification = textAt(item, 'Id');
  if (id === undefined || notification === undefined) return undefined;
  const object = (textAt(record, '@type') ?? '').replace(/^.*:/, '');
  const status = statusOf(record);
  return {
    senderId: `notification:${notification}`,
    kind: 'ticket',
    type: typeOf(status),
    key: id,
    occurredAt: instantAt(record, 'LastModifiedDate', 'SystemModstamp', 'CreatedDate'),
    subject: textAt(record, 'Subject', 'Name'),
    body: textAt(record, 'Description', 'Comments'),
    category: textAt(record, 'Category__c'),
    market: textAt(record, 'Market__c'),
    language: textAt(record, 'Language'),
    channel: textAt(record, 'Origin')?.toLowerCase(),
    severity: textAt(record, 'Priority')?.toLowerCase(),
    status,
    service: textAt(record, 'Service__c'),
    tags: [],
    requester: requesterOf(record),
    link: linkOf(message, id),
    attributes: attributesOf(record, message, object),
    recordOnly: !isTicket(object, record),
  };
}

/** Cases are; of an object of another type only one that tells a state or an urgency. */
const isTicket = (object: string, record: Json): boolean =>
  object === 'Case' || textAt(record, 'Status', 'Priority', 'Subject') !== undefined;

const STATUSES: Readonly<Record<string, TicketEvent['status']>> = {
  new: 'new',
  working: 'open',
  'in progress': 'open',
  open: 'open',
  escalated: 'open',
  reopened: 'open',
  'waiting on customer': 'waiting-for-customer',
  'on hold': 'on-hold',
  closed: 'solved',
  resolved: 'solved',
};

/** Deleted, merged into another or closed is over, however the status is called. */
function statusOf(record: Json): TicketEvent['status'] {
  const isOver = textAt(record, 'IsClosed') === 'true' || textAt(record, 'IsDeleted') === 'true';
  if (isOver || textAt(record, 'MasterRecordId') !== undefined) return 'solved';
  return STATUSES[textAt(record, 'Status')?.toLowerCase() ?? ''];
}

/** A message says how a case is, not what happened: it is new while nobody has touched it. */
function typeOf(status: TicketEvent['status']): TicketEvent['type'] {
  if (status === 'solved') return 'ticket.resolved';
  return status === 'new' ? 'ticket.created' : 'ticket.updated';
}

function instantAt(record: Json, ...names: readonly string[]): number | undefined {
  const text = textAt(record, ...names);
  return text === undefined ? undefined : readInstant(text);
}

function requesterOf(record: Json): TicketEvent['requester'] {
  const id = textAt(record, 'ContactId', 'AccountId', 'SuppliedEmail');
  return id === undefined ? undefined : { id };
}

function linkOf(message: Json, id: string): string | undefined {
  const [, origin] = /^(https:\/\/[^/]+)\//.exec(textAt(message, 'EnterpriseUrl', 'PartnerUrl') ?? '') ?? [];
  return origin === undefined ? undefined : `${origin}/${encodeURIComponent(id)}`;
}

const USED = new Set([
  '@type',
  'Id',
  'Subject',
  'Description',
  'Priority',
  'LastModifiedDate',
  'SystemModstamp',
]);

/** Empty elements come as empty text or, with `xsi:nil`, as an object of attributes: both say nothing. */
const attributesOf = (record: Json, message: Json, object: string): Record<string, unknown> => ({
  ...Object.fromEntries(
    Object.entries(record).filter(
      ([name, value]) => !USED.has(name) && typeof value === 'string' && value !== '',
    ),
  ),
  ...present({
    object: object === '' ? undefined : object,
    organization: textAt(message, 'OrganizationId'),
    action: textAt(message, 'ActionId'),
  }),
});
