import { Config, type Instant } from '@tocsin/contracts';
import { lintWarnings } from '../lint/lint-warnings.js';
import { nobodyFaults } from '../lint/reachable-people.js';
import type { ConfigFault, ReadConfig } from './config-fault.js';
import { conditionFaults } from './condition-faults.js';
import { flattenTaxonomy, type FlatTaxonomy } from './flatten-taxonomy.js';
import { taxonomyFaults } from './taxonomy-faults.js';
import { dependencyFaults } from './dependency-faults.js';
import { maintenanceFaults } from './maintenance-faults.js';
import { groupingFaults } from './grouping-faults.js';
import { namesOf } from './names.js';
import { escalationFaults } from './escalation-faults.js';
import { referenceFaults } from './reference-faults.js';
import { scheduleFaults } from './schedule-faults.js';
import { shapeFaults } from './shape-faults.js';
import { resolutionFaults } from './resolution-faults.js';
import { tableFaults } from './table-faults.js';
import { slaFaults } from './sla-faults.js';
import { webhookFaults } from './webhook-faults.js';

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a config tree as people write it: units and targets resolved, every name named, every condition
 * type-checked, every example run.
 *
 * @param now for what only time makes wrong, such as a window that is over; without it that is not said
 * @returns the config, or all faults at once, each with its place and cure; beside either the warnings of a tree
 * whose shape is sound
 */
export function readConfig(tree: unknown, now?: Instant): ReadConfig {
  const taxonomy = flattenTaxonomy(isTree(tree) ? tree['taxonomy'] : undefined);
  const flat = isTree(tree) && isTree(tree['taxonomy']) ? { ...tree, taxonomy: taxonomy.categories } : tree;
  const read = Config.safeParse(flat);
  if (read.success) return readSound(read.data, flat, taxonomy, now);
  const shape = shapeFaults(read.error.issues, (place) => originOf(place, taxonomy));
  const sound = isTree(flat) ? soundPart(flat, read.error.issues) : undefined;
  return {
    ok: false,
    faults: [...shape, ...(sound === undefined ? [] : meaningFaults(sound, flat, taxonomy))],
    warnings: [],
  };
}

function readSound(
  config: Config,
  flat: unknown,
  taxonomy: FlatTaxonomy,
  now: Instant | undefined,
): ReadConfig {
  const meant = meaningFaults(config, flat, taxonomy);
  // A target that dangles leads to nobody too; it is said once.
  const faults = meant.length > 0 ? meant : nobodyFaults(config);
  const warnings = lintWarnings(config, flat, (place) => originOf(place, taxonomy), now);
  return faults.length === 0 ? { ok: true, config, warnings } : { ok: false, faults, warnings };
}

/** What the schema cannot see. `tree` tells which names exist, also of objects that are faulty themselves. */
function meaningFaults(config: Config, tree: unknown, taxonomy: FlatTaxonomy): ConfigFault[] {
  const names = namesOf(tree, [...taxonomy.origins.keys()]);
  return [
    ...referenceFaults(config, names),
    ...escalationFaults(config),
    ...scheduleFaults(config),
    ...tableFaults(config),
    ...conditionFaults(config),
    ...slaFaults(config, names),
    ...maintenanceFaults(config),
    ...dependencyFaults(config),
    ...taxonomyFaults(config, (place) => originOf(place, taxonomy)),
    ...groupingFaults(config),
    ...resolutionFaults(config),
    ...webhookFaults(config),
  ];
}

/** The tree without what the schema refused, so that one typing mistake does not hide the others. */
function soundPart(
  tree: Tree,
  issues: readonly { readonly path: readonly PropertyKey[] }[],
): Config | undefined {
  const rest: Tree = { ...tree };
  for (const { path } of issues) {
    const [kind, name] = path.map(String);
    if (kind === undefined) return undefined;
    const objects = rest[kind];
    if (name === undefined || !isTree(objects) || kind === 'priority') delete rest[kind];
    else rest[kind] = Object.fromEntries(Object.entries(objects).filter(([key]) => key !== name));
  }
  const known = Object.fromEntries(Object.entries(rest).filter(([kind]) => kind in Config.shape));
  const read = Config.safeParse(known);
  return read.success ? read.data : undefined;
}

function originOf(place: readonly PropertyKey[], { origins }: FlatTaxonomy): readonly PropertyKey[] {
  const origin = place[0] === 'taxonomy' ? origins.get(String(place[1])) : undefined;
  return origin === undefined ? place : ['taxonomy', ...origin, ...place.slice(2)];
}
