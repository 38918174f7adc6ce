import { mapGroup } from '../alertmanager/alertmanager.pack.js';
import { type MappedEvent, type Mapping, type MappingPack, MIB } from '../mapping-pack.js';
import { isObject, type Json, objectAt, present, textAt } from '../read-members.js';
import { grafanaSignature } from './grafana-signature.js';

/**
 * Grafana Alerting's webhook: Alertmanager's group with members of its own. A custom payload has to be our own form.
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
export const grafana: MappingPack = {
  kind: 'grafana',
  version: 1,
  bodyLimit: MIB,
  signature: grafanaSignature,
  refusesFaults: false,
  comeBack: 503,
  map: (body, context): Mapping => {
    const mapping = mapGroup(body, context);
    return mapping.ok ? { ...mapping, events: mapping.events.map(withOwnMembers) } : mapping;
  },
};

/** States of the rule itself, which Grafana tells by the name of the alert. */
const OF_THE_RULE: Readonly<Record<string, string>> = {
  DatasourceNoData: 'nodata',
  DatasourceError: 'error',
};

function withOwnMembers(event: MappedEvent): MappedEvent {
  if (!isObject(event.part)) return event;
  const group = event.part;
  const alerts = group['alerts'];
  const alert: unknown = Array.isArray(alerts) ? alerts[0] : undefined;
  if (!isObject(alert)) return event;
  const labels = objectAt(alert, 'labels');
  return {
    ...event,
    severity: event.severity ?? OF_THE_RULE[textAt(labels, 'alertname') ?? ''],
    link: textAt(alert, 'panelURL', 'dashboardURL') ?? event.link,
    attributes: { ...event.attributes, ...ownMembers(alert, group) },
  };
}

const ownMembers = (alert: Json, group: Json): Record<string, unknown> =>
  present({
    orgId: group['orgId'],
    values: alert['values'],
    valueString: textAt(alert, 'valueString'),
    silenceURL: textAt(alert, 'silenceURL'),
    dashboardURL: textAt(alert, 'dashboardURL'),
    imageURL: textAt(alert, 'imageURL'),
    runbook: textAt(objectAt(alert, 'annotations'), 'runbook_url'),
  });
