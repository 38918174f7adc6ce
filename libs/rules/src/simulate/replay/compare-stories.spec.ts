import { describe, expect, it } from '@jest/globals';
import type { CaseStory, StoryPage } from './case-story.js';
import { compareStories, type DifferenceKind, firstPageAt, firstReached } from './compare-stories.js';

const page = (at: number, person: string, stepName = 'first', round = 1): StoryPage => ({
  ...{ at, person, stepName, round, epoch: 1, step: 0 },
});
const story = (more: Partial<CaseStory> = {}): CaseStory => ({
  case: 'C1',
  openedAt: 0,
  service: 'pay',
  priorities: [{ at: 0, priority: 'P2' }],
  pages: [page(10_000, 'ana'), page(10_000, 'bo'), page(60_000, 'chen', 'second')],
  answers: [{ at: 70_000, by: 'chen', after: 'second', paged: true }],
  turns: [{ at: 90_000, to: 'resolved' }],
  tickets: ['desk T1'],
  empty: [],
  ...more,
});
const byName = (...stories: CaseStory[]): Map<string, CaseStory> =>
  new Map(stories.map((one) => [one.case, one]));
const kindsOf = (would: CaseStory, was = story()): readonly DifferenceKind[] =>
  compareStories(byName(was), byName(would)).flatMap(({ kinds }) => kinds);

describe('two stories of one case', () => {
  it.each<[string, Partial<CaseStory>, readonly DifferenceKind[]]>([
    ['the same', {}, []],
    ['another ticket in it', { tickets: ['desk T1', 'desk T2'] }, ['grouping']],
    ['another ticket instead', { tickets: ['desk T2'] }, ['grouping']],
    ['another priority', { priorities: [{ at: 0, priority: 'P1' }] }, ['priority']],
    ['the same priority at another time', { priorities: [{ at: 9, priority: 'P2' }] }, []],
    ['one more priority', { priorities: [...story().priorities, { at: 5, priority: 'P1' }] }, ['priority']],
    ['another service', { service: 'other' }, ['target']],
    [
      'another person reached first',
      { pages: [page(10_000, 'ana'), page(10_000, 'dee'), page(60_000, 'chen', 'second')] },
      ['target'],
    ],
    ['fewer reached first', { pages: [page(10_000, 'ana'), page(60_000, 'chen', 'second')] }, ['target']],
    [
      'a first page a second later',
      { pages: [page(11_000, 'ana'), page(11_000, 'bo'), page(60_000, 'chen', 'second')] },
      ['first-page'],
    ],
    [
      'a first page less than a second later',
      { pages: [page(10_999, 'ana'), page(10_999, 'bo'), page(60_000, 'chen', 'second')] },
      [],
    ],
    ['no page at all', { pages: [] }, ['target', 'first-page', 'pages']],
    ['nobody after the first step', { pages: [page(10_000, 'ana'), page(10_000, 'bo')] }, ['pages']],
    [
      'somebody else later',
      { pages: [page(10_000, 'ana'), page(10_000, 'bo'), page(60_000, 'dee', 'second')] },
      ['pages'],
    ],
    [
      'the same by another step later',
      { pages: [page(10_000, 'ana'), page(10_000, 'bo'), page(60_000, 'chen', 'third')] },
      ['pages'],
    ],
    [
      'the same a second earlier',
      { pages: [page(10_000, 'ana'), page(10_000, 'bo'), page(59_000, 'chen', 'second')] },
      ['pages'],
    ],
    [
      'the first step again, in another round',
      { pages: [...story().pages, page(10_000, 'ana', 'first', 2)] },
      ['pages'],
    ],
    ['the first step again, at another time', { pages: [...story().pages, page(70_000, 'ana')] }, ['pages']],
    [
      'another answer',
      { answers: [{ at: 70_000, by: 'bo', after: 'second', paged: true }] },
      ['acknowledgement'],
    ],
    [
      'an answer after another step',
      { answers: [{ at: 70_000, by: 'chen', after: 'first', paged: true }] },
      ['acknowledgement'],
    ],
    [
      'an answer of one who was not paged',
      { answers: [{ at: 70_000, by: 'chen', after: 'second', paged: false }] },
      ['acknowledgement'],
    ],
    [
      'the same answer at another time',
      { answers: [{ at: 0, by: 'chen', after: 'second', paged: true }] },
      [],
    ],
    ['an end a second later', { turns: [{ at: 91_000, to: 'resolved' }] }, ['closing']],
    ['an end a moment later', { turns: [{ at: 90_999, to: 'resolved' }] }, []],
    ['no end', { turns: [] }, ['closing']],
    ['open again', { turns: [...story().turns, { at: 95_000, to: 'reopened' }] }, ['closing']],
  ])('%s', (_, would, kinds) => {
    expect(kindsOf(story(would))).toEqual(kinds);
    expect(kindsOf(story(), story(would))).toEqual(kinds);
  });

  it('tell whom the first step reached, and when', () => {
    expect([firstReached(story()), firstPageAt(story())]).toEqual([['ana', 'bo'], 10_000]);
    expect([firstReached(story({ pages: [] })), firstPageAt(story({ pages: [] }))]).toEqual([[], undefined]);
  });
});

describe('the stories of two worlds', () => {
  it('differ in cases that only one of them has, in the order of their opening, then of their names', () => {
    const [late, early, twin] = [
      story({ case: 'C1', openedAt: 9 }),
      story({ case: 'C3', openedAt: 5 }),
      story({ case: 'C2', openedAt: 5 }),
    ];
    const both = story({ case: 'C0', openedAt: 1 });
    expect(compareStories(byName(late, early, both), byName(twin, both))).toEqual([
      { case: 'C2', kinds: ['grouping'], before: undefined, after: twin },
      { case: 'C3', kinds: ['grouping'], before: early, after: undefined },
      { case: 'C1', kinds: ['grouping'], before: late, after: undefined },
    ]);
  });
});
