import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '@tocsin/test-rig';
import { ChildLog } from './child-log.js';
import { SupervisedChild } from './supervised-child.js';

/** Each start of a fake main adds one letter, so that starts can be counted from outside. */
const COUNT_START = "import { appendFileSync } from 'node:fs';\nappendFileSync(process.env.STARTS, 's');\n";
const STAY = 'setInterval(() => undefined, 1_000);\n';

describe('a supervised service process', () => {
  let folder: string;
  let shown: string[];
  const children: SupervisedChild[] = [];

  const supervise = async (main: string): Promise<SupervisedChild> => {
    const file = join(folder, 'main.mjs');
    await writeFile(file, COUNT_START + main);
    const show = (line: string): void => void shown.push(line);
    const log = await ChildLog.open('fake', join(folder, 'fake.log'), show);
    const env = { STARTS: join(folder, 'starts'), PATH: process.env['PATH'] ?? '' };
    const child = new SupervisedChild({ name: 'fake', file, env }, log, show);
    children.push(child);
    return child;
  };
  const starts = (): Promise<number> =>
    readFile(join(folder, 'starts'), 'utf8').then(
      (text) => text.length,
      () => 0,
    );

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-supervise-'));
    shown = [];
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await child.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('comes back after kill -9, each time a little later while it dies early', async () => {
    const child = await supervise(STAY);
    child.start();
    await until(async () => (await starts()) === 1);
    child.markReady();
    for (const time of [2, 3]) {
      process.kill(child.pid as number, 'SIGKILL');
      await until(async () => (await starts()) === time);
    }
    expect(shown).toEqual([
      'fake ended (SIGKILL); starting it again in 0.2 s',
      'fake ended (SIGKILL); starting it again in 0.4 s',
    ]);
  });

  it('is given up at once when it ends with 78, with the lines that say why', async () => {
    const child = await supervise("console.error('DATABASE_URL is not set');\nprocess.exitCode = 78;\n");
    child.start();
    await expect(child.hopeless).rejects.toMatchObject({
      message: 'fake does not start with this configuration: see the lines above.',
      details: ['DATABASE_URL is not set'],
    });
    expect(await starts()).toBe(1);
    expect(shown).toEqual([]);
  });

  it('is given up when it has never become ready in five starts', async () => {
    const child = await supervise('process.exitCode = 3;\n');
    child.start();
    await expect(child.hopeless).rejects.toThrow(
      /^fake ended 5 times before it was ready \(code 3\): its log is /,
    );
    expect(await starts()).toBe(5);
  }, 30_000);

  it('is stopped in order and not started again', async () => {
    const child = await supervise(
      `process.once('SIGTERM', () => { console.log('order kept'); process.exit(0); });\nconsole.log('up');\n${STAY}`,
    );
    child.start();
    const log = join(folder, 'fake.log');
    await until(async () => (await readFile(log, 'utf8')).includes('up'));
    await child.stop();
    expect(await readFile(log, 'utf8')).toContain('order kept');
    expect(await starts()).toBe(1);
    expect(shown).toEqual([]);
  });

  it('is not started again when the stop comes while it waits for its next start', async () => {
    const child = await supervise('process.exitCode = 1;\n');
    child.start();
    await until(() => shown.length === 2);
    await child.stop();
    const before = await starts();
    // Longer than the wait that was announced.
    await expect(until(async () => (await starts()) > before, { within: '1s' })).rejects.toThrow(
      /not within/,
    );
  });
});
