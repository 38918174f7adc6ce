import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** Arrival times by number, shared with the main thread; 0 = not arrived. Milliseconds of `performance.timeOrigin`'s clock. */
const { arrivals, counters, run } = workerData as {
  arrivals: SharedArrayBuffer;
  counters: SharedArrayBuffer;
  run: string;
};
const at = new Float64Array(arrivals);
const counts = new Int32Array(counters);
const ids = new RegExp(`bench-${run}-(\\d+)x`, 'g');

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const now = performance.timeOrigin + performance.now();
    response.statusCode = 200;
    response.setHeader('content-length', 0);
    response.end();
    // The same number stands several times in one page (key and subject): once a page.
    const seen = new Set(
      [...Buffer.concat(chunks).toString('latin1').matchAll(ids)].map((match) => Number(match[1])),
    );
    for (const number of seen) {
      if (at[number] === 0) at[number] = now;
      else Atomics.add(counts, 1, 1);
      Atomics.add(counts, 0, 1);
    }
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  parentPort?.postMessage(typeof address === 'object' ? address?.port : undefined);
});
