import { alertmanager } from './alertmanager/alertmanager.pack.js';
import { generic } from './generic/generic.pack.js';
import type { Mapping, MappingContext, MappingPack } from './mapping-pack.js';
import { mapChange, pagerduty } from './pagerduty/pagerduty.pack.js';
import { zendesk } from './zendesk/zendesk.pack.js';

/** Every upstream that we understand: one line per vendor. */
const PACKS: readonly MappingPack[] = [generic, zendesk, alertmanager, pagerduty];

const byKind = new Map(PACKS.map((pack) => [pack.kind, pack]));

/** The pack of a source's kind; unknown kinds speak the generic form. */
export const packOf = (kind: string): MappingPack => byKind.get(kind) ?? generic;

/** Maps a body by the pack of its source; PagerDuty's change events have a mapping of their own. */
export const mapBody = (
  kind: string,
  route: 'events' | 'change',
  body: unknown,
  context: MappingContext,
): Mapping => (route === 'change' ? mapChange(body, context) : packOf(kind).map(body, context));
