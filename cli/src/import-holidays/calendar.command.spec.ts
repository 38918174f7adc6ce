import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseYaml, readFolder } from '@tocsin/config-files';
import { readConfig } from '@tocsin/rules';
import { testData, whenGiven } from '@tocsin/test-rig';
import { runCommand } from '../program.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-calendar-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function given(stdin = '', env: Record<string, string> = {}) {
  let [out, err] = ['', ''];
  const run = (...args: string[]) =>
    runCommand(['calendar', 'import', ...args], {
      env,
      out: (text) => (out += text),
      err: (text) => (err += text),
      now: () => Date.parse('2026-11-23T01:00:00Z'),
      stdin: () => Promise.resolve(stdin),
      fetch: () => Promise.reject(new Error('asks no server')),
    });
  return { run, out: () => out, err: () => err };
}

const file = (name: string, text?: string): string => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};

const HOURS = '{ timeZone: Asia/Shanghai, hours: { Mon-Fri: "09:00-18:00" }';
const TREE = `# who works when
calendars:
  cn-business: ${HOURS}, holidays: CN }   # by the notice
  desk: ${HOURS} }
sla: []
holidays:
  CN:
    days:
      - { date: 2026-01-01, name: "元旦" }   # checked by Li
      - 2026-05-04
      - 2026-10-10
    # none known yet
    worked: []
`;
const ROWS = `date,name,kind
2026-01-01,New Year,holiday
2026-02-14,,workday
2026-02-17,春节,holiday
2026-10-10,国庆节 补班,workday
2028-01-01,元旦,holiday
2031-01-01,too far,holiday
`;

describe('importing public holidays', () => {
  it('prints a table that can stand in a tree', async () => {
    const { run, out } = given(ROWS);
    expect(await run('cn-business', '-', '--format', 'csv', '--market', 'CN', '--years', '2026')).toBe(0);
    expect(out()).toBe(`holidays:
  CN:
    days:
      - { date: 2026-01-01, name: "New Year" }
      - { date: 2026-02-17, name: "春节" }
    worked:
      - 2026-02-14
      - 2026-10-10
`);
  });

  it('writes what is new into the file of the tree, and keeps all that stands there', async () => {
    const tree = file('tree.yaml', TREE);
    const rows = file('cn.csv', ROWS);
    const { run, out } = given();
    expect(await run('cn-business', rows, '--into', folder)).toBe(0);
    expect(readFileSync(tree, 'utf8')).toBe(
      TREE.replace('      - 2026-05-04\n', '      - { date: 2026-02-17, name: "春节" }\n      - 2026-05-04\n')
        .replace('      - 2026-10-10\n', '      - 2026-10-10\n      - { date: 2028-01-01, name: "元旦" }\n')
        .replace('worked: []', 'worked: [2026-02-14]'),
    );
    expect(out()).toBe(
      [
        `2 holidays and 1 worked days added to ${tree}`,
        '2026-10-10: worked by one, a holiday by the other; what stands in the tree was kept',
        '2026-05-04 stands in the tree and not in the file; delete it if it is wrong',
        '',
      ].join('\n'),
    );
    const after = readFileSync(tree, 'utf8');
    const again = given();
    expect(await again.run('cn-business', rows, '--into', tree)).toBe(0);
    expect(again.out()).toMatch(/^nothing to add: everything of 2026-2028/);
    expect(readFileSync(tree, 'utf8')).toBe(after);
  });

  it('writes into the calendar itself where it takes no market’s', async () => {
    const tree = file('tree.yaml', TREE);
    expect(await given().run('desk', file('days.csv', ROWS), '--into', tree, '--years', '2026')).toBe(0);
    const parsed = parseYaml(readFileSync(tree, 'utf8'), tree);
    expect(parsed.ok && parsed.parsed.value['calendars']).toMatchObject({
      desk: {
        holidays: [
          { date: '2026-01-01', name: 'New Year' },
          { date: '2026-02-17', name: '春节' },
        ],
        worked: ['2026-02-14', '2026-10-10'],
      },
    });
    const linted = await readFolder(folder);
    expect(linted.ok && readConfig(linted.tree).ok).toBe(true);
  });

  it('names what it cannot read by its line, in the language of the terminal, and writes nothing', async () => {
    const tree = file('tree.yaml', TREE);
    const rows = file('bad.csv', 'date,kind\n2026-13-01,\n2026-05-01,maybe\n');
    const { run, err } = given('', { LANG: 'zh_CN.UTF-8' });
    expect(await run('cn-business', rows, '--into', tree)).toBe(3);
    expect(err()).toBe(
      `${rows} 无法完整读取，因此未导入任何内容：\n第 2 行：「2026-13-01」不是日期；请填写例如 2026-12-25。\n第 3 行：类型「maybe」未知；请填写 holiday，或以 workday 表示调休上班日。\n`,
    );
    expect(readFileSync(tree, 'utf8')).toBe(TREE);
  });

  it.each([
    [
      ['none'],
      'The tree has no calendar «none»; add it below «calendars:» with timeZone and hours, or name one of: cn-business, desk.',
    ],
    [['desk', '--market', 'CN'], 'Calendar «desk» does not take the holidays of «CN»'],
    [['desk', '--years', '2026-2040'], '--years «2026-2040» is no year'],
  ])('%j is refused with its cure', async ([calendar = '', ...more], message) => {
    const { run, err } = given();
    const rows = file('days.csv', ROWS);
    expect(await run(calendar, rows, '--into', file('tree.yaml', TREE), ...more)).toBeGreaterThan(0);
    expect(err()).toContain(message);
  });

  it('says what to add by hand where a tree is written by aliases', async () => {
    const aliased = TREE.replace('desk: { ', 'desk: { worked: &moved [2026-02-14], ').replace(
      'worked: []',
      'worked: *moved',
    );
    const tree = file('tree.yaml', aliased);
    const { run, err } = given();
    const rows = file('cn.csv', 'date,kind\n2026-02-28,workday\n');
    expect(await run('cn-business', rows, '--into', tree)).toBe(1);
    expect(err()).toContain('is written in a way that cannot be added to');
    expect(err()).toContain('holidays:\n  CN:\n    worked:\n      - 2026-02-28\n');
    expect(readFileSync(tree, 'utf8')).toBe(aliased);
  });
});

whenGiven('test data', describe)('the public holidays of twenty markets', () => {
  it('come into a tree that lints, each date where the data has it', async () => {
    const data = testData('data', 'holidays', 'holidays.csv');
    const rows = readFileSync(data, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => ({
        market: line.slice(0, 2),
        date: line.slice(3, 13),
        worked: line.endsWith(',workday'),
      }))
      // A few rows are of years long past.
      .filter(({ date }) => date >= '2023' && date < '2028');
    const markets = [...new Set(rows.map(({ market }) => market))];
    expect(markets).toHaveLength(20);
    const calendars = markets.map((market) => `  c-${market.toLowerCase()}: ${HOURS}, holidays: ${market} }`);
    const tree = file(
      'tree.yaml',
      `calendars:\n${calendars.join('\n')}\nholidays:\n${markets.map((market) => `  ${market}: {}`).join('\n')}\n`,
    );
    for (const market of markets)
      expect(
        await given().run(
          `c-${market.toLowerCase()}`,
          data,
          '--into',
          tree,
          '--market',
          market,
          '--years',
          '2023-2027',
        ),
      ).toBe(0);
    const merged = await readFolder(tree);
    if (!merged.ok) throw new Error(JSON.stringify(merged.faults));
    const read = readConfig(merged.tree);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    for (const market of markets) {
      const own = rows.filter((row) => row.market === market);
      const dates = (worked: boolean) =>
        [...new Set(own.filter((row) => row.worked === worked).map(({ date }) => date))].toSorted();
      const table = read.config.holidays[market];
      expect([market, table?.days.map(({ date }) => date)]).toEqual([market, dates(false)]);
      expect([market, table?.worked]).toEqual([market, dates(true)]);
    }
  }, 60_000);
});
