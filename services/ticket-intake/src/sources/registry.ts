import type { SourceKind } from '@tocsin/contracts';
import { alertmanager } from './alertmanager/alertmanager.pack.js';
import { avaya } from './avaya/avaya.pack.js';
import { cloudevents } from './cloudevents/cloudevents.pack.js';
import { datadog } from './datadog/datadog.pack.js';
import { generic } from './generic/generic.pack.js';
import { grafana } from './grafana/grafana.pack.js';
import { hubspot } from './hubspot/hubspot.pack.js';
import { jira } from './jira/jira.pack.js';
import type { Mapping, MappingContext, MappingPack } from './mapping-pack.js';
import { mapChange, pagerduty } from './pagerduty/pagerduty.pack.js';
import { salesforce } from './salesforce/salesforce.pack.js';
import { sentry } from './sentry/sentry.pack.js';
import { servicenow } from './servicenow/servicenow.pack.js';
import { sns } from './sns/sns.pack.js';
import { zendesk } from './zendesk/zendesk.pack.js';

/** Every upstream that we understand: one line per vendor, one for each kind that the config knows. */
const PACKS: Readonly<Record<SourceKind, MappingPack>> = {
  generic,
  zendesk,
  alertmanager,
  pagerduty,
  grafana,
  jira,
  hubspot,
  salesforce,
  servicenow,
  datadog,
  sns,
  sentry,
  avaya,
  cloudevents,
};

/** Every media type that some vendor posts. */
export const MEDIA_TYPES: readonly string[] = [
  ...new Set(['application/json', ...Object.values(PACKS).flatMap(({ mediaTypes = [] }) => mediaTypes)]),
];

/** The pack of a source's kind; unknown kinds speak the generic form. */
export const packOf = (kind: string): MappingPack =>
  Object.hasOwn(PACKS, kind) ? PACKS[kind as SourceKind] : generic;

/** Maps a body by the pack of its source; PagerDuty's change events have a mapping of their own. */
export const mapBody = (
  kind: string,
  route: 'events' | 'change',
  body: unknown,
  context: MappingContext,
): Mapping => (route === 'change' ? mapChange(body, context) : packOf(kind).map(body, context));
