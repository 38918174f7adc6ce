import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { usableBinaries } from './binaries.js';
import { ensureDataDirectory, SUPERUSER } from './data-directory.js';
import { PortTaken } from './embedded-postgres-error.js';
import { keptSecret } from './kept-secret.js';
import { stopLeftOverServer, stopServer } from './left-over-server.js';
import { keptPort, portIsFree } from './listening-port.js';
import { startServer } from './server-process.js';
import { mustBeEnterable, serviceUser } from './service-user.js';

const DATABASE = 'tocsin';
const PORT_ATTEMPTS = 5;

export interface EmbeddedPostgresOptions {
  /** Folder of the installation; PostgreSQL keeps to `postgres/` and `logs/` in it. */
  readonly home: string;
  /** 60 suits one process with all services, 300 the cluster. */
  readonly maxConnections?: number;
  /** Port on 127.0.0.1, which must be free; default: the one of the last start, else a free one. */
  readonly port?: number;
}

export interface EmbeddedPostgres {
  /** Superuser URL of the database `tocsin`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when the server has ended, however it ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL 18 from npm's binaries on 127.0.0.1 with durable settings; a server left by a killed launcher is
 * stopped first. Everything is kept under `home`: data, port, password (0600).
 * @throws EmbeddedPostgresError whose message is one line with the cure.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = join(options.home, 'postgres');
  const logs = join(options.home, 'logs');
  for (const path of [folder, logs]) await mkdir(path, { recursive: true });
  const user = await serviceUser();
  if (user) {
    await mustBeEnterable(options.home);
    await chown(folder, user.uid, user.gid);
  }
  const binaries = await usableBinaries(options.home, user);
  const password = await keptSecret(join(folder, 'password'));
  const dataDirectory = await ensureDataDirectory({ binaries, folder, password, user });
  await stopLeftOverServer(dataDirectory);
  const urlOf = (database: string, port: number): string =>
    `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
  const logFile = join(logs, 'postgres.log');
  const { server, port } = await onPort(options.port, join(folder, 'port'), async (port) =>
    startServer({
      ...{ binaries, dataDirectory, logFile, user },
      address: { port, maxConnections: options.maxConnections ?? 60 },
      url: urlOf('postgres', port),
    }),
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await ensureDatabase(urlOf('postgres', port));
  return {
    url: urlOf(DATABASE, port),
    port,
    pid: server.pid,
    logFile,
    ended,
    stop: () => stopServer(server.pid),
  };
}

/** On the wanted port or none; else on the kept one, and on the next free one when another program was faster at it. */
async function onPort<Started>(
  wanted: number | undefined,
  keptIn: string,
  start: (port: number) => Promise<Started>,
): Promise<{ server: Started; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await keptPort(keptIn));
    if (!(await portIsFree(port))) throw new PortTaken(port);
    try {
      return { server: await start(port), port };
    } catch (error) {
      if (!(error instanceof PortTaken) || wanted !== undefined || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

/** Asked at every start and not only after initdb: a start that failed between the two must heal. */
async function ensureDatabase(maintenanceUrl: string): Promise<void> {
  const client = new Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
