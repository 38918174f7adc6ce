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
  const detail = objectAt(body, 'detail');
  const [object, act = ''] = name.split('.', 2);
  const senderId = senderIdOf(body, context);
  if (object !== 'ticket' && object !== 'messaging_ticket') return unused(senderId, name, body);
  const ticket = textAt(detail, 'id') ?? /^zen:ticket:(\S+)$/.exec(textAt(body, 'subject') ?? '')?.[1];
  if (ticket === undefined) return failed('no ticket id in detail.id or subject');
  const event = objectAt(body, 'event');
  const status = statusOf(textAt(detail, 'status') ?? (act === 'status_changed' ? textAt(event, 'current') : undefined));
  const time = textAt(body, 'time');
  const subject = textAt(detail, 'subject');
  return {
    ok: true,
    events: [
      {
        senderId,
        kind: 'ticket',
        type: typeOf(act, status),
        key: ticket,
        ...versionOf(time, senderId),
        occurredAt: time === undefined ? undefined : readInstant(time),
        subject,
        body: bodyOf(act, detail, event),
        channel: wordOf(textAt(objectAt(detail, 'via'), 'channel')) ?? (object === 'messaging_ticket' ? 'messaging' : undefined),
        severity: wordOf(textAt(detail, 'priority')),
        status: ENDS.has(act) ? 'solved' : status,
        tags: textsAt(detail, 'tags'),
        requester: requesterOf(detail),
        attributes: attributesOf(name, body, detail),
      },
    ],
  };
}

const senderIdOf = (body: Json, { headers, bodyHash }: MappingContext): string => {
  const invocation = headers['x-zendesk-webhook-invocation-id'];
  return textAt(body, 'id') ?? (typeof invocation === 'string' ? `invocation:${invocation}` : `content:${bodyHash()}`);
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
function versionOf(time: string | undefined, senderId: string): Pick<MappedEvent, 'version'> {
  const at = time === undefined ? undefined : readInstant(time);
  if (time === undefined || at === undefined) return {};
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  return { version: { by: 'occurred-at', at, tie: `${fraction.padEnd(9, '0')} ${senderId}` } };
}

function bodyOf(act: string, detail: Json, event: Json): string | undefined {
  const said = textAt(objectAt(event, 'comment'), 'body') ?? textAt(objectAt(event, 'message'), 'body');
  return said ?? (act === 'created' || act === 'description_changed' ? textAt(detail, 'description') : undefined);
}

function requesterOf(detail: Json): TicketEvent['requester'] {
  const id = textAt(detail, 'requester_id');
  return id === undefined ? undefined : { id };
}

const KEPT = ['type', 'assignee_id', 'organization_id', 'group_id', 'form_id', 'brand_id', 'external_id', 'custom_status'];

const attributesOf = (name: string, body: Json, detail: Json): Record<string, unknown> =>
  present({
    event: name,
    account: body['account_id'],
    ...Object.fromEntries(KEPT.map((member) => [member, detail[member]])),
    actor: detail['actor_id'],
    public: detail['is_public'],
  });
