import { z } from 'zod';
import { Author, TICKET_EVENT_TYPES, TICKET_STATUSES } from '../events/ticket-event.js';
import { PRIORITIES } from '../priority.js';

const text = (most: number) => z.string().max(most);

/** Identifiers may be numbers up to 2^53; beyond it JSON readers round, so two ids would become one. */
const identifier = z.union([z.string().trim().min(1).max(512), z.int().transform(String)], {
  error:
    'a text of 1 to 512 characters, or a whole number up to 9007199254740991 (write bigger ones as text)',
});

/** A priority written where a severity belongs: `P0`, `p-1`, `P 9`. */
const LOOKS_LIKE_PRIORITY = /^p\s*-?\d+$/i;

const severity = z
  .union([z.string(), z.number().transform(String)], {
    error: 'a word of the source’s severity map, or P1 to P5',
  })
  .transform((word) => word.trim())
  .refine(
    (word) => !LOOKS_LIKE_PRIORITY.test(word) || PRIORITIES.some((known) => known === word.toUpperCase()),
    {
      error: 'a priority is P1 (most urgent) to P5; else use a word of the source’s severity map',
    },
  )
  .refine((word) => word.length <= 100, { error: 'at most 100 characters' });

/** ISO 8601 with a zone (`Z`, `+08:00`, `+0800`), or milliseconds since 1970. Read as milliseconds. */
const instant = z.union([z.string().max(64), z.number()]).transform((given, ctx): number => {
  const at = typeof given === 'number' ? given : readInstant(given);
  if (at !== undefined && Number.isFinite(at) && Math.abs(at) <= LAST_INSTANT) return at;
  ctx.addIssue({
    code: 'custom',
    message: 'an instant such as 2026-11-22T09:00:00Z, within the years 0001 to 9999',
  });
  return z.NEVER;
});

/** 9999-12-31T23:59:59.999Z: the last instant that every reader of ISO 8601 with four-digit years can hold. */
const LAST_INSTANT = 253_402_300_799_999;

const ISO =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d{2}(?::?\d{2})?)Z?$/i;

/**
 * Reads the ISO 8601 forms that senders are known to write, `+0000`, nanoseconds and `+00:00Z` among them.
 * @returns milliseconds since 1970; undefined when the text is no instant
 */
export function readInstant(iso: string): number | undefined {
  const [whole, date, clock, fraction = '', zone = 'Z'] = ISO.exec(iso.trim()) ?? [];
  if (whole === undefined) return undefined;
  const offset = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
  const seconds = clock?.length === 5 ? `${clock}:00` : clock;
  const at = Date.parse(`${date}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * The body of `POST /v1/sources/{source}/events` of a source of kind `generic`, and one line of its batch.
 * Members that are not listed are kept in `attributes`; null counts as absent.
 */
export const GenericEvent = z.looseObject({
  /** The sender's id of this event: the same id is the same event. Without one the server makes it from the content. */
  id: identifier.nullish(),
  type: z.enum(TICKET_EVENT_TYPES),
  /** What the event is about: all events of one ticket or alert carry the same key. */
  key: identifier,
  /** Orders the events of one key: a whole number or an instant; without it `occurredAt`, else the order of receipt. */
  version: z.union([z.number(), text(100)]).nullish(),
  /** Required for ticket.created and alert.raised. */
  subject: z.string().nullish(),
  body: z.string().nullish(),
  /** Dotted path of the taxonomy, such as live.payout. */
  category: text(200).nullish(),
  market: text(100).nullish(),
  language: text(100).nullish(),
  channel: text(100).nullish(),
  severity: severity.nullish(),
  /** How many people are affected. */
  affected: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ])
    .pipe(z.number().nonnegative())
    .nullish(),
  tags: z.array(text(200)).max(200).nullish(),
  status: z.enum(TICKET_STATUSES).nullish(),
  /** A service of the config tree. */
  service: text(100).nullish(),
  requester: z
    .union([
      identifier.transform((id) => ({ id })),
      z.object({ id: identifier.optional(), tier: text(100).optional(), segment: text(100).optional() }),
    ])
    .nullish(),
  /** Who wrote the comment: an agent's is the first response of an SLA, a customer's ends a wait for the customer. */
  author: Author.nullish(),
  /** http or https. */
  link: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .nullish(),
  occurredAt: instant.nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
});
export type GenericEvent = z.output<typeof GenericEvent>;

/**
 * Members without which, or with whose wrong form, an event cannot be understood: they alone are refused with 422.
 * Any other odd member is kept in `attributes` as it came, because a refused event is a lost page too.
 */
export const REFUSED_MEMBERS: ReadonlySet<string> = new Set([
  'id',
  'type',
  'key',
  'subject',
  'severity',
  'occurredAt',
]);
