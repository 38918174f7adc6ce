import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

const LOWEST_PORT = 11_000;
/** Ends below the ports that systems give to outgoing connections. */
const PORTS = 8_000;
const PORTS_TRIED = 200;

/** Whether a listener could be opened on 127.0.0.1 at this port now. */
export function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * The port kept in `file` while it is free, else a free one, which is then kept. A new one begins at a random place:
 * two servers that start at once must not choose alike.
 */
export async function keptPort(file: string): Promise<number> {
  const kept = Number(await readFile(file, 'utf8').catch(() => ''));
  const start = LOWEST_PORT + Math.floor(Math.random() * (PORTS - PORTS_TRIED));
  const candidates = [
    ...(kept > 0 ? [kept] : []),
    ...Array.from({ length: PORTS_TRIED }, (_, i) => start + i),
  ];
  for (const port of candidates) {
    if (!(await portIsFree(port))) continue;
    await writeFile(file, `${port}\n`);
    return port;
  }
  throw new Error(`no free port on 127.0.0.1 from ${start}`);
}
