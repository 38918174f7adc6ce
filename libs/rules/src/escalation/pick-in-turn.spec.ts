import { describe, expect, it } from '@jest/globals';
import { fc } from '@tocsin/test-rig/worlds';
import { CaseStory, LADDER } from './case-story.given.js';
import { pickInTurn } from './pick-in-turn.js';

const ana = { person: 'ana', load: 2, speaks: ['en'] };
const bo = { person: 'bo', load: 1, speaks: ['zh-CN', 'en'] };
const chen = { person: 'chen', load: 1, speaks: ['zh-CN'] };
const TEAM = [ana, bo, chen];

describe('whose turn it is', () => {
  it.each([
    ['goes round in the order of the team', [], '', ['ana', 'bo', 'chen', 'ana']],
    ['is theirs who have the least load, round among equals', ['load'], '', ['bo', 'bo', 'chen', 'bo']],
    ['is theirs who speak the language', ['language'], 'zh-CN', ['bo', 'bo', 'chen', 'bo']],
    ['ignores a language that nobody speaks', ['language'], 'ms', ['ana', 'bo', 'chen', 'ana']],
    ['asks for the language before the load', ['language', 'load'], 'en', ['bo', 'bo', 'bo', 'bo']],
    ['asks for the load before the language', ['load', 'language'], 'en', ['bo', 'bo', 'bo', 'bo']],
  ] as const)('%s', (_, prefer, language, expected) => {
    const picks = [0, 1, 2, 3].map(
      (turn) => pickInTurn(TEAM, { turn, prefer: [...prefer], language })?.person,
    );
    expect(picks).toEqual(expected);
  });

  it('is nobody’s in an empty team', () => {
    expect(pickInTurn([], { turn: 3, prefer: [], language: '' })).toBeUndefined();
  });

  it('comes to each of n equals once in n turns, wherever the counter stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(1e9), (n, start) => {
        const equals = Array.from({ length: n }, (_, i) => ({ person: `p${i}`, load: 4, speaks: [] }));
        const picked = equals.map((_, i) =>
          pickInTurn(equals, { turn: start + i, prefer: ['language', 'load'], language: 'en' }),
        );
        return new Set(picked.map((p) => p?.person)).size === n;
      }),
    );
  });
});

describe('a step that goes round', () => {
  const steps = LADDER.steps.map((step, i) =>
    i === 0 ? { ...step, inTurn: { policy: 'live-pay', of: 'live', prefer: ['load' as const] } } : step,
  );

  it('pages whose turn it is, and the timeline says why', () => {
    const turnOf = () => ({ turn: 1, loads: { ana: 1, bo: 1, chen: 0 }, speaks: {} });
    const story = new CaseStory({ ...LADDER, steps }, [], {}, turnOf).opened(0, 'P1').paged('0: chen');
    story.says('StepStarted', {
      inTurn: { of: 'live', turn: 1, prefer: ['load'], loads: { ana: 1, bo: 1, chen: 0 } },
    });
    expect(story.last.effects.at(-1)).toEqual({ type: 'TakeTurn', policy: 'live-pay' });
  });

  it('pages its own targets when nobody of the team is there, and takes no turn', () => {
    const away = steps.map((step, i) =>
      i === 0 ? { ...step, inTurn: { policy: 'x', of: 'gone', prefer: [] } } : step,
    );
    const story = new CaseStory({ ...LADDER, steps: away }).opened(0, 'P1').paged('0: bo');
    expect(story.last.effects.map(({ type }) => type)).not.toContain('TakeTurn');
  });
});
