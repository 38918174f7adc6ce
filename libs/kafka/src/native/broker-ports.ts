import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

const LOWEST_PORT = 19092;
/** Ends below the ports that systems give to outgoing connections. */
const PORTS = 8_000;

export interface BrokerPorts {
  readonly port: number;
  readonly controllerPort: number;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });

/**
 * The two ports kept in `file` while they are free, else free ones, which are then kept. New ones begin at a random
 * place: two brokers that start at once must not choose alike.
 * @param wanted the client port, which must then be free
 */
export async function brokerPorts(file: string, wanted?: number): Promise<BrokerPorts> {
  const [keptPort, keptControllerPort] = (await readFile(file, 'utf8').catch(() => ''))
    .split(' ')
    .map(Number);
  if (wanted !== undefined && !(await isFree(wanted)))
    throw new Error(`port ${wanted} of Kafka is taken by another program`);
  const port = wanted ?? (await firstFree(keptPort, []));
  const controllerPort = await firstFree(keptControllerPort, [port]);
  await writeFile(file, `${port} ${controllerPort}`);
  return { port, controllerPort };
}

async function firstFree(kept: number | undefined, not: readonly number[]): Promise<number> {
  const start = LOWEST_PORT + Math.floor(Math.random() * (PORTS - 200));
  const candidates = [
    ...(kept !== undefined && kept > 0 ? [kept] : []),
    ...Array.from({ length: 200 }, (_, i) => start + i),
  ];
  for (const port of candidates) if (!not.includes(port) && (await isFree(port))) return port;
  throw new Error(`no free port on 127.0.0.1 from ${start}`);
}
