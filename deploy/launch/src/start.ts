// `npm start`: one node. PostgreSQL from npm, all services in one process, events read from the outbox.
import { join } from 'node:path';
import { childEnvironment } from './child-environment.js';
import { databaseUrl } from './embedded-database.js';
import { ROOT } from './launcher.js';
import { runLaunch } from './run-launch.js';

const MAX_CONNECTIONS = 60;

await runLaunch({
  ports: ({ port }) => [port],
  start: async (launch) => {
    const url = await databaseUrl(launch, MAX_CONNECTIONS);
    if (launch.signal.aborted) return;
    const env = childEnvironment(process.env, launch, { DATABASE_URL: url, EVENT_BUS: 'postgres' });
    const file = join(ROOT, 'services/single-node/dist/main.js');
    await launch.step('the services', () =>
      launch.services([{ name: 'tocsin', file, env, port: launch.options.port }]),
    );
  },
});
