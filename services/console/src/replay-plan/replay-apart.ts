import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { HistoryUnknown, PlannedHistory } from '@tocsin/contracts';
import { NoRecording, type RecordingTexts } from './fetch-recording.js';

/** What a thread is given. */
export interface ReplayTask extends RecordingTexts {
  /** The proposed tree, as it would be stored. */
  readonly document: string;
}

export type ReplayAnswer = { readonly history: PlannedHistory } | { readonly reason: HistoryUnknown };

/** Compiled beside this file, or, where this file is run as it is written, written beside it. */
const WORKER = new URL(import.meta.url.replace('replay-apart', 'replay.worker'));

const MOST_MEGABYTES = 1024;

/**
 * Replays in a thread of its own: the process may have pages to send meanwhile.
 * @throws NoRecording when the signal ends it first; whatever the replay throws
 */
export async function replayApart(task: ReplayTask, signal: AbortSignal): Promise<ReplayAnswer> {
  const worker = new Worker(WORKER, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  try {
    const [answer] = (await once(worker, 'message', { signal })) as [ReplayAnswer];
    return answer;
  } catch (error) {
    throw signal.aborted ? new NoRecording('out-of-time', 'the replay took too long') : error;
  } finally {
    await worker.terminate();
  }
}
