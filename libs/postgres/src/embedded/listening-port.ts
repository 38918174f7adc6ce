import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

const FIRST_PORT = 15432;
const PORTS_TRIED = 200;

/** Whether a listener could be opened on 127.0.0.1 at this port now. */
export function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The port kept in `file` while it is free, else the next free one from 15432 up, which is then kept. */
export async function keptPort(file: string): Promise<number> {
  const kept = Number(await readFile(file, 'utf8').catch(() => ''));
  if (Number.isInteger(kept) && kept > 0 && (await portIsFree(kept))) return kept;
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++) {
    if (!(await portIsFree(port))) continue;
    await writeFile(file, `${port}\n`);
    return port;
  }
  throw new Error(`no free port on 127.0.0.1 between ${FIRST_PORT} and ${FIRST_PORT + PORTS_TRIED - 1}`);
}
