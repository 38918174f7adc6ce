import { describe, expect, it } from '@jest/globals';
import { print } from './print.js';

const asked = {
  request: { id: 'cov_1', eligible: ['ana', 'chen'], history: [{ what: 'asked', by: { person: 'bo' } }] },
  differences: [],
};

describe('one value as a table', () => {
  it('has a line for each member, lists of words in one cell, and lists of objects below', () => {
    expect(print(asked, 'table', 'en')).toBe(
      [
        'request.id        cov_1',
        'request.eligible  ana, chen',
        'differences',
        'request.history:',
        'WHAT   BY.PERSON',
        'asked  bo',
        '',
      ].join('\n'),
    );
  });

  it('keeps what a row has and another has not, and lists inside rows', () => {
    const rows = { tickets: [{ key: 'A' }, { key: 'B', open: true, changes: [{ kind: 'merge' }] }] };
    expect(print(rows, 'table', 'en')).toBe(
      ['tickets:', 'KEY  OPEN  CHANGES', 'A', 'B    true  [{"kind":"merge"}]', ''].join('\n'),
    );
  });

  it('lets no text of others move the cursor', () => {
    expect(print({ subject: 'a\u001b[2Jb', tags: ['x\ny'] }, 'table', 'en')).toBe(
      'subject  a [2Jb\ntags     x y\n',
    );
  });
});
