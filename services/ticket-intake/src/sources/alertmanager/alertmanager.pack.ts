import { readInstant } from '@tocsin/contracts';
import { contentHash } from '../canonical-json.js';
import { mapGeneric } from '../generic/generic.pack.js';
import {
  failed,
  type MappedEvent,
  type Mapping,
  type MappingContext,
  type MappingPack,
  MIB,
  type Unmapped,
} from '../mapping-pack.js';
import { isObject, type Json, objectAt, present, textAt } from '../read-members.js';

/**
 * Alertmanager's webhook, version 4: one event per alert of the group. Retried on 5xx only, dropped on every 4xx.
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export const alertmanager: MappingPack = {
  kind: 'alertmanager',
  version: 1,
  bodyLimit: MIB,
  refusesFaults: false,
  comeBack: 503,
  map: mapGroup,
};

/** A group of alerts, or what an admin wrote in its place. */
export function mapGroup(body: unknown, context: MappingContext): Mapping {
  if (!isObject(body)) return failed('not a JSON object');
  const alerts = body['alerts'];
  // Since 0.34 an admin may write any JSON (`payload:`): then it has to be our own form.
  if (!Array.isArray(alerts)) return mapGeneric(body, context);
  if (alerts.length === 0) return failed('a group without alerts');
  const events: MappedEvent[] = [];
  const unmapped: Unmapped[] = [];
  for (const alert of alerts) {
    const mapped = isObject(alert) ? mapAlert(alert, body) : undefined;
    if (mapped === undefined) unmapped.push({ reason: 'an alert without labels', part: alert });
    else events.push(mapped);
  }
  return { ok: true, events, unmapped };
}

function mapAlert(alert: Json, group: Json): MappedEvent | undefined {
  const labels = { ...objectAt(group, 'commonLabels'), ...objectAt(alert, 'labels') };
  if (Object.keys(labels).length === 0) return undefined;
  const annotations = { ...objectAt(group, 'commonAnnotations'), ...objectAt(alert, 'annotations') };
  const resolved = (textAt(alert, 'status') ?? textAt(group, 'status')) === 'resolved';
  const fingerprint = textAt(alert, 'fingerprint') ?? contentHash(labels).slice(0, 16);
  const time = textAt(alert, resolved ? 'endsAt' : 'startsAt');
  return {
    ...deliveryOf(alert, group, fingerprint, resolved),
    kind: 'alert',
    type: resolved ? 'alert.cleared' : 'alert.raised',
    key: fingerprint,
    // startsAt stays the same when an alert fires again: only the order of receipt tells the newer state.
    orderedByReceipt: true,
    occurredAt: time === undefined || time.startsWith('0001-') ? undefined : readInstant(time),
    subject: textAt(annotations, 'summary', 'title') ?? nameOf(labels),
    body: textAt(annotations, 'description', 'message'),
    ...fromLabels(labels),
    link: textAt(alert, 'generatorURL') ?? textAt(group, 'externalURL'),
    attributes: present({
      labels,
      annotations,
      groupKey: group['groupKey'],
      receiver: group['receiver'],
      externalURL: group['externalURL'],
      startsAt: alert['startsAt'],
    }),
    part: { ...group, alerts: [alert] },
  };
}

/**
 * Alertmanager sends no id: a delivery is known by group, state, alert and since when it fires. An alert that fires
 * again may keep its `startsAt`, and then says what it said before: hence `ends` of the resolved one.
 */
function deliveryOf(
  alert: Json,
  group: Json,
  fingerprint: string,
  resolved: boolean,
): Pick<MappedEvent, 'senderId' | 'ends'> {
  const idOf = (state: string): string =>
    [textAt(group, 'groupKey') ?? '', state, fingerprint, textAt(alert, 'startsAt') ?? ''].join(' ');
  const firing = idOf('firing');
  return resolved
    ? { senderId: idOf(`resolved ${textAt(alert, 'endsAt') ?? ''}`), ends: firing }
    : { senderId: firing };
}

const nameOf = (labels: Json): string => {
  const name = textAt(labels, 'alertname') ?? 'alert';
  const where = textAt(labels, 'instance', 'job', 'namespace');
  return where === undefined ? name : `${name} (${where})`;
};

const fromLabels = (labels: Json): Partial<MappedEvent> => ({
  severity: textAt(labels, 'severity', 'priority')?.toLowerCase(),
  category: textAt(labels, 'category'),
  market: textAt(labels, 'market'),
  service: textAt(labels, 'service'),
  tags: [textAt(labels, 'alertname')].filter((tag) => tag !== undefined),
});
