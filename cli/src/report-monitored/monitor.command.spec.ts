import { describe, expect, it } from '@jest/globals';
import type { MonitoredRulesView } from '@tocsin/contracts';
import { runCommand } from '../program.js';

function given(answer: object, env: Record<string, string> = {}) {
  const asked: string[] = [];
  let [out, err] = ['', ''];
  const run = (...args: string[]) =>
    runCommand(['monitor', 'report', ...args], {
      env,
      out: (text) => (out += text),
      err: (text) => (err += text),
      now: () => Date.parse('2026-11-23T01:00:00Z'),
      stdin: () => Promise.resolve(''),
      fetch: (url) => {
        asked.push(url as string);
        return Promise.resolve(
          new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } }),
        );
      },
    });
  return { run, asked, out: () => out, err: () => err };
}

const span = { from: '2026-11-16T01:00:00.000Z', until: '2026-11-23T01:00:00.000Z', revision: 3 };
const REPORT: MonitoredRulesView = {
  ...span,
  rules: [
    {
      ...{ kind: 'priority', name: 'many', since: '2026-11-20T00:00:00.000Z', matched: 12, differed: 9 },
      changes: [
        { real: 'P3', would: 'P1', cases: 8 },
        { real: '', would: 'P2', cases: 1 },
      ],
      examples: [{ caseId: '4F7', at: '2026-11-22T03:00:00.000Z', revision: 3, real: 'P3', would: 'P1' }],
      live: { pointer: '/priority/rules/2', line: 'mode: live' },
    },
    {
      ...{ kind: 'maintenance', name: 'move', matched: 2, differed: 2, pagesHeld: 5 },
      ...{ changes: [{ real: 'paged', would: 'hushed', cases: 2 }], examples: [] },
      live: { pointer: '/maintenance/0', line: 'mode: live' },
    },
  ],
};

describe('tocsin monitor report', () => {
  it('tells of each rule what it would have changed, examples, and the line that makes it live', async () => {
    const { run, asked, out } = given(REPORT);
    expect(await run('--rule', 'many & more')).toBe(0);
    expect(asked[0]).toMatch(
      /\/v1\/monitored-rules\?from=2026-11-16T01%3A00%3A00.000Z&rule=many\+%26\+more$/,
    );
    expect(out()).toBe(
      [
        'priority «many», watched since 2026-11-20T00:00:00.000Z: would have decided about 12 cases, 9 of them otherwise',
        '  P3 → P1: 8',
        '  nothing → P2: 1',
        '  Pages are not counted here: «tocsin simulate --config PATH» with the rule live replays them.',
        '  case 4F7 at 2026-11-22T03:00:00.000Z: P3 → P1',
        '  to make it live: /priority/rules/2: mode: live',
        'maintenance «move», watched since now: would have decided about 2 cases, 2 of them otherwise',
        '  paged → hushed: 2',
        '  5 pages would have been held back',
        '  to make it live: /maintenance/0: mode: live',
        '',
      ].join('\n'),
    );
  });

  it('speaks the language of the terminal, and says how to begin where nothing watches', async () => {
    const { run, out } = given({ ...span, rules: [] }, { LANG: 'zh_CN.UTF-8' });
    expect(await run()).toBe(0);
    expect(out()).toContain('没有处于 monitor 模式的规则。');
    const found = given(REPORT, { LANG: 'zh_CN.UTF-8' });
    await found.run();
    expect(found.out()).toContain('其中 9 个结果不同');
  });

  it('is JSON for machines', async () => {
    const { run, out } = given(REPORT);
    expect(await run('-o', 'json')).toBe(0);
    expect(JSON.parse(out())).toEqual(REPORT);
  });

  it('refuses what is no time', async () => {
    const { run, asked, err } = given(REPORT);
    expect(await run('--from', 'yesterday')).not.toBe(0);
    expect([asked, err()]).toEqual([[], expect.stringContaining('yesterday')]);
  });
});
