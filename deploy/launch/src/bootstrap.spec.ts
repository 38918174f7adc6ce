import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cureFor } from '../bootstrap/progress.mjs';
import { hashOf, isStamped, stamp } from '../bootstrap/stamp.mjs';
import { cleanEnvironment, isNewEnough } from '../bootstrap/toolchain.mjs';

describe('the bootstrap', () => {
  it('uses the Node at hand only when it is 24.11 or later of that line', () => {
    expect(['v24.11.0', 'v24.21.0'].map(isNewEnough)).toEqual([true, true]);
    expect(['v20.20.2', 'v24.10.0', 'v22.20.0', 'v25.1.0'].map(isNewEnough)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('does finished work again only when what it was made from has changed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-stamp-'));
    const [lockfile, done] = [join(folder, 'lock'), join(folder, 'done')];
    await writeFile(lockfile, 'one');
    const mark = await hashOf([lockfile]);
    expect(await isStamped(done, mark)).toBe(false);
    await stamp(done, mark);
    expect(await isStamped(done, await hashOf([lockfile]))).toBe(true);
    await writeFile(lockfile, 'two');
    expect(await isStamped(done, await hashOf([lockfile]))).toBe(false);
    await rm(folder, { recursive: true });
  });

  it('tells the cure of the usual failures of an install', () => {
    expect(cureFor('npm error ENOSPC: no space left on device, write')).toMatch(/^the disk is full/);
    expect(cureFor('npm error code EAI_AGAIN')).toMatch(/registry cannot be reached/);
    expect(cureFor('Error: spawn npm ENOENT')).toMatch(/a program is missing/);
  });

  it('keeps what the calling npm says about this project from the tools it runs', () => {
    process.env['npm_config_local_prefix'] = '/elsewhere';
    process.env['npm_package_name'] = 'tocsin';
    expect(Object.keys(cleanEnvironment()).filter((name) => /local_prefix|npm_package/.test(name))).toEqual(
      [],
    );
  });
});
