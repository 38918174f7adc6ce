import { describe, expect, it } from '@jest/globals';
import { Config, PRIORITIES, type Resolution, RESOLUTION_MEMBERS } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { resolutionFaults } from '../config/resolution-faults.js';
import { judgeResolution } from './judge-resolution.js';

const label = { en: 'x', 'zh-CN': '某' };
const tableOf = (requires: Record<string, string[]>, codes: readonly string[] = []) =>
  Config.parse({
    resolution: { requires, codes: Object.fromEntries(codes.map((code) => [code, { label }])) },
  }).resolution;

const CODES = ['fixed', 'fixed.rollback', 'fixed.data-repair', 'no-fault'];
const TABLE = tableOf({ 'P1-P2': ['code', 'cause', 'reply'], P3: ['code'] }, CODES);

const saidOf = (said: Resolution, priority: (typeof PRIORITIES)[number] = 'P1', table = TABLE): string[] =>
  judgeResolution(said, priority, table).map(({ member, texts }) => `${member}: ${texts.en}`);

describe('judging how a case may end', () => {
  it('names every missing member at once, with what this priority needs and the codes', () => {
    expect(saidOf({})).toEqual([
      'code: «code» is missing: to resolve a P1 case say code, cause, reply. Codes: fixed.data-repair, fixed.rollback, no-fault.',
      'cause: «cause» is missing: to resolve a P1 case say code, cause, reply.',
      'reply: «reply» is missing: to resolve a P1 case say code, cause, reply.',
    ]);
    expect(judgeResolution({}, 'P3', TABLE)[0]?.texts['zh-CN']).toBe(
      '缺少「code」：解决 P3 案例需要填写 code。可用代码：fixed.data-repair, fixed.rollback, no-fault。',
    );
  });

  it.each([
    ['no-fault', []],
    ['fixed.rolback', ['code: «fixed.rolback» is no resolution code.']],
    ['rollback', ['did you mean «fixed.rollback»']],
    ['fixed', ['code: «fixed» is a heading; choose one of the codes below it. Codes: fixed.data-repair,']],
    ['constructor', ['code: «constructor» is no resolution code.']],
  ])('takes the code %j or says why not', (code, parts) => {
    const faults = saidOf({ code }, 'P3');
    expect(faults).toHaveLength(parts.length);
    for (const [n, part] of parts.entries()) expect(faults[n]).toContain(part);
  });

  it('names twenty codes and counts the rest', () => {
    const many = Array.from({ length: 23 }, (_, n) => `c${String(n).padStart(2, '0')}`);
    expect(saidOf({}, 'P3', tableOf({ P3: ['code'] }, many))[0]).toContain('c19 and 3 more.');
  });

  it('says that there are no codes where there are none', () => {
    expect(saidOf({ code: 'fixed' }, 'P5', tableOf({}))[0]).toContain('the config has none');
    expect(resolutionFaults({ ...Config.parse({}), resolution: tableOf({ P1: ['code'] }) })).toHaveLength(1);
    expect(resolutionFaults({ ...Config.parse({}), resolution: TABLE })).toEqual([]);
  });

  it('lets a case end exactly when what its bands ask for was said and the code can be chosen', () => {
    const band = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    const asks = fc.array(fc.tuple(band, fc.subarray([...RESOLUTION_MEMBERS], { minLength: 1 })), {
      maxLength: 4,
    });
    const said = fc.record(
      {
        code: fc.constantFrom(...CODES, 'other'),
        cause: fc.constant('why'),
        reply: fc.constant('sorry'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(asks, said, fc.integer({ min: 1, max: 5 }), (wanted, resolution, n) => {
        const requires = Object.fromEntries(
          wanted.map(([[from, to], members]) => [from === to ? `P${from}` : `P${from}-P${to}`, members]),
        );
        const needed = Object.entries(requires).flatMap(([key, members]) =>
          Number(key[1]) <= n && n <= Number(key.at(-1)) ? members : [],
        );
        const fits =
          needed.every((member) => resolution[member] !== undefined) &&
          (resolution.code === undefined || (CODES.includes(resolution.code) && resolution.code !== 'fixed'));
        const priority = PRIORITIES[n - 1] ?? 'P1';
        expect(judgeResolution(resolution, priority, tableOf(requires, CODES)).length === 0).toBe(fits);
      }),
    );
  });
});
