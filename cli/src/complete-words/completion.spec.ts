import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { given, json } from '../terminal.given.js';

async function scriptFor(shell: string): Promise<string> {
  const { run, calls, out } = given(json({}));
  expect(await run('completion', shell)).toBe(0);
  expect(calls).toEqual([]);
  return out();
}

/** What bash offers for the last of these words. */
function offered(script: string, ...words: string[]): string[] {
  const line = words.map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '--norc',
      '-c',
      `${script}\nCOMP_WORDS=(tocsin ${line}); COMP_CWORD=${words.length}; _tocsin; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('completion', () => {
  it('offers verbs, the verbs of verbs, options and their values', async () => {
    const script = await scriptFor('bash');
    expect(offered(script, 'ca')).toEqual(expect.arrayContaining(['case', 'calendar']));
    expect(offered(script, 'case', 'es')).toEqual(['escalate']);
    expect(offered(script, 'case', 'resolve', '10000', '--c')).toEqual(['--code', '--cause']);
    expect(offered(script, 'page', 'person', 'bo', '--priority', '')).toEqual(['P1', 'P2', 'P3', 'P4', 'P5']);
    expect(offered(script, 'case', 'list', '-o', 'y')).toEqual(['yaml']);
    expect(offered(script, 'case', 'list', '--limit', '')).toEqual([]);
    expect(offered(script, 'config', 'nothing', '--such')).toEqual([]);
  });

  it('is the same script for zsh, which understands it after two words of its own', async () => {
    expect(await scriptFor('zsh')).toBe(
      `autoload -U +X compinit bashcompinit && compinit && bashcompinit\n${await scriptFor('bash')}`,
    );
  });

  it('tells fish each verb where it may stand', async () => {
    const script = await scriptFor('fish');
    expect(script).toMatch(/^complete -c tocsin -f -n '__tocsin_at case' -a '[^']*escalate[^']*'$/m);
    expect(script).toMatch(
      /^complete -c tocsin -n '__tocsin_at page' -l priority -r -f -a 'P1 P2 P3 P4 P5'$/m,
    );
    expect(script).toMatch(/^complete -c tocsin -s o -l output -r -f -a 'table json yaml'$/m);
  });

  it('refuses a shell that it does not know', async () => {
    const { run, err } = given(json({}));
    expect(await run('completion', 'tcsh')).toBe(2);
    expect(err()).toContain('bash, zsh, fish');
  });
});
