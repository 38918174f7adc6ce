import type { LaunchOptions } from './launch-options.js';
import { endWith, Launch, show } from './launcher.js';

/** A second Ctrl-C within this time is the same one, seen twice (terminal and npm both send it). */
const SAME_SIGNAL_MS = 1_000;

interface Shape {
  /** Ports that must be free. */
  ports(options: LaunchOptions): readonly number[];
  /** Starts all parts; each registers its stop with the launch. */
  start(launch: Launch): Promise<void>;
}

/** The whole of a launcher's life: start, welcome, wait for a signal, ordered stop, exit 0. */
export async function runLaunch(shape: Shape): Promise<void> {
  const stopping = new AbortController();
  const asked = untilAskedToStop(stopping);
  let launch: Launch | undefined;
  try {
    launch = await Launch.open(stopping.signal, (options) => shape.ports(options));
    const open = launch;
    await Promise.race([shape.start(open).then(() => open.welcome()), asked]);
    await asked;
  } catch (error) {
    if (!stopping.signal.aborted) await endWith(launch, error);
  }
  show('stopping …');
  await launch?.stop();
  show('stopped');
  process.exit(0);
}

function untilAskedToStop(stopping: AbortController): Promise<void> {
  return new Promise((resolve) => {
    let first = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        first ||= performance.now();
        if (performance.now() - first > SAME_SIGNAL_MS) show('already stopping; please wait');
        stopping.abort();
        resolve();
      });
  });
}
