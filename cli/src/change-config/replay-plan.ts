import { type Config, type Instant, type PlannedHistory } from '@tocsin/contracts';
import { planHistory, simulateHistory } from '@tocsin/rules';
import type { Context } from '../context.js';
import { CommandFailed } from '../exit-codes.js';
import { readRecording } from '../simulate-history/read-recording.js';

const DAY_MS = 86_400_000;

/** Recorded history replayed by a plan, or why it could not be. */
export type ReplayedPlan =
  | { readonly history: PlannedHistory; readonly askedDays: number }
  | { readonly why: string };

/** The numbers of `tocsin simulate`: the same function over the same recording. A plan is shown without them too. */
export async function replayPlan(context: Context, config: Config, from: Instant): Promise<ReplayedPlan> {
  try {
    const recording = await readRecording(context, from);
    const history = planHistory(simulateHistory(recording, config), recording);
    return { history, askedDays: Math.round((context.terminal.now() - from) / DAY_MS) };
  } catch (error) {
    if (error instanceof CommandFailed) return { why: error.message };
    throw error;
  }
}
