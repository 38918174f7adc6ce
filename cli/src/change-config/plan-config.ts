import { CONFIG_FILES_TYPE, type ConfigFiles, type PlannedConfig } from '@tocsin/contracts';
import { type PeoplePlan, planPeople, readConfig } from '@tocsin/rules';
import type { Context } from '../context.js';
import type { SoundTree } from './show-findings.js';

/** What the server says differs, and what that means to people; nothing where nothing differs. */
export interface ConfigPlan extends PlannedConfig {
  readonly meaning?: PeoplePlan;
}

/**
 * Plans a tree against the one in force. The server compares; what it means to people is worked out here, because it
 * takes seconds in a large world, and a process that pages has none to spare.
 */
export async function planConfig({ api, terminal }: Context, sound: SoundTree): Promise<ConfigPlan> {
  const plan = await api.json<PlannedConfig>('/v1/config/plan', {
    method: 'POST',
    body: sentFiles(sound),
    type: CONFIG_FILES_TYPE,
  });
  if (plan.changes.length === 0) return plan;
  const { tree } = await api.json<{ tree: unknown }>('/v1/config');
  const inForce = readConfig(tree);
  return inForce.ok ? { ...plan, meaning: planPeople(inForce.config, sound.config, terminal.now()) } : plan;
}

/** A single file is known by the path that was typed; inside the tree it has its name only. */
export const sentFiles = ({ files }: SoundTree): ConfigFiles => ({
  files: files.map(({ path, text }) => ({
    path: files.length === 1 ? (path.split(/[/\\]/).at(-1) ?? path) : path.replaceAll('\\', '/'),
    text,
  })),
});
