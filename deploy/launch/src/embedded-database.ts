import { startEmbeddedPostgres } from '@tocsin/postgres/embedded';
import { show, type Launch } from './launcher.js';
import { KeptServer } from './supervise/kept-server.js';

/** URL of the database: the one given by DATABASE_URL, else of an embedded server that lives as long as the launch. */
export async function databaseUrl(launch: Launch, maxConnections: number): Promise<string> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return given;
  return launch.step('PostgreSQL 18', async () => {
    const { home } = launch.options;
    const kept = await KeptServer.start({
      name: 'PostgreSQL',
      start: (port) =>
        startEmbeddedPostgres({ home, maxConnections, ...(port === undefined ? {} : { port }) }),
      show,
    });
    launch.onStop(() => kept.stop());
    return kept.server.url;
  });
}
