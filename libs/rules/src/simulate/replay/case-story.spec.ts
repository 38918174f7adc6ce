import { describe, expect, it } from '@jest/globals';
import { StoryWriter } from './case-story.js';

const page = (persons: string[], stepName: string, step: number) => ({
  ...{ persons, stepName, epoch: 1, round: 1, step },
});
const writer = () => new StoryWriter({ case: 'C', openedAt: 0, service: 'pay', policy: 'p' });

describe('the story of a case', () => {
  it('has everybody who was asked, and who answered after which step', () => {
    const story = writer();
    story.answer(1, 'eve');
    story.page(2, page(['ana', 'bo'], 'first', 0));
    story.answer(3, 'bo');
    story.answer(4, 'eve');
    const asked = { stepName: 'first', epoch: 1, round: 1, step: 0 };
    expect(story.story).toMatchObject({
      pages: [
        { at: 2, person: 'ana', ...asked },
        { at: 2, person: 'bo', ...asked },
      ],
      answers: [
        { at: 1, by: 'eve', after: undefined, paged: false },
        { at: 3, by: 'bo', after: 'first', paged: true },
        { at: 4, by: 'eve', after: 'first', paged: false },
      ],
    });
  });

  it('turns only when it ends and when it is open again', () => {
    const story = writer();
    const states = [
      'running',
      'acknowledged',
      'resolved',
      'resolved',
      'running',
      'suppressed',
      'resolved',
    ] as const;
    for (const [at, status] of states.entries()) story.status(at, status);
    expect(story.story.turns).toEqual([
      { at: 2, to: 'resolved' },
      { at: 4, to: 'reopened' },
      { at: 6, to: 'resolved' },
    ]);
  });

  it('names each ticket once, by its source, and each target that led to nobody as often as it did', () => {
    const story = writer();
    for (const source of ['desk', 'zabbix', 'desk']) story.ticket({ source, ticketKey: 'T' });
    story.nobody(['team a']);
    story.nobody(['team a', 'team b']);
    story.priority(7, 'P1');
    expect(story.story).toEqual({
      ...{ case: 'C', openedAt: 0, service: 'pay', policy: 'p', pages: [], answers: [], turns: [] },
      ...{ priorities: [{ at: 7, priority: 'P1' }], tickets: ['desk T', 'zabbix T'] },
      empty: ['team a', 'team a', 'team b'],
    });
  });

  it('knows a page by epoch, round, step and person', () => {
    const story = writer();
    story.page(2, page(['ana'], 'first', 3));
    const asked = { epoch: 1, round: 1, step: 3, person: 'ana' };
    expect(story.has(asked)).toBe(true);
    const others = [{ epoch: 2 }, { round: 2 }, { step: 2 }, { person: 'bo' }];
    expect(others.map((other) => story.has({ ...asked, ...other }))).toEqual([false, false, false, false]);
  });
});
