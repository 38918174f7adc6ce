import { readInstant, TICKET_EVENT_TYPES, type TicketEvent } from '@tocsin/contracts';
import {
  failed,
  type MappedEvent,
  type Mapping,
  type MappingContext,
  type MappingPack,
  MIB,
} from '../mapping-pack.js';
import { isObject, type Json, present, textAt } from '../read-members.js';

/**
 * ServiceNow: the record that a business rule or a flow sends by an outbound REST message, after our template or as the
 * Table API writes it. ServiceNow signs nothing: a key by basic authentication.
 * https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/outbound-rest/concept/c_OutboundRESTWebService.html
 */
export const servicenow: MappingPack = {
  kind: 'servicenow',
  version: 1,
  bodyLimit: MIB,
  refusesFaults: false,
  comeBack: 503,
  map: mapRecord,
};

function mapRecord(body: unknown, context: MappingContext): Mapping {
  if (!isObject(body)) return failed('not a JSON object');
  // The Table API wraps a record; the name of the event then stands beside it.
  const record = isObject(body['result']) ? { ...body['result'], event: body['event'] } : body;
  const key = valueAt(record, 'sys_id', 'number');
  if (key === undefined) return failed('neither sys_id nor number');
  const event = valueAt(record, 'event', 'operation')?.toLowerCase();
  const status = isDeleted(event) ? 'solved' : statusOf(record);
  return { ok: true, events: [eventOf({ record, key, event, status }, context)] };
}

interface Told {
  readonly record: Json;
  readonly key: string;
  readonly event: string | undefined;
  readonly status: TicketEvent['status'];
}

function eventOf({ record, key, event, status }: Told, context: MappingContext): MappedEvent {
  const type = typeOf(record, event, status);
  const said = type === 'ticket.commented' ? noteOf(record) : undefined;
  const affected = Number(valueAt(record, 'affected', 'u_affected') ?? Number.NaN);
  return {
    ...identityOf(record, key, event, context),
    kind: 'ticket',
    type,
    key,
    subject: shownAt(record, 'short_description'),
    body: said?.text ?? shownAt(record, 'description'),
    category: shownAt(record, 'u_category', 'category'),
    market: shownAt(record, 'u_market', 'market', 'location'),
    channel: valueAt(record, 'contact_type', 'channel'),
    severity: priorityOf(record),
    status,
    service: shownAt(record, 'service'),
    affected: affected >= 0 ? affected : undefined,
    tags: (shownAt(record, 'sys_tags', 'tags') ?? '').split(/\s*,\s*/).filter((tag) => tag !== ''),
    requester: requesterOf(record),
    author: said?.author,
    link: valueAt(record, 'link', 'url'),
    attributes: attributesOf(record, event),
  };
}

/** A member as ServiceNow keeps it; `{ value, display_value }` where a template or the Table API writes both. */
function valueAt(record: Json, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const member = record[name];
    const text = isObject(member) ? textAt(member, 'value', 'display_value') : textAt(record, name);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The same as people read it. */
function shownAt(record: Json, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const member = record[name];
    const text = isObject(member) ? textAt(member, 'display_value', 'value') : textAt(record, name);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** `sys_mod_count` goes up by one with each change of a record: it names and orders the changes. */
function identityOf(
  record: Json,
  key: string,
  event: string | undefined,
  { bodyHash }: MappingContext,
): Pick<MappedEvent, 'senderId' | 'version' | 'occurredAt'> {
  const count = valueAt(record, 'sys_mod_count');
  const occurredAt = instantOf(valueAt(record, 'sys_updated_on', 'sys_created_on'));
  if (count === undefined || !/^\d{1,15}$/.test(count))
    return { senderId: `content:${bodyHash()}`, occurredAt };
  return {
    senderId: [key, count, event ?? ''].join(' '),
    // A record is deleted after its last change, without another one.
    version: { by: 'sender', at: Number(count), tie: isDeleted(event) ? '1' : '0' },
    occurredAt,
  };
}

/** ServiceNow writes times of the database in UTC, without saying so. */
function instantOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return readInstant(text) ?? readInstant(`${text}Z`);
}

const isDeleted = (event: string | undefined): boolean => event === 'delete' || event === 'deleted';

const STATES: Readonly<Record<string, TicketEvent['status']>> = {
  '1': 'new',
  '2': 'open',
  '3': 'on-hold',
  '6': 'solved',
  '7': 'solved',
  '8': 'solved',
  new: 'new',
  open: 'open',
  'in progress': 'open',
  'work in progress': 'open',
  'on hold': 'on-hold',
  pending: 'on-hold',
  'awaiting info': 'waiting-for-customer',
  resolved: 'solved',
  closed: 'solved',
  'closed complete': 'solved',
  'closed incomplete': 'solved',
  canceled: 'solved',
  cancelled: 'solved',
};

/** The words of an instance may be its own; then the number counts. On hold for the caller is a wait for the customer. */
function statusOf(record: Json): TicketEvent['status'] {
  const named = STATES[shownAt(record, 'state', 'incident_state')?.toLowerCase() ?? ''];
  const status = named ?? STATES[valueAt(record, 'state', 'incident_state') ?? ''];
  if (status !== 'on-hold') return status;
  const reason = [valueAt(record, 'hold_reason'), shownAt(record, 'hold_reason')];
  return reason.some((text) => text === '1' || /caller|customer/i.test(text ?? ''))
    ? 'waiting-for-customer'
    : 'on-hold';
}

const EVENTS: Readonly<Record<string, TicketEvent['type']>> = {
  insert: 'ticket.created',
  update: 'ticket.updated',
  delete: 'ticket.resolved',
  deleted: 'ticket.resolved',
  comment: 'ticket.commented',
  merged: 'ticket.resolved',
};

function typeOf(record: Json, event: string | undefined, status: TicketEvent['status']): TicketEvent['type'] {
  const named =
    EVENTS[event ?? ''] ?? TICKET_EVENT_TYPES.find((type) => type === event || type === `ticket.${event}`);
  if (named === 'ticket.resolved' || named === 'ticket.commented') return named;
  if (status === 'solved') return 'ticket.resolved';
  if (named !== undefined) return named;
  return status === 'new' && (valueAt(record, 'sys_mod_count') ?? '0') === '0'
    ? 'ticket.created'
    : 'ticket.updated';
}

/** Comments are read by the caller, work notes are not. Who wrote them stands in `comment_author: caller | agent`. */
function noteOf(record: Json): { text: string | undefined; author: TicketEvent['author'] } | undefined {
  const comments = shownAt(record, 'comments', 'comment');
  if (comments === undefined)
    return { text: shownAt(record, 'work_notes'), author: { role: 'agent', internal: true } };
  const role = valueAt(record, 'comment_author')?.toLowerCase();
  const known =
    role === 'caller' || role === 'customer' ? 'customer' : role === 'agent' ? 'agent' : undefined;
  return { text: comments, author: known === undefined ? undefined : { role: known } };
}

const PRIORITIES: Readonly<Record<string, string>> = {
  '1': 'critical',
  '2': 'high',
  '3': 'moderate',
  '4': 'low',
  '5': 'planning',
};

/** `1`, `1 - Critical` or a word: always the word that ServiceNow starts with. */
function priorityOf(record: Json): string | undefined {
  const text = valueAt(record, 'priority');
  if (text === undefined) return undefined;
  const [, number = ''] = /^(\d)(?:\s*-.*)?$/.exec(text) ?? [];
  return PRIORITIES[number] ?? text.toLowerCase();
}

function requesterOf(record: Json): TicketEvent['requester'] {
  const id = valueAt(record, 'caller_id', 'opened_by');
  if (id === undefined) return undefined;
  const tier = shownAt(record, 'u_tier', 'caller_tier');
  return { id, ...(tier === undefined ? {} : { tier }) };
}

const USED = new Set([
  'short_description',
  'description',
  'comments',
  'work_notes',
  'priority',
  'sys_tags',
  'tags',
]);

const attributesOf = (record: Json, event: string | undefined): Record<string, unknown> =>
  present({ ...Object.fromEntries(Object.entries(record).filter(([name]) => !USED.has(name))), event });
