import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { problemIn, problemTextIn } from './problems.js';

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

describe('the sentences of a problem', () => {
  it.each([
    ['Not found', '未找到'],
    ['«bo» is no person of the config.', '配置中没有人员「bo」。'],
    ['This window has ended already.', '该维护窗口已经结束。'],
    ['The Idempotency-Key is longer than 200 characters', 'Idempotency-Key 超过 200 个字符'],
    ['Body is too large', 'Body is too large'],
  ])('«%s» is «%s» in Chinese', (en, zh) => {
    expect(problemTextIn('zh-CN', en)).toBe(zh);
    expect(problemTextIn('en', en)).toBe(en);
  });

  it('are said in one language, those of its details and those that quote others too', () => {
    const problem = {
      ...{
        type: 'about:blank',
        status: 422,
        title: 'The file cannot be read as a whole, so nothing of it was taken',
      },
      detail: 'Nothing was changed.',
      errors: [{ pointer: '/text', detail: 'line 3: bo is no person of the config.' }],
    };
    expect(problemIn('zh-CN', problem)).toEqual({
      ...{ ...problem, title: '文件无法完整读取，因此未导入任何内容', detail: '未作任何更改。' },
      errors: [{ pointer: '/text', detail: '第 3 行：bo 不是配置中的人员。' }],
    });
    expect(problemIn('en', problem)).toEqual(problem);
  });

  it('have a title that is known in Chinese wherever one is written down', () => {
    const root = join(import.meta.dirname, '../../../..');
    const titles = [...writtenTitles(join(root, 'services')), ...writtenTitles(join(root, 'libs/runtime'))];
    expect(titles.length).toBeGreaterThan(10);
    expect(titles.filter((title) => problemTextIn('zh-CN', title) === title)).toEqual([]);
  });
});
