import { describe, expect, it } from '@jest/globals';
import { fc } from '@tocsin/test-rig/worlds';
import { joinFiles, mergeFiles, type SourceFile } from './index.js';

const treeOf = (files: readonly SourceFile[]): unknown => {
  const merged = mergeFiles(files);
  if (!merged.ok) throw new Error(JSON.stringify(merged.faults));
  return merged.tree;
};

const filesOf = (texts: Record<string, string>): SourceFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, text }));

describe('joining the files of a tree into one text', () => {
  it('leaves one file as it is, to the letter', () => {
    const text = '# mine\npeople:   { bo: {} }   # odd spacing\n\n';
    expect(joinFiles([{ path: 'a.yaml', text }])).toBe(text);
  });

  it('writes a kind of several files once, each comment at what it is about', () => {
    expect(
      joinFiles(
        filesOf({
          'a.yaml': '# who we are\npeople:\n  # the first\n  bo: { name: Bo } # by night\n# end of a\n',
          'b.yaml': 'teams:\n  pay: { members: [bo] }\n# more people\npeople:\n  ana: { name: Ana }\n',
        }),
      ),
    ).toBe(
      [
        '# who we are',
        'people:',
        '  # the first',
        '  bo: { name: Bo } # by night',
        '  # more people',
        '  ana: { name: Ana }',
        '',
        '# end of a',
        'teams:',
        '  pay: { members: [ bo ] }',
        '',
      ].join('\n'),
    );
  });

  it('writes aliases out, because what they name may move', () => {
    const files = filesOf({
      'a.yaml': 'people: { bo: { notify: { P1: [] } } }\n',
      'b.yaml': 'policies: { p: &p { wait: 5m } }\npeople: { ana: *p }\n',
    });
    expect(treeOf([{ path: 'x.yaml', text: joinFiles(files) }])).toEqual(treeOf(files));
  });

  const name = fc.constantFrom('ana', 'bo', 'chen', 'dee', 'eve', 'flo');
  const section = fc.record({
    kind: fc.constantFrom('people', 'teams', 'policies', 'tests'),
    items: fc.array(
      fc.record({
        name,
        value: fc.constantFrom('{ x: 1 }', '7', '"a # b"', '[1, 2]'),
        note: fc.boolean(),
        side: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    head: fc.boolean(),
    tail: fc.boolean(),
  });

  it('keeps the tree and every comment, and joining again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(section, { selector: (s) => s.kind, maxLength: 4 }), {
          minLength: 2,
          maxLength: 4,
        }),
        (files) => {
          const notes: string[] = [];
          const note = (wanted: boolean, indent = ''): string[] => {
            if (!wanted) return [];
            notes.push(`note ${notes.length}.`);
            return [`${indent}# ${notes.at(-1)}`];
          };
          const texts = files.map((sections, f) => ({
            path: `${f}.yaml`,
            text: sections
              .flatMap(({ kind, items, head, tail }) => [
                ...note(head),
                `${kind}:`,
                ...items.flatMap((item, n) => [
                  ...note(item.note, '  '),
                  `  ${kind === 'tests' ? '- ' : `${item.name}-${f}-${n}: `}${item.value}${note(item.side)
                    .map((side) => ` ${side}`)
                    .join('')}`,
                ]),
                ...note(tail),
              ])
              .concat('')
              .join('\n'),
          }));
          const joined = joinFiles(texts);
          expect(treeOf([{ path: 'x.yaml', text: joined }])).toEqual(treeOf(texts));
          for (const one of notes) expect(joined).toContain(one);
          expect(joinFiles([{ path: 'y.yaml', text: joined }])).toBe(joined);
        },
      ),
    );
  });
});
