import { readInstant, type TicketEvent } from '@tocsin/contracts';
import { failed, type MappedEvent, type Mapping, type MappingContext } from '../mapping-pack.js';
import { type Json, objectAt, present, textAt, textsAt } from '../read-members.js';
import { statusOf, wordOf } from './ticket-words.js';

/** Event types after which nobody has to act on the ticket any more. */
const ENDS = new Set(['soft_deleted', 'permanently_deleted', 'marked_as_spam', 'merged']);

/**
 * @param name what follows `zen:event-type:`, such as `ticket.created`
 */
export function mapSubscriptionEvent(body: Json, name: string, context: MappingContext): Mapping {
  const [object, act = ''] = name.split('.', 2);
  const senderId = senderIdOf(body, context);
  if (object !== 'ticket' && object !== 'messaging_ticket') return unused(senderId, name, body);
  const detail = objectAt(body, 'detail');
  const ticket = textAt(detail, 'id') ?? /^zen:ticket:(\S+)$/.exec(textAt(body, 'subject') ?? '')?.[1];
  if (ticket === undefined) return failed('no ticket id in detail.id or subject');
  const status = statusAfter(act, detail, objectAt(body, 'event'));
  const event: MappedEvent = {
    senderId,
    kind: 'ticket',
    type: typeOf(act, status),
    key: ticket,
    ...timesOf(body, senderId),
    ...textsOf(act, detail, objectAt(body, 'event')),
    channel: channelOf(object, detail),
    severity: wordOf(textAt(detail, 'priority')),
    status,
    tags: textsAt(detail, 'tags'),
    requester: requesterOf(detail),
    author: authorOf(objectAt(body, 'event')),
    attributes: attributesOf(name, body, detail),
  };
  return { ok: true, events: [event] };
}

function statusAfter(act: string, detail: Json, event: Json): TicketEvent['status'] {
  if (ENDS.has(act)) return 'solved';
  return statusOf(
    textAt(detail, 'status') ?? (act === 'status_changed' ? textAt(event, 'current') : undefined),
  );
}

const channelOf = (object: string, detail: Json): string | undefined =>
  wordOf(textAt(objectAt(detail, 'via'), 'channel')) ??
  (object === 'messaging_ticket' ? 'messaging' : undefined);

const senderIdOf = (body: Json, { headers, bodyHash }: MappingContext): string => {
  const invocation = headers['x-zendesk-webhook-invocation-id'];
  return (
    textAt(body, 'id') ??
    (typeof invocation === 'string' ? `invocation:${invocation}` : `content:${bodyHash()}`)
  );
};

const unused = (senderId: string, name: string, body: Json): Mapping => ({
  ok: true,
  events: [
    {
      senderId,
      kind: 'ticket',
      type: 'ticket.updated',
      key: textAt(body, 'subject') ?? name,
      subject: name,
      attributes: { event: name },
      recordOnly: true,
    },
  ],
});

function typeOf(act: string, status: TicketEvent['status']): TicketEvent['type'] {
  if (ENDS.has(act)) return 'ticket.resolved';
  const solved = status === 'solved';
  if (act === 'created' || act === 'undeleted') return solved ? 'ticket.resolved' : 'ticket.created';
  if (act === 'status_changed') return solved ? 'ticket.resolved' : 'ticket.updated';
  return act === 'comment_added' || act === 'message_added' ? 'ticket.commented' : 'ticket.updated';
}

/** Zendesk's times have nanoseconds: what milliseconds cannot tell apart is compared as text. */
function timesOf(body: Json, senderId: string): Pick<MappedEvent, 'version' | 'occurredAt'> {
  const time = textAt(body, 'time');
  const at = time === undefined ? undefined : readInstant(time);
  if (time === undefined || at === undefined) return {};
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  return {
    occurredAt: at,
    version: { by: 'occurred-at', at, tie: `${fraction.padEnd(9, '0')} ${senderId}` },
  };
}

function textsOf(act: string, detail: Json, event: Json): Pick<MappedEvent, 'subject' | 'body'> {
  const said = textAt(objectAt(event, 'comment'), 'body') ?? textAt(objectAt(event, 'message'), 'body');
  const described =
    act === 'created' || act === 'description_changed' ? textAt(detail, 'description') : undefined;
  return { subject: textAt(detail, 'subject'), body: said ?? described };
}

function requesterOf(detail: Json): TicketEvent['requester'] {
  const id = textAt(detail, 'requester_id');
  return id === undefined ? undefined : { id };
}

/** Zendesk tells of a comment's author whether they are staff; what it does not tell is not guessed. */
function authorOf(event: Json): TicketEvent['author'] {
  const comment = objectAt(event, 'comment');
  const author = objectAt(comment, 'author');
  const name = textAt(author, 'name');
  if (typeof author['is_staff'] !== 'boolean') return undefined;
  return {
    role: author['is_staff'] ? 'agent' : 'customer',
    ...(name === undefined ? {} : { name: name.slice(0, 200) }),
    ...(comment['is_public'] === false ? { internal: true } : {}),
  };
}

const KEPT = [
  'type',
  'assignee_id',
  'organization_id',
  'group_id',
  'form_id',
  'brand_id',
  'external_id',
  'custom_status',
];

const attributesOf = (name: string, body: Json, detail: Json): Record<string, unknown> =>
  present({
    event: name,
    account: body['account_id'],
    ...Object.fromEntries(KEPT.map((member) => [member, detail[member]])),
    actor: detail['actor_id'],
    public: detail['is_public'],
  });
