import { ConfigError, EXIT_CONFIG } from './load-config.js';
import { runServices } from './run-services.js';
import type { ServiceDefinition } from './service-definition.js';
import { StartRefused } from './start-refused.js';

/** The whole of a service's main.ts: runs until SIGINT or SIGTERM. */
export async function main(definitions: readonly ServiceDefinition[]): Promise<void> {
  try {
    const running = await runServices(definitions, process.env);
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        void running.stop().then(() => process.exit(0));
      });
  } catch (error) {
    const refused = error instanceof ConfigError || error instanceof StartRefused;
    process.stderr.write(
      refused
        ? `${error.message}\n`
        : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(refused ? EXIT_CONFIG : 1);
  }
}
