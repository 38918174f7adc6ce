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
import { isObject, type Json, objectAt, present, textAt } from '../read-members.js';
import { sentrySignature } from './sentry-signature.js';

const RESOURCE = 'sentry-hook-resource';
const REQUEST = 'request-id';

/**
 * Sentry's integration platform: issue alerts, metric alerts, issues and comments.
 * https://docs.sentry.io/organization/integrations/integration-platform/webhooks/
 */
export const sentry: MappingPack = {
  kind: 'sentry',
  version: 1,
  bodyLimit: MIB,
  signature: sentrySignature,
  refusesFaults: false,
  comeBack: 503,
  idHeaders: [RESOURCE, REQUEST],
  map: mapHook,
};

function mapHook(body: unknown, context: MappingContext): Mapping {
  if (!isObject(body) || !isObject(body['data'])) return failed('no Sentry hook: it has no data');
  const data = body['data'];
  const resource = headerOf(context.headers, RESOURCE) ?? resourceOf(data);
  const action = textAt(body, 'action') ?? '';
  const common = { senderId: senderIdOf(context), attributes: attributesOf(body, data, resource) };
  const mapped = mappedOf(resource, action, data);
  if (mapped === 'unused')
    return { ok: true, events: [{ ...unused(resource, action), ...common, recordOnly: true }] };
  if (mapped === undefined) return failed(`a ${resource} without the id of its issue or alert`);
  // Sentry's times are those of the error; its hooks come in order and are not repeated.
  return { ok: true, events: [{ ...mapped, ...common, orderedByReceipt: true }] };
}

/** For bodies that lost their headers on the way. */
const resourceOf = (data: Json): string =>
  ['metric_alert', 'event_alert', 'issue', 'comment', 'error'].find(
    (name) => isObject(data[name]) || (name === 'event_alert' && isObject(data['event'])),
  ) ?? (textAt(data, 'comment_id') === undefined ? 'unknown' : 'comment');

const senderIdOf = ({ headers, bodyHash }: MappingContext): string => {
  const request = headerOf(headers, REQUEST);
  return request === undefined || request === '' ? `content:${bodyHash()}` : `request:${request}`;
};

type Mapped = Omit<MappedEvent, 'senderId' | 'attributes'>;

function mappedOf(resource: string, action: string, data: Json): Mapped | 'unused' | undefined {
  switch (resource) {
    case 'event_alert':
      return ofError(objectAt(data, 'event'), 'alert.raised');
    case 'metric_alert':
      return ofMetric(action, data);
    case 'issue':
      return ofIssue(action, objectAt(data, 'issue'));
    case 'comment':
      return ofComment(action, data);
    default:
      // Every single error, installations and what else there will be.
      return 'unused';
  }
}

function ofError(event: Json, type: TicketEvent['type']): Mapped | undefined {
  const issue = textAt(event, 'issue_id') ?? /\/issues\/(\d+)/.exec(textAt(event, 'issue_url') ?? '')?.[1];
  if (issue === undefined) return undefined;
  return {
    kind: 'alert',
    type,
    key: `issue-${issue}`,
    occurredAt: instantAt(event, 'datetime', 'timestamp'),
    subject: textAt(event, 'title') ?? textAt(objectAt(event, 'metadata'), 'value'),
    body: textAt(event, 'message', 'culprit'),
    severity: textAt(event, 'level')?.toLowerCase(),
    tags: tagsOf(event['tags']),
    link: textAt(event, 'web_url', 'url'),
  };
}

function ofMetric(action: string, data: Json): Mapped | undefined {
  const alert = objectAt(data, 'metric_alert');
  const id = textAt(alert, 'id', 'identifier');
  if (id === undefined) return undefined;
  const cleared = action === 'resolved';
  return {
    kind: 'alert',
    type: cleared ? 'alert.cleared' : 'alert.raised',
    key: `metric-alert-${id}`,
    occurredAt: instantAt(alert, cleared ? 'date_closed' : 'date_started'),
    subject: textAt(data, 'description_title') ?? textAt(alert, 'title'),
    body: textAt(data, 'description_text'),
    severity: cleared || action === '' ? undefined : action,
    link: textAt(data, 'web_url'),
  };
}

const OF_AN_ISSUE: Readonly<Record<string, TicketEvent['type']>> = {
  created: 'alert.raised',
  unresolved: 'alert.raised',
  resolved: 'alert.cleared',
  archived: 'alert.cleared',
  ignored: 'alert.cleared',
};

function ofIssue(action: string, issue: Json): Mapped | undefined {
  const id = textAt(issue, 'id');
  if (id === undefined) return undefined;
  return {
    kind: 'alert',
    type: OF_AN_ISSUE[action] ?? 'ticket.updated',
    key: `issue-${id}`,
    occurredAt: instantAt(issue, 'lastSeen'),
    subject: textAt(issue, 'title'),
    body: textAt(issue, 'culprit'),
    severity: textAt(issue, 'level')?.toLowerCase(),
    tags: [textAt(issue, 'platform')].filter((tag) => tag !== undefined),
    link: textAt(issue, 'web_url', 'permalink'),
  };
}

function ofComment(action: string, data: Json): Mapped | 'unused' | undefined {
  if (action === 'deleted') return 'unused';
  const issue = textAt(data, 'issue_id');
  if (issue === undefined) return undefined;
  return {
    kind: 'alert',
    type: 'ticket.commented',
    key: `issue-${issue}`,
    occurredAt: instantAt(data, 'timestamp'),
    body: textAt(data, 'comment'),
    author: { role: 'agent', internal: true },
  };
}

const unused = (resource: string, action: string): Mapped => ({
  kind: 'alert',
  type: 'ticket.updated',
  key: `${resource} ${action}`.trim(),
  subject: `${resource} ${action}`.trim(),
});

/** ISO 8601, or seconds with a fraction. */
function instantAt(from: Json, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = from[name];
    if (typeof value === 'number') return Math.round(value * 1000);
    if (typeof value === 'string') return readInstant(value);
  }
  return undefined;
}

/** Pairs of name and value. */
const tagsOf = (tags: unknown): string[] =>
  Array.isArray(tags)
    ? tags.flatMap((pair: unknown) =>
        Array.isArray(pair) && pair.every((part) => typeof part === 'string') ? [pair.join(':')] : [],
      )
    : [];

const KEPT = ['project', 'projects', 'platform', 'culprit', 'shortId', 'count', 'userCount', 'event_id'];

/** Stack traces and what the browser knew are long and of no use to anybody who decides. */
function attributesOf(body: Json, data: Json, resource: string): Record<string, unknown> {
  const about = { ...objectAt(data, 'event'), ...objectAt(data, 'issue'), ...objectAt(data, 'metric_alert') };
  return present({
    resource,
    action: body['action'],
    actor: textAt(objectAt(body, 'actor'), 'name'),
    rule: textAt(data, 'triggered_rule') ?? textAt(objectAt(about, 'alert_rule'), 'name'),
    project_slug: data['project_slug'],
    ...Object.fromEntries(KEPT.map((name) => [name, about[name]])),
    installation: textAt(objectAt(body, 'installation'), 'uuid'),
  });
}
