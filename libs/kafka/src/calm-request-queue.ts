import { createRequire } from 'node:module';

interface RequestQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

const CHECK_INTERVAL = 10;

/**
 * kafkajs 2.2.4 re-arms a 1 ms timer for ever on every connection (`RequestQueue.scheduleCheckPendingRequests`, with a
 * negative delay that Node warns about): an idle consumer burns a tenth of a core. Only a queue with something in it
 * needs the timer.
 */
export function calmRequestQueue(): void {
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
    prototype: RequestQueue;
  };
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
    const wait = Math.max(this.throttledUntil - Date.now(), CHECK_INTERVAL);
    this.throttleCheckTimeoutId = setTimeout(() => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    }, wait);
  };
}
