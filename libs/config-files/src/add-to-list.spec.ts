import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { parse } from 'yaml';
import { addToList, dateOf, type DatedItem } from './add-to-list.js';

const PATH = ['holidays', 'SG', 'days'];
const xmas = { date: '2026-12-25', name: 'Christmas Day' };

describe('adding to a dated list', () => {
  it.each<[string, string, string]>([
    ['', '', 'holidays:\n  SG:\n    days:\n      - { date: 2026-12-25, name: "Christmas Day" }\n'],
    [
      '# ours',
      '# ours',
      '# ours\nholidays:\n  SG:\n    days:\n      - { date: 2026-12-25, name: "Christmas Day" }\n',
    ],
    [
      'a block, in its place, with its comments',
      'holidays:\n  SG:\n    # checked\n    days:\n      - 2026-08-09 # ours\n      # later\n      - { date: 2027-01-01 }\n    worked: []\n',
      'holidays:\n  SG:\n    # checked\n    days:\n      - 2026-08-09 # ours\n      - { date: 2026-12-25, name: "Christmas Day" }\n      # later\n      - { date: 2027-01-01 }\n    worked: []\n',
    ],
    [
      'before all others, as deep as they are',
      'holidays:\n    SG:\n        days:\n        - 2027-01-01\n',
      'holidays:\n    SG:\n        days:\n        - { date: 2026-12-25, name: "Christmas Day" }\n        - 2027-01-01\n',
    ],
    [
      'behind an item of several lines, the last without an end of line',
      'holidays:\n  SG:\n    days:\n      - date: 2026-08-09\n        name: National Day',
      'holidays:\n  SG:\n    days:\n      - date: 2026-08-09\n        name: National Day\n      - { date: 2026-12-25, name: "Christmas Day" }\n',
    ],
    [
      'a flow',
      'holidays: { SG: { days: [ 2026-08-09,  2027-01-01 ] } } # short\n',
      'holidays: { SG: { days: [ 2026-08-09, { date: 2026-12-25, name: "Christmas Day" },  2027-01-01 ] } } # short\n',
    ],
    [
      'an empty flow',
      'holidays: { SG: { days: [], worked: [] } }\n',
      'holidays: { SG: { days: [{ date: 2026-12-25, name: "Christmas Day" }], worked: [] } }\n',
    ],
    [
      'a flow without the key',
      'holidays: { SG: { worked: [] } }\n',
      'holidays: { SG: { worked: [], days: [{ date: 2026-12-25, name: "Christmas Day" }] } }\n',
    ],
    [
      'an empty mapping',
      'holidays: {}\n',
      'holidays: { SG: { days: [{ date: 2026-12-25, name: "Christmas Day" }] } }\n',
    ],
    [
      'a key without a value, amid others',
      'holidays:\n  SG:\n    days: # none yet\n    worked: []\npeople: {}\n',
      'holidays:\n  SG:\n    days: # none yet\n      - { date: 2026-12-25, name: "Christmas Day" }\n    worked: []\npeople: {}\n',
    ],
    [
      'another market beside, with what follows',
      'holidays:\n  CN:\n    days: [2026-10-01]\n\n# people\npeople: {}\n',
      'holidays:\n  CN:\n    days: [2026-10-01]\n  SG:\n    days:\n      - { date: 2026-12-25, name: "Christmas Day" }\n\n# people\npeople: {}\n',
    ],
    [
      'ends of line of Windows',
      'holidays:\r\n  SG:\r\n    days:\r\n      - 2026-08-09\r\n',
      'holidays:\r\n  SG:\r\n    days:\r\n      - 2026-08-09\r\n      - { date: 2026-12-25, name: "Christmas Day" }\r\n',
    ],
  ])('%s', (_, before, after) => {
    expect(addToList(before, PATH, [xmas])).toBe(after);
  });

  it.each([
    ['an alias', 'base: &days [2026-08-09]\nholidays: { SG: { days: *days } }\n'],
    ['no list', 'holidays: { SG: { days: none } }\n'],
    ['no mapping', 'holidays: [SG]\n'],
  ])('refuses %s', (_, text) => {
    expect(addToList(text, PATH, [xmas])).toBeUndefined();
  });

  it('keeps every character that was there, and is the list with the items in order', () => {
    const day = fc.nat(700).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
    const name = fc.constantFrom('Labour Day', '春节', 'Say "hi": # no', "it's, [odd] {x}");
    const item: fc.Arbitrary<DatedItem> = fc.oneof(day, fc.record({ date: day, name }));
    const written = fc.record({
      items: fc.uniqueArray(item, { selector: dateOf, maxLength: 6 }),
      flow: fc.boolean(),
      indent: fc.constantFrom('', '  ', '    '),
      comment: fc.constantFrom('', ' # ours'),
      after: fc.constantFrom('', '\n# end\npeople: {}\n', '    worked: [2026-02-14]\n'),
      end: fc.constantFrom('\n', '\r\n'),
    });
    const textOf = ({
      items,
      flow,
      indent,
      comment,
      after,
      end,
    }: typeof written extends fc.Arbitrary<infer T> ? T : never) => {
      const one = (it_: DatedItem): string =>
        typeof it_ === 'string' ? it_ : `{date: ${it_.date}, name: ${JSON.stringify(it_.name)}}`;
      const sorted = items.toSorted((a, b) => (dateOf(a) < dateOf(b) ? -1 : 1));
      const list =
        flow || items.length === 0
          ? ` [${sorted.map(one).join(' ,  ')}]${comment}\n`
          : `${comment}\n${sorted.map((it_) => `    ${indent}-   ${one(it_)}${comment}\n`).join('')}`;
      return `holidays:\n  SG:\n    days:${list}${after}`.replaceAll('\n', end);
    };
    fc.assert(
      fc.property(written, fc.array(item, { maxLength: 5 }), (file, added) => {
        const before = textOf(file);
        const after = addToList(before, PATH, added) ?? '';
        const lists = [before, after].map(
          (text) =>
            (parse(text, { schema: 'core' }) as { holidays: { SG: { days: unknown[] } } }).holidays.SG.days,
        );
        expect(lists[1]?.map(dateOf)).toEqual([...(lists[0] ?? []), ...added].map(dateOf).toSorted());
        let at = 0;
        for (const character of before) {
          at = after.indexOf(character, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
