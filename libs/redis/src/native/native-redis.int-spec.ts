import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { whenGiven } from '@tocsin/test-rig';
import { Redis } from 'ioredis';
import { startNativeRedis, type NativeRedis } from './index.js';

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function ask<T>(url: string, question: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url);
  try {
    return await question(client);
  } finally {
    client.disconnect();
  }
}

whenGiven('redis', describe)('native Redis', () => {
  let home: string;
  const running: NativeRedis[] = [];
  const start = async (port?: number): Promise<NativeRedis> => {
    const server = await startNativeRedis({ home, ...(port === undefined ? {} : { port }) });
    if (server === undefined) throw new Error('there is no redis-server on the PATH: install it');
    running.push(server);
    return server;
  };

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'tocsin-redis-'));
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
    await rm(home, { recursive: true, force: true });
  });

  it('answers on loopback alone, keeps nothing on disk, and leaves no process when stopped', async () => {
    const server = await start();
    const settings = await ask(server.url, (client) => client.config('GET', '*'));
    const value = (name: string): string | undefined =>
      (settings as string[])[(settings as string[]).indexOf(name) + 1];
    expect([value('bind'), value('save'), value('appendonly')]).toEqual(['127.0.0.1', '', 'no']);
    await server.stop();
    await server.ended;
    expect(alive(server.pid)).toBe(false);
  });

  it('comes back at the address of before when it was killed', async () => {
    const first = await start();
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    const second = await start(first.port);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, (client) => client.ping())).toBe('PONG');
  });

  it('ends the server that a killed launcher left behind, and no other', async () => {
    const orphan = await start();
    const elsewhere = await mkdtemp(join(tmpdir(), 'tocsin-redis-'));
    const stranger = await startNativeRedis({ home: elsewhere });
    if (stranger === undefined) throw new Error('there is no redis-server on the PATH: install it');
    try {
      const next = await start();
      await orphan.ended;
      expect(next.pid).not.toBe(orphan.pid);
      expect(await ask(stranger.url, (client) => client.ping())).toBe('PONG');
    } finally {
      await stranger.stop();
      await rm(elsewhere, { recursive: true, force: true });
    }
  });

  it('names its log when the port is taken', async () => {
    const first = await start();
    await first.stop();
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(first.port, '127.0.0.1', resolve));
    try {
      await expect(start(first.port)).rejects.toThrow(/ended before it was ready: its log is .*redis\.log/);
    } finally {
      holder.close();
    }
  });
});
