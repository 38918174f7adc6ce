import { setTimeout as delay } from 'node:timers/promises';

const ASK_AGAIN_MS = 50;
const ANSWER_LIMIT_MS = 2_000;

/** Resolves true when `url` answers 200, false when `signal` ends the wait. */
export async function untilReady(url: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    try {
      const answer = await fetch(url, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]),
      });
      await answer.body?.cancel();
      if (answer.status === 200) return true;
    } catch {
      // Not listening yet, or busy: asked again.
    }
    await delay(ASK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
