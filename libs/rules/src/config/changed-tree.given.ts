import { starterTree } from './starter-tree.given.js';

/** The starter tree with members replaced, by pointer; undefined takes a member away. */
export function changedTree(changes: Readonly<Record<string, unknown>>): unknown {
  const tree = starterTree();
  for (const [pointer, value] of Object.entries(changes)) {
    const place = pointer.split('/').slice(1);
    const last = place.pop() ?? '';
    let at = tree as unknown as Record<string, unknown>;
    for (const part of place) at = at[part] as Record<string, unknown>;
    if (value === undefined) delete at[last];
    else at[last] = value;
  }
  return tree;
}
