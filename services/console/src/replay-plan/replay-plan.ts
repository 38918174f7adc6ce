import type { HistoryUnknown, PlannedHistory } from '@tocsin/contracts';
import { fetchRecording, NoRecording } from './fetch-recording.js';
import { replayApart } from './replay-apart.js';

/** Whoever waits for an answer is cut off after 30 s. */
const LONGEST_MS = 20_000;

/** What a plan would have meant to recorded history, or why nobody can say. */
export type JudgedHistory = { readonly history: PlannedHistory } | { readonly unknown: HistoryUnknown };

/** A tree, and who asks. */
export interface Replayed {
  /** As it would be stored. */
  readonly document: string;
  /** The header of whoever asks, where our services have no token of their own. */
  readonly authorization: string | undefined;
}

interface ReplayParts {
  /** Base URL of the API; empty until this process listens. */
  readonly url: () => string;
  /** How our services call each other: an operator whose token only console knows is judged all the same. */
  readonly internalToken: string | undefined;
  /** Runs when a replay could not be done. */
  readonly failed: (error: unknown) => void;
}

/** Judges plans by recorded history: one at a time, for each holds a recording in memory. */
export class ReplayPlan {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: ReplayParts) {}

  /** Never rejects. */
  judge(replayed: Replayed): Promise<JudgedHistory> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    const judged = this.last.then(() => this.replay(replayed, signal));
    this.last = judged;
    return judged;
  }

  private async replay({ document, authorization }: Replayed, signal: AbortSignal): Promise<JudgedHistory> {
    const { url, internalToken, failed } = this.parts;
    const own = internalToken === undefined ? authorization : `Bearer ${internalToken}`;
    try {
      signal.throwIfAborted();
      const recording = await fetchRecording({ url: url(), authorization: own, signal });
      const answer = await replayApart({ ...recording, document }, signal);
      return 'history' in answer ? answer : { unknown: answer.reason };
    } catch (error) {
      failed(error);
      if (signal.aborted) return { unknown: 'out-of-time' };
      return { unknown: error instanceof NoRecording ? error.reason : 'failed' };
    }
  }
}
