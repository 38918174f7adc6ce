import { describe, expect, it } from '@jest/globals';
import type { RecordedInput, Recording } from '@tocsin/contracts';
import { runCommand } from '../program.js';
import { answered, AT, history, NOW, STARTER, starter } from './recorded-starter.given.js';

/** A terminal beside a server that has this recording, in pages of one line. */
async function given(lines: readonly RecordedInput[], env: Record<string, string> = {}) {
  const { tree } = await starter();
  const calls: string[] = [];
  let [out, err] = ['', ''];
  const head: Recording = {
    ...{ from: new Date(AT).toISOString(), until: new Date(AT + 60_000).toISOString(), inputs: lines.length },
    ...{ revisions: lines.length === 0 ? [] : [{ revision: 1, tree }], changes: [], windows: [] },
  };
  const answerTo = (path: string): object => {
    if (path.startsWith('/v1/simulations/recording?')) return head;
    const after = Number(new URLSearchParams(path.split('?')[1]).get('after'));
    const next = after + 1 < lines.length ? { next: after + 1 } : {};
    return { inputs: lines.slice(after, after + 1), ...next };
  };
  const run = (...args: string[]) =>
    runCommand(args, {
      env,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      now: () => NOW,
      stdin: () => Promise.resolve(''),
      fetch: (url, init) => {
        const { pathname, search } = new URL(url instanceof Request ? url.url : url);
        calls.push(`${init?.method ?? 'GET'} ${pathname}`);
        return Promise.resolve(new Response(JSON.stringify(answerTo(pathname + search))));
      },
    });
  return { run, calls, out: () => out, err: () => err };
}

describe('tocsin simulate', () => {
  it('finds no difference by the revisions of then, asks only for the recording, and says so in both languages', async () => {
    const english = await given(await history());
    expect([await english.run('simulate'), english.err()]).toEqual([
      0,
      'read 1 of 2 recorded inputs\nread 2 of 2 recorded inputs\n',
    ]);
    expect(english.out()).toContain('No case would have gone another way.');
    expect(english.out()).toMatch(/^hash of the output: [0-9a-f]{64}$/m);
    expect(new Set(english.calls)).toEqual(
      new Set(['GET /v1/simulations/recording', 'GET /v1/simulations/inputs']),
    );
    const chinese = await given(await history(), { LANG: 'zh_CN.UTF-8' });
    await chinese.run('simulate', '--config', STARTER);
    expect(chinese.out()).toContain('没有案例会有不同的经过。');
  });

  it('ends with 3 when history is not told again by its own config, and shows the case', async () => {
    const [first, second] = await history();
    if (first === undefined || second === undefined) throw new Error('two lines');
    const { run, out } = await given([{ ...first, came: { ...first.came, priorities: ['P4'] } }, second]);
    expect(await run('simulate')).toBe(3);
    expect(out()).toContain('1 cases would have gone another way: priority 1');
    expect(out()).toMatch(/^ {2}4F7 {2}2026-11-20T01:00:00.000Z {2}priority P4 → P1$/m);
    const other = await given([{ ...first, came: { ...first.came, priorities: ['P4'] } }, second]);
    expect(await other.run('simulate', '--config', STARTER)).toBe(0);
  });

  it('names what it does not know, and ends with 3', async () => {
    const [first] = await history();
    if (first === undefined) throw new Error('a line');
    const merged = { ...answered, input: { kind: 'merged', into: '4F8' } };
    const { run, out } = await given([first, merged]);
    expect(await run('simulate', '--config', STARTER)).toBe(3);
    expect(out()).toContain('Case 4F7 cannot be replayed: this version does not know the input «merged».');
  });

  it('gives everything as JSON, the same hash each time', async () => {
    const hashes = new Set<string>();
    for (let run = 0; run < 3; run++) await expectHash();
    expect(hashes.size).toBe(1);

    async function expectHash(): Promise<void> {
      const { run, out } = await given(await history());
      await run('simulate', '--from', '2026-11-01T00:00:00Z', '-o', 'json');
      const shown = JSON.parse(out()) as { cases: number; hash: string; before: object };
      expect(shown).toMatchObject({
        cases: 1,
        differences: [],
        before: { pages: { bo: { day: 1, night: 0 } } },
      });
      hashes.add(shown.hash);
    }
  });

  it('says what is no time, and that nothing is recorded', async () => {
    const wrong = await given([]);
    expect([await wrong.run('simulate', '--from', 'soon'), wrong.calls]).toEqual([2, []]);
    const empty = await given([]);
    expect(await empty.run('simulate')).toBe(3);
    expect(empty.err()).toContain('Nothing is recorded since 2026-10-26T00:00:00.000Z');
  });
});
