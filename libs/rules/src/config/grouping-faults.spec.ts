import { describe, expect, it } from '@jest/globals';
import { changedTree } from './changed-tree.given.js';
import { readConfig } from './read-config.js';

const sound = {
  name: 'r',
  when: 'event.kind == "ticket"',
  by: ['service', 'category'],
  window: { sliding: '30m', 'at-most': '6h' },
  'reopen-within': '2h',
  flap: { changes: 4, in: '10m', calm: '15m' },
  examples: [
    { given: { kind: 'ticket', service: 's', category: 'c' }, then: ['s', 'c'] },
    { given: { kind: 'alert' }, then: 'not matched' },
  ],
};
const said = (...rules: object[]): string[] => {
  const read = readConfig(changedTree({ '/grouping': rules }));
  return [...(read.ok ? [] : read.faults), ...read.warnings].map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  );
};

describe('faults of grouping rules', () => {
  it('are none for a sound one, which is read with its units and its own size', () => {
    expect(said(sound)).toEqual([]);
    const read = readConfig(changedTree({ '/grouping': [sound] }));
    expect(read.ok && read.config.grouping[0]).toMatchObject({
      ...{ size: 500, window: { sliding: 1800, 'at-most': 21_600 }, 'reopen-within': 7200 },
      flap: { changes: 4, in: 600, calm: 900 },
    });
  });

  it.each<[string, object, string]>([
    [
      'a condition that does not type-check',
      { when: 'event.kinds == "ticket"' },
      '/grouping/0/when: condition: ',
    ],
    [
      'an unknown field',
      { by: ['categry'] },
      '/grouping/0/by/0: «categry» is no field of an event; did you mean «category»?',
    ],
    [
      'an unknown fact of the requester',
      { by: ['requester.age'] },
      '/grouping/0/by/0: «requester.age» is no field of an event',
    ],
    [
      'a list as a part',
      { by: ['event.tags'] },
      '/grouping/0/by/0: a part of a key is text, a whole number or true/false; this is list<string>',
    ],
    [
      'an expression that does not type-check',
      { by: ['event.affected + "x"'] },
      '/grouping/0/by/0: condition: ',
    ],
    [
      'a hostile expression',
      { by: ['event.subject.matches("a") ? "x" : "y"'] },
      '/grouping/0/by/0: condition: «matches» is not offered',
    ],
    ['the same part twice', { by: ['market', 'market'] }, '/grouping/0/by/1: «market» stands here already'],
    [
      'a key that is the same for all',
      { by: ['"all"'] },
      '/grouping/0/by: no part of the key looks at the event',
    ],
    ['two windows', { window: { fixed: '1h', session: '1h' } }, '/grouping/0/window: a window is one of'],
    [
      'a sliding window without an end',
      { window: { sliding: '1h' } },
      '/grouping/0/window/at-most: «sliding» needs «at-most»',
    ],
    [
      'an end before its beginning',
      { window: { sliding: '1h', 'at-most': '30m' } },
      '/grouping/0/window/at-most: «at-most» must not be shorter',
    ],
    [
      'a number without a unit',
      { window: { fixed: '90' } },
      '/grouping/0/window/fixed: a whole number with a unit',
    ],
    ['a window of years', { window: { fixed: '60w' } }, '/grouping/0/window/fixed: between 1s and 31d'],
    ['a size of one', { size: 1 }, '/grouping/0/size: a whole number of tickets from 2 to 10000'],
    [
      'a flap of one change',
      { flap: { ...sound.flap, changes: 1 } },
      '/grouping/0/flap/changes: a whole number of changes from 2 to 100',
    ],
    [
      'a calm that is none',
      { flap: { ...sound.flap, calm: '1m' } },
      '/grouping/0/flap/calm: «calm» is shorter than the mean time',
    ],
    ['an unknown key', { windows: {} }, '/grouping/0/windows: «windows» is no key here'],
    [
      'an example that does not hold',
      { examples: [{ given: { kind: 'ticket', category: 'c' }, then: ['', 'd'] }] },
      '/grouping/0/examples/0: this example says [, d], but the rule says [, c]',
    ],
    [
      'an example that does match',
      { examples: [{ given: { kind: 'ticket' }, then: 'not matched' }] },
      '/grouping/0/examples/0: this example says not matched, but the rule says [, ]',
    ],
    [
      'an example of another length',
      { examples: [{ given: { kind: 'ticket' }, then: ['x'] }] },
      '/grouping/0/examples/0/then: this example gives 1 values for 2 parts of the key',
    ],
    [
      'an example of an unknown field',
      { examples: [{ given: { markt: 'SG' }, then: 'not matched' }] },
      '/grouping/0/examples/0/given/markt: «markt» is no field of an event; did you mean «market»?',
    ],
  ])('%s', (_, change, expected) => {
    expect(said({ ...sound, ...change })).toEqual([expect.stringContaining(expected)]);
  });

  it('say a doubled name, and a rule that can never match', () => {
    expect(said(sound, sound)).toEqual([
      '/grouping/1/name: «r» is used twice; give each its own name',
      '/grouping/1: this rule never matches: the rule at /grouping/0 above has the same condition and wins first; remove one of them',
    ]);
  });
});
