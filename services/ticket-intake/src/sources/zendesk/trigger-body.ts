import { readInstant, TICKET_EVENT_TYPES, type TicketEvent } from '@tocsin/contracts';
import { failed, type Mapping, type MappingContext } from '../mapping-pack.js';
import { type Json, present, textAt } from '../read-members.js';
import { statusOf, wordOf } from './ticket-words.js';

const USED = new Set([
  'ticket_id',
  'id',
  'title',
  'subject',
  'status',
  'priority',
  'url',
  'link',
  'requester',
  'updated_at',
  'event',
  'description',
  'comment',
  'latest_comment',
  'category',
  'market',
  'language',
  'tags',
  'via',
  'channel',
  'affected',
]);

/** The JSON that an admin writes into a trigger; docs/sources/zendesk.md has the template to copy. */
export function mapTriggerBody(body: Json, context: MappingContext): Mapping {
  const ticket = textAt(body, 'ticket_id', 'id');
  if (ticket === undefined) return failed('neither a Zendesk event nor a trigger body with ticket_id');
  const status = statusOf(textAt(body, 'status'));
  const updatedAt = textAt(body, 'updated_at');
  const requester = textAt(body, 'requester');
  const affected = Number(textAt(body, 'affected') ?? Number.NaN);
  return {
    ok: true,
    events: [
      {
        senderId: senderIdOf(context),
        kind: 'ticket',
        type: typeOf(wordOf(textAt(body, 'event')), status),
        key: ticket,
        occurredAt: updatedAt === undefined ? undefined : readInstant(updatedAt),
        subject: textAt(body, 'title', 'subject'),
        body: textAt(body, 'latest_comment', 'comment', 'description'),
        category: textAt(body, 'category'),
        market: textAt(body, 'market'),
        language: textAt(body, 'language'),
        channel: wordOf(textAt(body, 'via', 'channel')),
        severity: wordOf(textAt(body, 'priority')),
        status,
        affected: affected >= 0 ? affected : undefined,
        tags: tagsOf(body['tags']),
        requester: requester === undefined ? undefined : { id: requester },
        link: textAt(body, 'url', 'link'),
        attributes: present(Object.fromEntries(Object.entries(body).filter(([name]) => !USED.has(name)))),
      },
    ],
  };
}

/** A trigger's body has no id of its own: Zendesk's invocation id is the same over all tries of one firing. */
const senderIdOf = ({ headers, bodyHash }: MappingContext): string => {
  const invocation = headers['x-zendesk-webhook-invocation-id'];
  return typeof invocation === 'string' && invocation !== ''
    ? `invocation:${invocation}`
    : `content:${bodyHash()}`;
};

function typeOf(event: string | undefined, status: TicketEvent['status']): TicketEvent['type'] {
  const named = TICKET_EVENT_TYPES.find((type) => type === event || type === `ticket.${event}`);
  if (named !== undefined) return named;
  if (status === 'solved') return 'ticket.resolved';
  return status === 'new' ? 'ticket.created' : 'ticket.updated';
}

/** `{{ticket.tags}}` is one text, separated by spaces. */
function tagsOf(tags: unknown): string[] {
  const list = typeof tags === 'string' ? tags.split(/[\s,]+/) : Array.isArray(tags) ? tags : [];
  return list.filter((tag): tag is string => typeof tag === 'string' && tag !== '');
}
