import { describe, expect, it } from '@jest/globals';
import { print } from './print.js';

const BECAUSE = { en: 'severity «high» gives P2', 'zh-CN': '严重程度「high」对应 P2' };
const CASE = {
  id: '4F7K2',
  because: BECAUSE,
  counterfactual: {
    found: true,
    priority: 'P1',
    change: { fact: 'severity', is: '=', value: 'critical' },
    text: { en: 'P1 if severity were «critical»', 'zh-CN': '若严重程度为「critical」，则为 P1' },
  },
  openedAt: '2026-11-05T10:20:00.000Z',
  group: { rule: 'outage', members: [{ ticketKey: '4711', because: BECAUSE }] },
};

const asked = {
  request: { id: 'cov_1', eligible: ['ana', 'chen'], history: [{ what: 'asked', by: { person: 'bo' } }] },
  differences: [],
};

describe('a value as a table', () => {
  it('says texts in the reader’s language only, and a counterfactual as its one sentence', () => {
    expect(print(CASE, 'table', 'en')).toBe(
      [
        'id              4F7K2',
        'because         severity «high» gives P2',
        'counterfactual  P1 if severity were «critical»',
        'openedAt        2026-11-05T10:20:00.000Z',
        'group.rule      outage',
        'group.members:',
        'TICKETKEY  BECAUSE',
        '4711       severity «high» gives P2',
        '',
      ].join('\n'),
    );
    expect(print(CASE, 'table', 'zh-CN')).toContain('counterfactual  若严重程度为「critical」，则为 P1\n');
  });

  it('finds texts in the columns of a list', () => {
    const rows = [{ at: '2026-11-05T10:20:00.000Z', text: BECAUSE, facts: { n: 1 } }];
    expect(print(rows, 'table', 'zh-CN', { AT: 'at', WHAT: 'text' })).toBe(
      'AT                        WHAT\n2026-11-05T10:20:00.000Z  严重程度「high」对应 P2\n',
    );
  });

  it('keeps everything in JSON', () => {
    expect(JSON.parse(print(CASE, 'json', 'en'))).toEqual(CASE);
  });

  it('does not take a value for a text that has more than the languages', () => {
    expect(print({ label: { ...BECAUSE, name: 'x' } }, 'table', 'en')).toContain('label.en ');
  });

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
