import { readInstant } from '@tocsin/contracts';
import {
  failed,
  type Fault,
  type MappedEvent,
  type Mapping,
  type MappingContext,
  type MappingPack,
  MIB,
} from '../mapping-pack.js';
import { isObject, type Json, objectAt, present, textAt } from '../read-members.js';

const SEVERITIES = new Set(['critical', 'error', 'warning', 'info']);
const MOST_DEDUP_KEY = 255;

/**
 * PagerDuty Events API v2. https://developer.pagerduty.com/docs/events-api-v2-overview
 * Lenient where real senders are: see docs/sources/pagerduty.md.
 */
export const pagerduty: MappingPack = {
  kind: 'pagerduty',
  version: 1,
  bodyLimit: MIB,
  refusesFaults: false,
  comeBack: 429,
  map: mapEnqueue,
};

function mapEnqueue(body: unknown, context: MappingContext): Mapping {
  if (!isObject(body))
    return failed('Event object is invalid', [{ pointer: '', detail: 'Event object is invalid' }]);
  const action = textAt(body, 'event_action');
  const faults = faultsOf(body, action);
  if (faults.length > 0) return failed('Event object is invalid', faults);
  return {
    ok: true,
    events: [action === 'trigger' ? trigger(body, context) : follow(body, action, context)],
  };
}

function faultsOf(body: Json, action: string | undefined): Fault[] {
  const faults: Fault[] = [];
  const fault = (pointer: string, detail: string): number => faults.push({ pointer, detail });
  const dedupKey = textAt(body, 'dedup_key');
  if (dedupKey !== undefined && dedupKey.length > MOST_DEDUP_KEY)
    fault(
      '/dedup_key',
      `Length of 'dedup_key' is incorrect (should be at most ${MOST_DEDUP_KEY} characters)`,
    );
  if (action === 'acknowledge' || action === 'resolve') {
    if (dedupKey === undefined) fault('/dedup_key', `'dedup_key' is missing or blank`);
  } else if (action === 'trigger') {
    if (textAt(objectAt(body, 'payload'), 'summary') === undefined)
      fault('/payload/summary', `'payload.summary' is missing or blank`);
  } else {
    fault(
      '/event_action',
      `'event_action' is invalid (should be one of the following: trigger, acknowledge, resolve)`,
    );
  }
  return faults;
}

function trigger(body: Json, context: MappingContext): MappedEvent {
  const payload = objectAt(body, 'payload');
  const given = textAt(payload, 'severity')?.toLowerCase();
  const known = given !== undefined && SEVERITIES.has(given);
  return {
    ...identityOf(body, context),
    type: 'alert.raised',
    subject: textAt(payload, 'summary'),
    severity: known ? given : 'error',
    link: linkOf(body),
    attributes: attributesOf(body, payload),
    flags: known ? [] : ['odd-severity'],
  };
}

/** Acknowledge and resolve: real senders attach a whole payload, most attach none. */
function follow(body: Json, action: string | undefined, context: MappingContext): MappedEvent {
  const payload = objectAt(body, 'payload');
  return {
    ...identityOf(body, context),
    type: action === 'resolve' ? 'alert.cleared' : 'ticket.updated',
    subject: textAt(payload, 'summary'),
    attributes: attributesOf(body, payload),
  };
}

/**
 * The vendor gives no event id, and the same bytes may rightly come again (trigger, resolve, trigger): only with a
 * timestamp inside can a repeat be told from a new event.
 */
function identityOf(
  body: Json,
  { bodyHash, freshId }: MappingContext,
): Pick<MappedEvent, 'senderId' | 'kind' | 'key' | 'occurredAt' | 'orderedByReceipt'> {
  const timestamp = textAt(objectAt(body, 'payload'), 'timestamp');
  const fresh = timestamp === undefined ? freshId() : undefined;
  const senderId = fresh === undefined ? `content:${bodyHash()}` : `delivery:${fresh}`;
  return {
    senderId,
    kind: 'alert',
    key: textAt(body, 'dedup_key') ?? fresh ?? bodyHash().slice(0, 32),
    occurredAt: timestamp === undefined ? undefined : readInstant(timestamp),
    orderedByReceipt: true,
  };
}

function linkOf(body: Json): string | undefined {
  const links = body['links'];
  const first: unknown = Array.isArray(links) ? links[0] : undefined;
  return isObject(first) ? textAt(first, 'href') : textAt(body, 'client_url');
}

const attributesOf = (body: Json, payload: Json): Record<string, unknown> =>
  present({
    event_action: body['event_action'],
    source: payload['source'],
    component: payload['component'],
    group: payload['group'],
    class: payload['class'],
    custom_details: payload['custom_details'],
    client: body['client'],
    client_url: body['client_url'],
    links: body['links'],
    images: body['images'],
  });

/** Change events never page: they are kept as received. */
export function mapChange(body: unknown, context: MappingContext): Mapping {
  const payload = isObject(body) ? objectAt(body, 'payload') : {};
  const summary = textAt(payload, 'summary');
  if (!isObject(body) || summary === undefined)
    return failed('Event object is invalid', [
      { pointer: '/payload/summary', detail: `'payload.summary' is missing or blank` },
    ]);
  return {
    ok: true,
    events: [
      {
        ...identityOf(body, context),
        type: 'alert.raised',
        subject: summary,
        severity: 'info',
        attributes: attributesOf(body, payload),
        recordOnly: true,
      },
    ],
  };
}
