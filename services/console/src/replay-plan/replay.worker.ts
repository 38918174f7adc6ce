import { parentPort, workerData } from 'node:worker_threads';
import type { RecordedInputs, Recording } from '@tocsin/contracts';
import { historyOf, planHistory, readConfig, simulateHistory } from '@tocsin/rules';
import type { ReplayAnswer, ReplayTask } from './replay-apart.js';

/** Replays a recording by a proposed tree, in a thread of its own. */
function answerTo({ head, pages, document }: ReplayTask): ReplayAnswer {
  const inputs = pages.flatMap((page) => (JSON.parse(page) as RecordedInputs).inputs);
  const history = historyOf(JSON.parse(head) as Recording, inputs);
  if (history === undefined) return { reason: 'no-revision' };
  const candidate = readConfig(JSON.parse(document));
  if (!candidate.ok) throw new Error(`the proposed tree has faults: ${JSON.stringify(candidate.faults)}`);
  return { history: planHistory(simulateHistory(history, candidate.config), history) };
}

parentPort?.postMessage(answerTo(workerData as ReplayTask));
