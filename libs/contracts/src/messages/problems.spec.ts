import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { problemTitleIn } from './problems.js';

/** Every title that is written down where a problem is thrown. */
function* writtenTitles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const inSource = entry.parentPath.includes('/src');
    if (!entry.isFile() || !inSource || !entry.name.endsWith('.ts') || entry.name.includes('spec')) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const [, title] of text.matchAll(/new ProblemError\(\s*\d+,\s*'([^']+)'/g))
      if (title !== undefined) yield title;
  }
}

describe('the title of a problem', () => {
  it.each([
    ['Not found', '未找到'],
    ['«bo» is no person of the config.', '配置中没有人员「bo」。'],
    ['This window has ended already.', '该维护窗口已经结束。'],
    ['The Idempotency-Key is longer than 200 characters', 'Idempotency-Key 超过 200 个字符'],
    ['Body is too large', 'Body is too large'],
  ])('«%s» is «%s» in Chinese', (en, zh) => {
    expect(problemTitleIn('zh-CN', en)).toBe(zh);
    expect(problemTitleIn('en', en)).toBe(en);
  });

  it('is known in Chinese wherever one is written down', () => {
    const root = join(import.meta.dirname, '../../../..');
    const titles = [...writtenTitles(join(root, 'services')), ...writtenTitles(join(root, 'libs/runtime'))];
    expect(titles.length).toBeGreaterThan(10);
    expect(titles.filter((title) => problemTitleIn('zh-CN', title) === title)).toEqual([]);
  });
});
