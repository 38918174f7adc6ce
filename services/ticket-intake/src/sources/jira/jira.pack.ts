import { readInstant, type TicketEvent } from '@tocsin/contracts';
import { headerOf } from '../../authenticate-sender/signature.js';
import {
  failed,
  type MappedEvent,
  type Mapping,
  type MappingContext,
  type MappingPack,
  MIB,
} from '../mapping-pack.js';
import { isObject, type Json, objectAt, present, textAt, textsAt } from '../read-members.js';
import { documentText } from './document-text.js';
import { jiraSignature } from './jira-signature.js';

const DELIVERY = 'x-atlassian-webhook-identifier';

/**
 * Jira and Jira Service Management, Cloud and Data Center: webhooks, and the issue that an automation rule sends.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/
 */
export const jira: MappingPack = {
  kind: 'jira',
  version: 1,
  bodyLimit: MIB,
  signature: jiraSignature,
  keyInAddress: true,
  refusesFaults: false,
  comeBack: 429,
  idHeaders: [DELIVERY],
  map: mapBody,
};

function mapBody(body: unknown, context: MappingContext): Mapping {
  if (!isObject(body)) return failed('not a JSON object');
  const name = textAt(body, 'webhookEvent') ?? '';
  const senderId = senderIdOf(context);
  // An automation rule's «Issue data» is the issue itself, without an event around it.
  const issue = isObject(body['issue']) ? body['issue'] : isObject(body['fields']) ? body : undefined;
  if (issue === undefined)
    return name === ''
      ? failed('neither a Jira webhook nor an issue with fields')
      : { ok: true, events: [unused(senderId, name, body)] };
  const id = textAt(issue, 'id', 'key');
  if (id === undefined) return failed('an issue without id');
  return { ok: true, events: [eventOf({ body, issue, id, name, senderId })] };
}

interface Told {
  readonly body: Json;
  readonly issue: Json;
  readonly id: string;
  /** `webhookEvent`; empty for an automation rule. */
  readonly name: string;
  readonly senderId: string;
}

function eventOf({ body, issue, id, name, senderId }: Told): MappedEvent {
  const fields = objectAt(issue, 'fields');
  const comment = isObject(body['comment']) ? body['comment'] : undefined;
  const deleted = name === 'jira:issue_deleted';
  const status = deleted ? 'solved' : statusOf(objectAt(fields, 'status'));
  const type = typeOf(name, body, status);
  const said = type === 'ticket.commented' && comment !== undefined ? comment : undefined;
  return {
    senderId,
    kind: 'ticket',
    type,
    // The key changes when an issue moves to another project; the id does not.
    key: id,
    occurredAt: timeOf(body, fields, said),
    subject: textAt(fields, 'summary'),
    body: said === undefined ? documentText(fields['description']) : documentText(said['body']),
    severity: textAt(objectAt(fields, 'priority'), 'name')?.toLowerCase(),
    status,
    tags: textsAt(fields, 'labels'),
    requester: requesterOf(fields),
    author: said === undefined ? undefined : authorOf(said, fields),
    link: linkOf(issue),
    attributes: attributesOf(body, issue, fields),
  };
}

/** Retries of one delivery carry the same identifier; without it, the same content is the same event. */
const senderIdOf = ({ headers, bodyHash }: MappingContext): string => {
  const delivery = headerOf(headers, DELIVERY);
  return delivery === undefined || delivery === '' ? `content:${bodyHash()}` : `delivery:${delivery}`;
};

const unused = (senderId: string, name: string, body: Json): MappedEvent => ({
  senderId,
  kind: 'ticket',
  type: 'ticket.updated',
  key: name,
  subject: name,
  attributes: present({ event: name, user: textAt(objectAt(body, 'user'), 'displayName') }),
  recordOnly: true,
});

const NAMED: Readonly<Record<string, TicketEvent['status']>> = {
  'waiting for customer': 'waiting-for-customer',
  pending: 'on-hold',
  'on hold': 'on-hold',
  blocked: 'on-hold',
};
const CATEGORIES: Readonly<Record<string, TicketEvent['status']>> = {
  new: 'new',
  indeterminate: 'open',
  done: 'solved',
};

/** By name where the name says more than its category: to do, in progress, done. */
function statusOf(status: Json): TicketEvent['status'] {
  const category = textAt(objectAt(status, 'statusCategory'), 'key') ?? '';
  if (category === 'done') return 'solved';
  return NAMED[textAt(status, 'name')?.toLowerCase() ?? ''] ?? CATEGORIES[category];
}

function typeOf(name: string, body: Json, status: TicketEvent['status']): TicketEvent['type'] {
  if (name === 'jira:issue_deleted') return 'ticket.resolved';
  if (isComment(name, body)) return 'ticket.commented';
  const solved = status === 'solved';
  if (name === 'jira:issue_created') return solved ? 'ticket.resolved' : 'ticket.created';
  // An update of a closed issue that does not touch its status closes nothing anew.
  const touched = changesOf(body).some(({ field }) => field === 'status' || field === 'resolution');
  return solved && (name === '' || touched) ? 'ticket.resolved' : 'ticket.updated';
}

/** Old servers tell of a comment as an update without changes. */
const isComment = (name: string, body: Json): boolean =>
  /^(comment_(created|updated)|jira:issue_commented)$/.test(name) ||
  (/^issue_comment(ed|_edited)$/.test(textAt(body, 'issue_event_type_name') ?? '') &&
    changesOf(body).length === 0);

const changesOf = (body: Json): Json[] => {
  const items = objectAt(body, 'changelog')['items'];
  return Array.isArray(items) ? items.filter(isObject) : [];
};

/** Jira Cloud's `timestamp` counts milliseconds; old servers write local time without a zone, which orders nothing. */
function timeOf(body: Json, fields: Json, comment: Json | undefined): number | undefined {
  const stamp = body['timestamp'];
  if (typeof stamp === 'number') return stamp;
  const text = textAt(comment ?? {}, 'updated', 'created') ?? textAt(fields, 'updated', 'created');
  return text === undefined ? undefined : readInstant(text);
}

const personOf = (person: Json): string | undefined => textAt(person, 'accountId', 'name', 'key');

function requesterOf(fields: Json): TicketEvent['requester'] {
  const id = personOf(objectAt(fields, 'reporter'));
  return id === undefined ? undefined : { id };
}

/** The reporter and portal customers are the other side; a note has `jsdPublic: false`. Others are not guessed at. */
function authorOf(comment: Json, fields: Json): TicketEvent['author'] {
  const author = objectAt(comment, 'author');
  const name = textAt(author, 'displayName')?.slice(0, 200);
  const named = name === undefined ? {} : { name };
  const id = personOf(author);
  if (comment['jsdPublic'] === false) return { role: 'agent', internal: true, ...named };
  const asked = id !== undefined && id === personOf(objectAt(fields, 'reporter'));
  if (asked || author['accountType'] === 'customer') return { role: 'customer', ...named };
  return typeof comment['jsdPublic'] === 'boolean' ? { role: 'agent', ...named } : undefined;
}

function linkOf(issue: Json): string | undefined {
  const self = textAt(issue, 'self') ?? '';
  const key = textAt(issue, 'key');
  const at = self.indexOf('/rest/');
  return at < 0 || key === undefined ? undefined : `${self.slice(0, at)}/browse/${encodeURIComponent(key)}`;
}

/** Used above, or long and of no use to anybody who decides. */
const LEFT_OUT = new Set([
  'summary',
  'description',
  'priority',
  'status',
  'labels',
  'reporter',
  'comment',
  'worklog',
  'attachment',
  'votes',
  'watches',
]);

function attributesOf(body: Json, issue: Json, fields: Json): Record<string, unknown> {
  const changes = changesOf(body).map(({ field, fromString, toString: to }) =>
    present({ field, from: fromString, to: typeof to === 'string' ? to : undefined }),
  );
  const attachments = fields['attachment'];
  return present({
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => !LEFT_OUT.has(name))),
    event: body['webhookEvent'],
    eventType: body['issue_event_type_name'],
    issueKey: issue['key'],
    statusName: textAt(objectAt(fields, 'status'), 'name'),
    user: textAt(objectAt(body, 'user'), 'displayName'),
    changes: changes.length === 0 ? undefined : changes,
    attachments: Array.isArray(attachments)
      ? attachments.filter(isObject).map((one) => textAt(one, 'filename'))
      : undefined,
  });
}
