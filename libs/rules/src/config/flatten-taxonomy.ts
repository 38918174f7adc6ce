const OWN_MEMBERS = new Set(['label', 'priority', 'floor', 'restricted']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The categories by dotted path, and where each stands in the tree as written. */
export interface FlatTaxonomy {
  readonly categories: Record<string, unknown>;
  readonly origins: ReadonlyMap<string, readonly string[]>;
}

/**
 * A taxonomy as people write it, nested (`live: { label, payout: { label } }`) or by dotted paths
 * (`live.payout: { label }`) or both, as one record of dotted paths. What is no taxonomy is left for the schema.
 */
export function flattenTaxonomy(taxonomy: unknown): FlatTaxonomy {
  const categories: Record<string, unknown> = {};
  const origins = new Map<string, readonly string[]>();
  const walk = (value: unknown, place: readonly string[]): void => {
    const path = place.join('.');
    origins.set(path, place);
    if (!isObject(value)) {
      categories[path] = value;
      return;
    }
    const members = Object.entries(value);
    const children = members.filter(([name, member]) => !OWN_MEMBERS.has(name) && isObject(member));
    categories[path] = Object.fromEntries(members.filter((member) => !children.includes(member)));
    for (const [name, child] of children) walk(child, [...place, name]);
  };
  if (isObject(taxonomy)) for (const [name, value] of Object.entries(taxonomy)) walk(value, [name]);
  return { categories, origins };
}
