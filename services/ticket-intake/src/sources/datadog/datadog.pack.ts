import { readInstant } from '@tocsin/contracts';
import { mapGeneric } from '../generic/generic.pack.js';
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
 * Datadog's webhook integration: the JSON that an admin writes of `$VARIABLES`, after our template or another with the
 * usual names. Datadog signs nothing: a key in a custom header.
 * https://docs.datadoghq.com/integrations/webhooks/
 */
export const datadog: MappingPack = {
  kind: 'datadog',
  version: 1,
  bodyLimit: MIB,
  refusesFaults: false,
  comeBack: 503,
  map: mapBody,
};

function mapBody(given: unknown, context: MappingContext): Mapping {
  if (!isObject(given)) return failed('not a JSON object');
  const body = written(given);
  const transition = textAt(body, 'alert_transition', 'transition')?.toLowerCase();
  if (transition === undefined)
    return textAt(body, 'type', 'key') === undefined
      ? failed('no alert_transition: see the template of docs/sources/datadog.md')
      : mapGeneric(given, context);
  const key = keyOf(body);
  if (key === undefined) return failed('neither alert_cycle_key, aggreg_key nor alert_id');
  return { ok: true, events: [eventOf(body, key, transition, context)] };
}

/** Without the variables that Datadog had nothing for: it leaves `$NAME`, or writes `null`. */
const written = (body: Json): Json =>
  Object.fromEntries(
    Object.entries(body).filter(
      ([, value]) => typeof value !== 'string' || !/^(\$[A-Z][A-Z0-9_]*|null)?$/.test(value.trim()),
    ),
  );

/** A cycle is one time that an alert was raised, for one group of the monitor. */
function keyOf(body: Json): string | undefined {
  const cycle = textAt(body, 'alert_cycle_key', 'aggreg_key');
  if (cycle !== undefined) return cycle;
  const id = textAt(body, 'alert_id', 'monitor_id');
  const scope = textAt(body, 'alert_scope', 'scope');
  return id === undefined || scope === undefined ? id : `${id} ${scope}`;
}

function eventOf(body: Json, key: string, transition: string, { bodyHash }: MappingContext): MappedEvent {
  const id = textAt(body, 'id', 'event_id');
  return {
    // The event's id is the same over Datadog's tries.
    senderId: id === undefined ? `content:${bodyHash()}` : `event:${id} ${key} ${transition}`,
    kind: 'alert',
    type: transition === 'recovered' ? 'alert.cleared' : 'alert.raised',
    key,
    occurredAt: instantOf(textAt(body, 'date', 'last_updated', 'date_posix')),
    subject: textAt(body, 'alert_title', 'title', 'event_title'),
    body: textAt(body, 'text_only_msg', 'body', 'event_msg', 'message'),
    severity: severityOf(body, transition),
    link: textAt(body, 'link', 'url'),
    ...fromTags(body['tags']),
    attributes: attributesOf(body),
  };
}

/** The monitor's own priority, else what the transition says, else the type of the alert. */
function severityOf(body: Json, transition: string): string | undefined {
  const priority = textAt(body, 'alert_priority', 'priority')?.toLowerCase();
  if (priority !== undefined) return priority;
  if (transition === 'recovered') return undefined;
  if (transition.includes('no data')) return 'no data';
  if (transition.includes('warn')) return 'warning';
  return textAt(body, 'alert_type')?.toLowerCase() ?? 'error';
}

/** Milliseconds or seconds since 1970, or ISO 8601. */
function instantOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{9,14}(\.\d+)?$/.test(text)) return readInstant(text);
  const count = Math.trunc(Number(text));
  return count < 100_000_000_000 ? count * 1000 : count;
}

/** `service:x,env:y`: what routes stands in tags of these names. */
function fromTags(given: unknown): Partial<MappedEvent> {
  const list: unknown[] = typeof given === 'string' ? given.split(',') : Array.isArray(given) ? given : [];
  const tags = list.flatMap((tag) => (typeof tag === 'string' && tag.trim() !== '' ? [tag.trim()] : []));
  const named = (name: string): string | undefined =>
    tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1);
  return { tags, service: named('service'), market: named('market'), category: named('category') };
}

const USED = new Set(['alert_title', 'text_only_msg', 'body', 'event_msg', 'message', 'link', 'tags']);

const attributesOf = (body: Json): Record<string, unknown> =>
  present({
    ...Object.fromEntries(Object.entries(body).filter(([name]) => !USED.has(name))),
    org: isObject(body['org']) ? written(objectAt(body, 'org')) : body['org'],
  });
