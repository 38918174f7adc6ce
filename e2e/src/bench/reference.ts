import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from './client.js';
import { eventText } from './events.js';
import { closedLoop } from './load.js';

/** Milliseconds of CPU that a bare node:http server used per JSON POST on the machine where the floors were set. */
const FLOOR_MACHINE_MS = 0.017;
const WORKERS = 64;
const WARM_S = 1;
const MEASURED_S = 3;

export interface Reference {
  /** CPU milliseconds per request of a bare server, here and now. */
  readonly cpuMs: number;
  /** How many times as slow as the machine of the floors: rates are divided by it, times multiplied. */
  readonly slower: number;
}

/** Machines differ, and a shared one differs from hour to hour: figures are read against a bare server's of the same run. */
export async function measureReference(): Promise<Reference> {
  const server = fork(fileURLToPath(new URL('./bare-server.js', import.meta.url)));
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  const cpu = async (): Promise<number> => {
    server.send('cpu');
    const [{ cpuMicroseconds }] = (await once(server, 'message')) as [{ cpuMicroseconds: number }];
    return cpuMicroseconds / 1_000;
  };
  const client = new Client({ url: `http://127.0.0.1:${port}`, sourceKey: '', operatorToken: '' }, WORKERS);
  const event = (number: number): string =>
    eventText(number, { run: 'reference', severity: 'info', keys: 'distinct' });
  try {
    await closedLoop(client, event, { workers: WORKERS, batch: 1, seconds: WARM_S });
    const before = await cpu();
    const { accepted } = await closedLoop(client, event, { workers: WORKERS, batch: 1, seconds: MEASURED_S });
    const cpuMs = ((await cpu()) - before) / accepted;
    return { cpuMs, slower: cpuMs / FLOOR_MACHINE_MS };
  } finally {
    await client.close();
    server.kill();
  }
}

export const referenceLine = ({ cpuMs, slower }: Reference): string =>
  `this machine: ${cpuMs.toFixed(3)} ms CPU per POST of a bare node:http server, ${slower.toFixed(1)} times the ${FLOOR_MACHINE_MS} ms where the floors were set`;
