import type { Config } from '@tocsin/contracts';
import { readConfig } from '../config/read-config.js';
import { starterTree } from '../config/starter-tree.given.js';

/** The starter tree with these members of `priority` and of the tree, for specs. */
export function configOf(
  priority: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): Config {
  const tree = starterTree() as unknown as Record<string, object>;
  const read = readConfig({ ...tree, ...more, priority: { ...tree['priority'], ...priority } });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

/** A rule for specs; its reason is its name. */
export const ruleOf = (name: string, when: string, set: string) => ({
  ...{ name, when, set },
  because: { en: name, 'zh-CN': name },
});
