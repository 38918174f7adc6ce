import type { Config } from '@tocsin/contracts';
import { own } from '../own.js';
import { pathsUp } from '../priority/category-owning.js';

type Taxonomy = Pick<Config, 'taxonomy'>;

const known = new WeakMap<Config['taxonomy'], ReadonlyMap<string, string>>();

/** Every former path with the category that stands for it now; worked out once for each taxonomy. */
export function formerCategories({ taxonomy }: Taxonomy): ReadonlyMap<string, string> {
  const found = known.get(taxonomy);
  if (found !== undefined) return found;
  const present = new Map<string, string>();
  for (const [path, { formerly }] of Object.entries(taxonomy))
    for (const was of formerly) present.set(was, path);
  known.set(taxonomy, present);
  return present;
}

/**
 * What a category is called by this taxonomy: itself where the taxonomy has it; else the nearest path at or above it
 * that a category once had is replaced by that category, and what lies below keeps its own names.
 */
export function presentCategory(config: Taxonomy, category: string): string {
  const former = formerCategories(config);
  if (former.size === 0) return category;
  for (const path of pathsUp(category)) {
    if (own(config.taxonomy, path) !== undefined) return category;
    const now = former.get(path);
    if (now !== undefined) return `${now}${category.slice(path.length)}`;
  }
  return category;
}
