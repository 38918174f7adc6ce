import { describe, expect, it } from '@jest/globals';
import { mergeFiles, renderYaml } from './index.js';

const merge = (texts: Record<string, string>) =>
  mergeFiles(Object.entries(texts).map(([path, text]) => ({ path, text })));

const faultsOf = (texts: Record<string, string>): string[] => {
  const result = merge(texts);
  return result.ok ? [] : result.faults.map(({ file, line, message }) => `${file}:${line} ${message}`);
};

describe('merging the files of a config tree', () => {
  it('joins the same kind from several files', () => {
    const result = merge({
      'a.yaml': 'people: { bo: { name: Bo } }',
      'b/c.yaml': 'people: { ana: { name: Ana } }\ntenant: acme',
    });
    expect(result).toMatchObject({
      ok: true,
      tree: { people: { bo: { name: 'Bo' }, ana: { name: 'Ana' } }, tenant: 'acme' },
    });
  });

  it('names both places of a name that is defined twice', () => {
    const faults = faultsOf({
      'a.yaml': 'people:\n  bo: { name: Bo }',
      'b.yaml': '# more\npeople:\n  bo: { name: Bob }',
    });
    expect(faults).toEqual(['b.yaml:3 «people.bo» is defined twice (a.yaml:2); rename one or remove it']);
  });

  it('keeps ordered rule lists in one file', () => {
    expect(faultsOf({ 'a.yaml': 'routing: []', 'b.yaml': 'routing: []' })).toEqual([
      'b.yaml:1 «routing» is defined twice (a.yaml:1); keep it in one file, because its order matters',
    ]);
  });

  it('adds the tests of several files to one list and finds each in its file', () => {
    const result = merge({
      'a.yaml': 'tests:\n  - name: one\n  - name: two\n',
      'tests/b.yaml': '# more\ntests:\n  - name: three\n    given: { at: now }\n',
    });
    expect(result).toMatchObject({
      ok: true,
      tree: { tests: [{ name: 'one' }, { name: 'two' }, { name: 'three' }] },
    });
    const places = ['/tests/1/name', '/tests/2/given/at'].map((pointer) =>
      result.ok ? result.placeOf(pointer) : 0,
    );
    expect(places).toMatchObject([
      { file: 'a.yaml', line: 3, column: 5 },
      { file: 'tests/b.yaml', line: 4, column: 14 },
    ]);
  });

  it('finds file and line of a JSON pointer, also inside lists', () => {
    const result = merge({
      'p.yaml': 'policies:\n  pay:\n    steps:\n      - name: one\n      - name: two\n        wait: 9x\n',
    });
    expect(result.ok ? result.placeOf('/policies/pay/steps/1/wait') : undefined).toMatchObject({
      file: 'p.yaml',
      line: 6,
    });
  });

  it('reads what it renders', () => {
    const tree = { people: { bo: { name: 'no', at: '09:00', on: 'yes' } } };
    expect(merge({ 'a.yaml': renderYaml(tree) })).toMatchObject({ ok: true, tree });
  });
});

describe('refusing YAML that is not plain config', () => {
  it('stops a bomb of nested aliases before it is expanded', () => {
    const levels = Array.from(
      { length: 9 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}]`,
    );
    const faults = faultsOf({ 'bomb.yaml': ['l0: &l0 [x, x, x]', ...levels].join('\n') });
    expect(faults[0]).toMatch(/^bomb.yaml:1 aliases are refused here .*write the values out$/);
  });

  it.each([
    ['in flow style', `people: ${'['.repeat(100_000)}`],
    [
      'in block style',
      `people:\n${Array.from({ length: 80 }, (_, n) => `${' '.repeat(n + 1)}a:`).join('\n')}`,
    ],
    ['in compact lists', `people:\n  ${'- '.repeat(100_000)}x`],
    ['in keys', `people: ${'{ ? '.repeat(50_000)}`],
  ])('stops nesting without end %s before it is composed', (_, text) => {
    expect(faultsOf({ 'a.yaml': text })).toEqual(['a.yaml:1 nested over 64 levels deep; write it flatter']);
  });

  it.each([
    ['a tag that would run code', 'people: !!js/function "function () { return 1 }"'],
    ['a tag of our own', 'people: !secret bo'],
    ['a key given twice in one file', 'people: { bo: {} }\npeople: { ana: {} }'],
    ['two documents', 'people: {}\n---\npeople: {}'],
    ['a list at the top', '- people'],
    ['broken indentation', 'people:\n\tbo: x'],
    ['a key that is not text', 'people: { ? [a] : b }'],
  ])('refuses %s', (_, text) => {
    expect(faultsOf({ 'a.yaml': text })).not.toEqual([]);
  });

  it('does not let «__proto__» become a prototype', () => {
    const result = merge({ 'a.yaml': 'people: { __proto__: { admin: true } }' });
    expect(result.ok && Object.keys(result.tree['people'] as object)).toEqual(['__proto__']);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
