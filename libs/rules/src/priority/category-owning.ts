import type { Category, Config, Priority, Texts } from '@tocsin/contracts';
import { own } from '../own.js';

/** `a.b.c`, `a.b`, `a`: a category and everything above it, the longest path first. */
export function* pathsUp(category: string): Generator<string> {
  for (let path = category; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) yield path;
}

/** A category of the taxonomy: its path is its id, its label is what people read. */
export interface KnownCategory {
  readonly path: string;
  readonly label: Texts;
}

/** The nearest category that the taxonomy has: the event's own, else one above it. */
export function knownCategory(config: Config, category: string): KnownCategory | undefined {
  for (const path of pathsUp(category)) {
    const label = own(config.taxonomy, path)?.label;
    if (label !== undefined) return { path, label };
  }
  return undefined;
}

/** The longest dotted path of a category that says this of itself. */
export function categoryOwning(
  config: Config,
  category: string,
  what: keyof Pick<Category, 'priority' | 'floor'>,
): { readonly category: string; readonly priority: Priority } | undefined {
  for (const path of pathsUp(category)) {
    const priority = own(config.taxonomy, path)?.[what];
    if (priority !== undefined) return { category: path, priority };
  }
  return undefined;
}
