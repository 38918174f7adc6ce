import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mergeFiles, readFolder } from '@tocsin/config-files';
import { readConfig, runPolicyTests, scoreMutants, watchedRules } from '@tocsin/rules';

const ROOT = resolve(import.meta.dirname, '../../..');

const treeOfPage = async (page: string) => mergeFiles(await blocksOf(page));

/** The YAML blocks of a page, each a file of one tree. */
async function blocksOf(page: string) {
  const text = await readFile(resolve(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)];
  return blocks.map(([, block = ''], n) => ({ path: `${page}#${n}.yaml`, text: block }));
}

function soundConfig(merged: Awaited<ReturnType<typeof treeOfPage>>) {
  const read = merged.ok ? readConfig(merged.tree) : merged;
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  if (!('config' in read)) throw new Error('no config');
  return read;
}

describe('docs/config.md', () => {
  it('is a sound tree without a warning, whose tests pass', async () => {
    const { config, warnings } = soundConfig(await treeOfPage('docs/config.md'));
    expect(warnings).toEqual([]);
    expect(runPolicyTests(config)).toEqual([
      { name: 'one case per market, however many tickets', passed: true },
      { name: 'an unpaid storm wakes the owner after two minutes', passed: true },
    ]);
  });
});

describe('docs/grouping.md', () => {
  it('adds sound rules without a warning to the world of docs/config.md', async () => {
    const pages = await Promise.all(['docs/config.md', 'docs/grouping.md'].map(blocksOf));
    const [world = [], rules = []] = pages;
    const plain = world.map((file) => ({ ...file, text: file.text.replace(/^grouping:\n(?: .*\n)*/m, '') }));
    const { config, warnings } = soundConfig(mergeFiles([...plain, ...rules]));
    expect([config.grouping.length, warnings]).toEqual([2, []]);
  });
});

describe('docs/outgoing-webhooks.md', () => {
  it('adds a sound webhook without a warning to the world of docs/config.md', async () => {
    const pages = await Promise.all(['docs/config.md', 'docs/outgoing-webhooks.md'].map(blocksOf));
    const [world = [], webhooks = []] = pages;
    const plain = world.map((file) => ({ ...file, text: file.text.replace(/^webhooks:\n(?: .*\n)*/m, '') }));
    const { config, warnings } = soundConfig(mergeFiles([...plain, ...webhooks]));
    expect([config.webhooks['bridge']?.secret.length, warnings]).toEqual([2, []]);
  });
});

describe('docs/priority.md', () => {
  it('adds sound rules on reports and promises without a warning to the world of docs/config.md', async () => {
    const pages = await Promise.all(['docs/config.md', 'docs/priority.md'].map(blocksOf));
    const [world = [], blocks = []] = pages;
    const plain = world.map((file) => ({ ...file, text: file.text.replace(/^priority:\n(?: .*\n)*/m, '') }));
    const rules = blocks.filter(({ text }) => text.includes('event.reports'));
    const { config, warnings } = soundConfig(mergeFiles([...plain, ...rules]));
    expect([config.priority.rules.map(({ set }) => set), warnings]).toEqual([['P1', 'P2'], []]);
  });
});

describe('docs/monitor-mode.md', () => {
  it('adds rules that only watch without a warning to the world of docs/config.md', async () => {
    const pages = await Promise.all(['docs/config.md', 'docs/monitor-mode.md'].map(blocksOf));
    const [world = [], blocks = []] = pages;
    const without = (text: string) => text.replace(/^(?:priority|maintenance):\n(?: .*\n)*/gm, '');
    const plain = world.map((file) => ({ ...file, text: without(file.text) }));
    const { config, warnings } = soundConfig(mergeFiles([...plain, ...blocks]));
    expect([watchedRules(config).map(({ name }) => name), warnings]).toEqual([
      ['a market without payouts', 'ledger weekly'],
      [],
    ]);
  });
});

describe.each(['starter', 'compose'])('examples/%s', (example) => {
  it('has no warning and passes its own tests, and known is what they would not notice', async () => {
    const { config, warnings } = soundConfig(await readFolder(resolve(ROOT, 'examples', example)));
    expect(warnings).toEqual([]);
    expect(runPolicyTests(config).map(({ passed }) => passed)).toEqual([true, true, true, true]);
    const { mutants, survivors } = scoreMutants(config);
    expect(mutants).toBe(37);
    const unseen = survivors.map(({ pointer }) => pointer);
    expect(unseen.filter((pointer) => !pointer.startsWith('/sources'))).toEqual([
      // Without a fallback a P1 pages everyone as its last resort: here the same people. Lint refuses that tree.
      '/policies/live-pay/fallback',
      // Every source of this world has a service and a severity map, and no test leaves the severity out.
      '/priority/default',
      '/priority/default',
    ]);
    const words = unseen.filter((pointer) => pointer.startsWith('/sources'));
    expect(words).toHaveLength(22);
    for (const seen of ['/sources/demo/severity/critical', '/sources/demo/severity/info'])
      expect(words).not.toContain(seen);
  });
});
