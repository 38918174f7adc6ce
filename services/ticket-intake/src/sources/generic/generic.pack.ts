import { GenericEvent, INTAKE_MESSAGES, readInstant, REFUSED_MEMBERS } from '@tocsin/contracts';
import { pointerOf } from '@tocsin/runtime';
import {
  failed,
  KIB,
  type Mapping,
  type MappedEvent,
  type MappingContext,
  type MappingPack,
} from '../mapping-pack.js';
import { isObject, type Json, present } from '../read-members.js';

const OWN_MEMBERS = new Set(Object.keys(GenericEvent.shape));
const ID_HEADERS = ['webhook-id', 'idempotency-key'];
export const NEEDS_SUBJECT: ReadonlySet<string> = new Set(['ticket.created', 'alert.raised']);

/** Our own published form (`GenericEvent`): the one whose faults are answered with 422. */
export const generic: MappingPack = {
  kind: 'generic',
  version: 1,
  bodyLimit: 256 * KIB,
  refusesFaults: true,
  comeBack: 503,
  idHeaders: ID_HEADERS,
  map: mapGeneric,
};

export function mapGeneric(body: unknown, context: MappingContext): Mapping {
  if (!isObject(body)) return failed('not an event', [{ pointer: '', detail: 'a JSON object' }]);
  const whole = GenericEvent.safeParse(body);
  if (whole.success) return finish(whole.data, body, [], context);
  const names = new Set(whole.error.issues.map(({ path }) => String(path[0])));
  const refused = whole.error.issues.filter(({ path }) => REFUSED_MEMBERS.has(String(path[0])));
  if (refused.length > 0)
    return failed(
      'broken event',
      refused.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message })),
    );
  const rest = GenericEvent.safeParse(
    Object.fromEntries(Object.entries(body).filter(([name]) => !names.has(name))),
  );
  return rest.success ? finish(rest.data, body, [...names], context) : failed('broken event');
}

/** @param odd members whose form is not ours: kept as they came */
function finish(event: GenericEvent, body: Json, odd: readonly string[], context: MappingContext): Mapping {
  const subject = nonEmpty(event.subject);
  if (subject === undefined && NEEDS_SUBJECT.has(event.type))
    return failed('broken event', [{ pointer: '/subject', detail: INTAKE_MESSAGES.subjectMissing.en }]);
  const version = versionOf(event.version);
  const unordered = version === undefined && event.version !== null && event.version !== undefined;
  return {
    ok: true,
    events: [
      {
        senderId: senderIdOf(event, context),
        kind: event.type.startsWith('alert.') ? 'alert' : 'ticket',
        type: event.type,
        key: event.key,
        ...(version === undefined ? {} : { version }),
        ...plainMembers(event),
        subject,
        attributes: attributesOf(event, body, unordered ? [...odd, 'version'] : odd),
        flags: [...odd.map((name) => `odd-${name}`), ...(unordered ? ['odd-version'] : [])],
      },
    ],
  };
}

function plainMembers(event: GenericEvent): Partial<MappedEvent> {
  return {
    occurredAt: event.occurredAt ?? undefined,
    body: nonEmpty(event.body),
    category: nonEmpty(event.category),
    market: nonEmpty(event.market),
    language: nonEmpty(event.language),
    channel: nonEmpty(event.channel),
    severity: nonEmpty(event.severity),
    status: event.status ?? undefined,
    service: nonEmpty(event.service),
    affected: event.affected ?? undefined,
    tags: event.tags ?? [],
    requester: event.requester ?? undefined,
    author: event.author ?? undefined,
    link: event.link ?? undefined,
  };
}

/** Without an id: the Standard Webhooks or Idempotency-Key header, else the content, so that a retry is a duplicate. */
function senderIdOf(event: GenericEvent, { headers, bodyHash }: MappingContext): string {
  if (typeof event.id === 'string') return event.id;
  for (const name of ID_HEADERS) {
    const given = headers[name];
    if (typeof given === 'string' && given !== '') return `${name}:${given}`;
  }
  return `content:${bodyHash()}`;
}

function attributesOf(event: GenericEvent, body: Json, odd: readonly string[]): Record<string, unknown> {
  const unknown = Object.entries(body).filter(([name]) => !OWN_MEMBERS.has(name) || odd.includes(name));
  return { ...present(Object.fromEntries(unknown)), ...(odd.includes('attributes') ? {} : event.attributes) };
}

/** Whole numbers of any size and instants order; anything else does not. Equal numbers are compared as padded text. */
export function versionOf(given: string | number | null | undefined): MappedEvent['version'] {
  if (given === null || given === undefined) return undefined;
  const text = String(given).trim();
  if (/^\d{1,40}$/.test(text)) return { by: 'sender', at: Number(text), tie: text.padStart(40, '0') };
  if (typeof given === 'number')
    return Number.isFinite(given) ? { by: 'sender', at: given, tie: '' } : undefined;
  const at = readInstant(text);
  return at === undefined ? undefined : { by: 'sender', at, tie: '' };
}

const nonEmpty = (text: string | null | undefined): string | undefined => {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
};
