import { describe, expect, it } from '@jest/globals';
import type { GroupingRule } from '@tocsin/contracts';
import { bridgeReason, calmReason, flapReason, fullReason, groupingReason } from './grouping-reason.js';

const rule = (window: GroupingRule['window'], more: Partial<GroupingRule> = {}): GroupingRule => ({
  ...{ name: 'hosts', when: 'true', by: ['market'], window, size: 50, examples: [] },
  ...more,
});
const by = [
  { name: 'market', value: 'SG' },
  { name: 'tier', value: '' },
];

describe('why an event is grouped', () => {
  it.each<[string, GroupingRule['window'], string, string]>([
    ['a stretch of the clock', { fixed: 3600 }, 'each 1h of the clock', '时钟上每 1h'],
    [
      'from one to the next',
      { sliding: 1800, 'at-most': 21_600 },
      '30m from one to the next, at most 6h',
      '相邻不超过 30m，最长 6h',
    ],
    ['no end', { session: 600 }, '10m from one to the next', '相邻不超过 10m'],
  ])('names rule, key and window: %s', (_, window, en, zh) => {
    expect(groupingReason('opened', rule(window), by)).toEqual({
      en: `rule «hosts» opens a case for market «SG», no tier: none is in its window (${en})`,
      'zh-CN': `规则「hosts」为 market「SG」、无 tier 新开案例：窗口（${zh}）内没有案例`,
    });
    expect(groupingReason('joined', rule(window), by).en).toBe(
      `rule «hosts» joins market «SG», no tier within its window (${en})`,
    );
  });

  it('says how long ago a case may have been resolved that it returns to', () => {
    const reopening = rule({ session: 600 }, { 'reopen-within': 7200 });
    expect(groupingReason('reopened', reopening, by).en).toContain('resolved less than 2h ago');
  });

  it('shows the first 39 characters of a longer value, and all of one of 40', () => {
    const [exact, longer] = ['x'.repeat(40), 'y'.repeat(41)];
    const said = groupingReason('joined', rule({ session: 600 }), [{ name: 'key', value: exact }]).en;
    expect(said).toContain(`key «${exact}»`);
    const cut = bridgeReason(longer, rule({ session: 600 }), by);
    expect(cut.en).toBe(
      `rule «hosts»: with «${'y'.repeat(39)}…» both cases of market «SG», no tier lie in one window (10m from one to the next)`,
    );
    expect(cut['zh-CN']).toContain('market「SG」、无 tier 的两个案例');
  });

  it('says what flapping is, how it ended, and that a case is full', () => {
    expect(flapReason({ changes: 4, in: 600, calm: 900 }).en).toBe(
      'flapping: 4 changes within 10m; held open and not paged again until 15m without a change',
    );
    expect(calmReason('calm', 900).en).toBe('quiet for 15m: no longer flapping');
    expect(calmReason('calmResolved', 900)['zh-CN']).toBe('已平静 15m 且全部恢复：不再抖动，案例已解决');
    expect(fullReason(rule({ session: 600 })).en).toBe(
      'the case names 50 tickets and counts the further ones',
    );
  });
});
