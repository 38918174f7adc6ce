import { CONFIG_FILES_TYPE, type ConfigFiles, type Instant, type PlannedConfig } from '@tocsin/contracts';
import { type PeoplePlan, planPeople, readConfig } from '@tocsin/rules';
import type { Context } from '../context.js';
import { type ReplayedPlan, replayPlan } from './replay-plan.js';
import type { SoundTree } from './show-findings.js';

/** What the server says differs, and what that means to people; nothing where nothing differs. */
export interface ConfigPlan extends PlannedConfig {
  readonly meaning?: PeoplePlan;
  /** Absent when it was not asked for. */
  readonly replayed?: ReplayedPlan;
}

interface Asked {
  /** From when on recorded history is replayed here; without it, it is not. */
  readonly from?: Instant | undefined;
  /** Whether the server replays it for what needs a second approver; `apply` and `approve` do by themselves. */
  readonly judge: boolean;
}

/**
 * Plans a tree against the one in force. The server compares; what it means to people is worked out here, because it
 * takes seconds in a large world, and a process that pages has none to spare.
 */
export async function planConfig(
  context: Context,
  sound: SoundTree,
  { from, judge }: Asked,
): Promise<ConfigPlan> {
  const { api, terminal } = context;
  const query = judge ? '' : '?history=false';
  const plan = await api.json<PlannedConfig>(`/v1/config/plan${query}`, {
    method: 'POST',
    body: sentFiles(sound),
    type: CONFIG_FILES_TYPE,
  });
  if (plan.changes.length === 0) return plan;
  const { tree } = await api.json<{ tree: unknown }>('/v1/config');
  const inForce = readConfig(tree);
  const replayed = from === undefined ? {} : { replayed: await replayPlan(context, sound.config, from) };
  if (!inForce.ok) return { ...plan, ...replayed };
  return { ...plan, meaning: planPeople(inForce.config, sound.config, terminal.now()), ...replayed };
}

/** A single file is known by the path that was typed; inside the tree it has its name only. */
export const sentFiles = ({ files }: SoundTree): ConfigFiles => ({
  files: files.map(({ path, text }) => ({
    path: files.length === 1 ? (path.split(/[/\\]/).at(-1) ?? path) : path.replaceAll('\\', '/'),
    text,
  })),
});
