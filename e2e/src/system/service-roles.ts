import { createServer } from 'node:net';

export type Shape = 'default' | 'cluster';

/** The services of Tocsin in the order of their ports above the gateway's (cluster). */
const BEHIND_GATEWAY = ['ticket-intake', 'metric-monitoring', 'escalation-routing', 'notification'];

/** The role of the process that does a service's work: on one node a single process does all of it. */
export const roleIn = (shape: Shape, role: string): string =>
  shape === 'default' && (role === 'console' || BEHIND_GATEWAY.includes(role)) ? 'single-node' : role;

/** Where each service answers for itself; a single node answers for all. */
export const serviceUrls = (shape: Shape, port: number): ReadonlyMap<string, string> =>
  new Map(
    ['console', ...BEHIND_GATEWAY].map((service, i) => [
      service,
      `http://127.0.0.1:${shape === 'default' ? port : port + i}`,
    ]),
  );

/** Below the ports that systems give to outgoing connections, one of which could be taken while a system starts. */
const PORTS = { from: 28_000, count: 4_000 };

/** A free port at a random place, with as many free ones after it as the shape has services. */
export async function gatewayPort(shape: Shape): Promise<number> {
  const needed = shape === 'default' ? 1 : 1 + BEHIND_GATEWAY.length;
  for (let tries = 0; tries < 50; tries += 1) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    const free = await Promise.all(Array.from({ length: needed }, (_, i) => isFree(port + i)));
    if (free.every(Boolean)) return port;
  }
  throw new Error(`no ${needed} free ports in a row`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
