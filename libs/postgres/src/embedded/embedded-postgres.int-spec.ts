import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '@tocsin/test-rig';
import { Client } from 'pg';
import { EmbeddedPostgresError, startEmbeddedPostgres, type EmbeddedPostgres } from './index.js';

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('embedded PostgreSQL', () => {
  let home: string;
  const running: EmbeddedPostgres[] = [];
  const start = async (): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ home, maxConnections: 12 });
    running.push(server);
    return server;
  };

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'tocsin-postgres-'));
    await chmod(home, 0o755);
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
    await rm(home, { recursive: true, force: true });
  });

  it('starts durable, on loopback alone, with its password kept from others, and leaves no process when stopped', async () => {
    const server = await start();
    const [settings] = await ask(
      server.url,
      `SELECT current_setting('max_connections') AS connections, current_setting('fsync') AS fsync,
              current_setting('listen_addresses') AS listens, current_database() AS name`,
    );
    expect(settings).toEqual({ connections: '12', fsync: 'on', listens: '127.0.0.1', name: 'tocsin' });
    expect((await stat(join(home, 'postgres/password'))).mode & 0o077).toBe(0);
    await server.stop();
    await server.ended;
    expect(alive(server.pid)).toBe(false);
  }, 60_000);

  it('keeps data and address over a second start', async () => {
    const first = await start();
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  }, 60_000);

  it('takes over the data from the server of a killed launcher', async () => {
    const orphan = await start();
    await ask(orphan.url, 'CREATE TABLE kept AS SELECT 7 AS answer');
    const next = await start();
    await orphan.ended;
    expect(next.pid).not.toBe(orphan.pid);
    expect(await ask(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 7 }]);
  }, 60_000);

  it('starts beside a pid file whose number belongs to another program', async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(home, 'postgres/data/postmaster.pid'), `${process.pid}\n/elsewhere\n`);
    const second = await start();
    expect(await ask(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  }, 60_000);

  it('heals a first start that ended between initdb and the creation of the database', async () => {
    const first = await start();
    await ask(first.url.replace(/tocsin$/, 'postgres'), 'DROP DATABASE tocsin');
    await first.stop();
    const second = await start();
    expect(await ask(second.url, 'SELECT current_database() AS name')).toEqual([{ name: 'tocsin' }]);
  }, 60_000);

  it('says in one line what to do about data that it cannot open', async () => {
    const first = await start();
    await first.stop();
    await rm(join(home, 'postgres/data/global/pg_control'));
    const failure = await startEmbeddedPostgres({ home }).catch(
      (error: unknown) => error as EmbeddedPostgresError,
    );
    expect(failure).toBeInstanceOf(EmbeddedPostgresError);
    const { message } = failure as EmbeddedPostgresError;
    expect(message).toMatch(/cannot be used: .*start empty after: mv /);
    expect(message).not.toContain('\n');
    expect(await readFile(join(home, 'logs/postgres.log'), 'utf8')).toContain('pg_control');
  }, 60_000);

  it('starts twice at the same moment although both have kept the same port', async () => {
    const first = await start();
    await first.stop();
    const other = await mkdtemp(join(tmpdir(), 'tocsin-postgres-'));
    await chmod(other, 0o755);
    try {
      await mkdir(join(other, 'postgres'));
      await writeFile(join(other, 'postgres/port'), `${first.port}\n`);
      // Made beforehand, so that both come to their port at about the same time.
      const warm = await startEmbeddedPostgres({ home: other, port: await freePort() });
      await warm.stop();
      const both = await Promise.all([start(), startEmbeddedPostgres({ home: other })]);
      running.push(...both);
      const ports = await Promise.all(
        both.map(({ url }) => ask(url, "SELECT current_setting('port') AS port")),
      );
      expect(ports).toEqual(both.map(({ port }) => [{ port: String(port) }]));
      expect(new Set(both.map(({ port }) => port)).size).toBe(2);
    } finally {
      for (const server of running.splice(0)) await server.stop();
      await rm(other, { recursive: true, force: true });
    }
  }, 60_000);

  it('refuses a folder that holds something else than a database', async () => {
    await mkdir(join(home, 'postgres/data/holiday-photos'), { recursive: true });
    await expect(startEmbeddedPostgres({ home })).rejects.toThrow(/not empty but holds no database/);
  }, 60_000);
});
