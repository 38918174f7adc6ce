import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { LaunchError } from './launch-error.js';

const LOOK_AGAIN_MS = 100;

/**
 * @param patienceMs how long processes of a killed launcher may take to let go of the port
 * @throws LaunchError naming the port and the cure
 */
export async function mustBeFree(
  port: number,
  host: string,
  patienceMs = 0,
  variable = 'TOCSIN_PORT',
): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const fault = await tryPort(port, host);
    if (fault === undefined) return;
    if (fault !== 'EADDRINUSE')
      throw new LaunchError(
        `Tocsin cannot listen on ${host}:${port} (${fault}): choose another with ${variable}=${port < 1024 ? 8080 : port + 1}.`,
      );
    if (performance.now() >= until)
      throw new LaunchError(
        `Port ${port} is taken by another program: stop it, or choose another port with ${variable}=${port + 10}.`,
      );
    await delay(LOOK_AGAIN_MS);
  }
}

export function tryPort(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}
