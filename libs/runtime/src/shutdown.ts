import type { INestApplication } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Loop } from './service-definition.js';

interface Shutdown {
  readonly app: INestApplication;
  readonly loops: readonly Loop[];
  readonly closers: readonly (() => Promise<void>)[];
  readonly log: Logger;
  readonly seconds: number;
}

/**
 * Stops in the order in which nothing is lost: no new HTTP, no new events (both finish what is in flight), no new
 * wake-ups, then the connections that all of them used. What does not end in time is left to the next start.
 */
export async function shutDown({ app, loops, closers, log, seconds }: Shutdown): Promise<void> {
  const stages: [string, () => Promise<unknown>][] = [
    ['http and consumers', () => app.close()],
    ['loops', () => Promise.all(loops.map((loop) => loop.stop()))],
    ['connections', () => Promise.all(closers.map((close) => close()))],
  ];
  const deadline = Date.now() + seconds * 1_000;
  for (const [stage, run] of stages) {
    const ended = await endsBy(deadline, run()).catch((error: unknown) => {
      log.error({ err: error, stage }, 'a stage of the shutdown failed');
      return true;
    });
    if (!ended) log.error({ stage, seconds }, 'a stage of the shutdown did not end in time');
  }
}

async function endsBy(deadline: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, deadline - Date.now()));
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
