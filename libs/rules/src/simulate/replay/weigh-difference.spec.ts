import { describe, expect, it } from '@jest/globals';
import type { Config } from '@tocsin/contracts';
import { changedTree } from '../../config/changed-tree.given.js';
import { readConfig } from '../../config/read-config.js';
import type { CaseStory, StoryPage } from './case-story.js';
import { burdenOf } from './weigh-difference.js';

const read = readConfig(changedTree({ '/people/bo/timeZone': 'Asia/Singapore' }));
if (!read.ok) throw new Error(JSON.stringify(read.faults));
const config: Config = read.config;

const at = (time: string): number => Date.parse(`2026-11-23T${time}Z`);
const page = (time: string, person: string): StoryPage => ({
  ...{ at: at(time), person, stepName: 's', epoch: 1, round: 1, step: 0 },
});
const story = (more: Partial<CaseStory>): CaseStory => ({
  ...{
    case: 'C',
    openedAt: at('12:00:00'),
    priorities: [],
    pages: [],
    answers: [],
    turns: [],
    tickets: [],
    empty: [],
  },
  ...more,
});
const urgent = (openedAt: string, pagedAt?: string): CaseStory =>
  story({
    openedAt: at(openedAt),
    priorities: [{ at: at(openedAt), priority: 'P1' }],
    pages: pagedAt === undefined ? [] : [page(pagedAt, 'ana')],
  });

describe('what a world is for its people', () => {
  it('counts pages by the wall clock of each: night is from 22:00 to 07:00', () => {
    const times = ['06:59:59', '07:00:00', '21:59:59', '22:00:00'];
    const stories = [
      story({ pages: times.flatMap((time) => [page(time, 'ana'), page(time, 'bo'), page(time, 'gone')]) }),
    ];
    expect(burdenOf(stories, config).pages).toEqual({
      ana: { day: 2, night: 2 },
      // In Singapore it is 14:59, 15:00, 05:59 and 06:00.
      bo: { day: 2, night: 2 },
      gone: { day: 2, night: 2 },
    });
    expect(
      burdenOf([story({ pages: [page('15:00:00', 'bo'), page('15:00:00', 'ana')] })], config).pages,
    ).toEqual({
      ana: { day: 1, night: 0 },
      bo: { day: 0, night: 1 },
    });
  });

  it('counts what led to nobody, by name', () => {
    const stories = [story({ empty: ['team b', 'team a'] }), story({ empty: ['team b'] })];
    expect(Object.entries(burdenOf(stories, config).holes)).toEqual([
      ['team a', 1],
      ['team b', 2],
    ]);
  });

  it('says how long P1 cases waited for their first page', () => {
    const waits = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((seconds) =>
      urgent('12:00:00', new Date(at('12:00:00') + seconds * 1000).toISOString().slice(11, 19)),
    );
    expect(burdenOf([...waits.toReversed(), urgent('12:00:00')], config).p1).toEqual({
      ...{ cases: 11, never: 1, p50: 50, p90: 90, p99: 100, longest: 100 },
    });
  });

  it('says nothing of waits where nobody was paged, or no case was P1', () => {
    expect(burdenOf([urgent('12:00:00')], config).p1).toEqual({ cases: 1, never: 1 });
    const calm = story({ priorities: [{ at: 0, priority: 'P2' }], pages: [page('12:00:00', 'ana')] });
    expect(burdenOf([calm, story({})], config).p1).toEqual({ cases: 0, never: 0 });
  });

  it('counts the wait from when a case became P1, and none where it was paged before', () => {
    const became = (time: string): CaseStory =>
      story({
        priorities: [
          { at: at('12:00:00'), priority: 'P3' },
          { at: at(time), priority: 'P1' },
          { at: at('13:00:00'), priority: 'P4' },
        ],
        pages: [page('12:10:00', 'ana')],
      });
    expect(burdenOf([became('12:09:00')], config).p1).toMatchObject({ cases: 1, longest: 60 });
    expect(burdenOf([became('12:11:00')], config).p1).toMatchObject({ cases: 1, longest: 0 });
  });
});
