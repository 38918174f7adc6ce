import { describe, expect, it } from '@jest/globals';
import type { Config } from '@tocsin/contracts';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { ticketEvent } from '../ticket-event.given.js';
import { eventTime, groupingOf } from './group-key.js';
import { groupingReason } from './grouping-reason.js';

const sliding = { sliding: '30m', 'at-most': '6h' };
const rule = (more: object) => ({
  name: 'r',
  when: 'event.kind == "ticket"',
  by: ['category'],
  window: sliding,
  ...more,
});

function configWith(...rules: object[]): Config {
  const read = readConfig(changedTree({ '/grouping': rules }));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

describe('the key of an event', () => {
  const payout = ticketEvent({ category: 'live.payout', market: 'SG', attributes: { host: 'db-1', n: 3 } });
  it.each<[string, string[], string[]]>([
    ['fields', ['category', 'market'], ['live.payout', 'SG']],
    ['the service that the case gets', ['service'], ['payouts']],
    ['attributes, of any sort', ['attributes.host', 'attributes.n'], ['db-1', '3']],
    ['what is not there beside what is', ['market', 'language', 'requester.tier'], ['SG', '', '']],
    ['expressions', ['event.category.startsWith("live") ? "live" : "rest"'], ['live']],
    ['a field of `event` written as such', ['event.market'], ['SG']],
  ])('takes %s', (_, by, values) => {
    const grouping = groupingOf(payout, configWith(rule({ by })));
    expect(grouping.grouped && grouping.by.map(({ value }) => value)).toEqual(values);
  });

  it('is by the first rule that matches', () => {
    const config = configWith(
      rule({ name: 'alerts', when: 'event.kind == "alert"' }),
      rule({ name: 'all', when: 'true' }),
    );
    const grouping = groupingOf(payout, config);
    expect(grouping.grouped && grouping.rule.name).toBe('all');
  });

  it.each<[string, object[], object]>([
    ['there is no rule', [], { grouped: false, reason: 'no-rules' }],
    [
      'no rule matches',
      [rule({ when: 'event.kind == "alert"' })],
      { grouped: false, reason: 'no-rule-matches' },
    ],
    [
      'nothing of the key is said',
      [rule({ by: ['language'] })],
      { grouped: false, reason: 'nothing-said', rule: 'r' },
    ],
    [
      'a part of the key cannot be told',
      [rule({ by: ['event.attributes.rack'] })],
      { grouped: false, reason: 'key-errs', rule: 'r' },
    ],
  ])('is none where %s', (_, rules, expected) => {
    expect(groupingOf(payout, configWith(...rules))).toEqual(expected);
  });

  it('keeps apart what is restricted, and what another window made', () => {
    const keyOf = (event: typeof payout, config: Config) => {
      const grouping = groupingOf(event, config);
      return grouping.grouped ? grouping.key : undefined;
    };
    const config = configWith(rule({}));
    const keys = [
      keyOf(payout, config),
      keyOf({ ...payout, restricted: true }, config),
      keyOf(payout, configWith(rule({ window: { fixed: '1h' } }))),
    ];
    expect(new Set(keys).size).toBe(3);
  });

  it('gives a reason in both languages', () => {
    const grouping = groupingOf(payout, configWith(rule({ by: ['category', 'language'] })));
    if (!grouping.grouped) throw new Error('not grouped');
    expect(groupingReason('joined', grouping.rule, grouping.by)).toEqual({
      en: 'rule «r» joins category «live.payout», no language within its window (30m from one to the next, at most 6h)',
      'zh-CN':
        '规则「r」把窗口（相邻不超过 30m，最长 6h）内的 category「live.payout」、无 language 归为一个案例',
    });
  });

  it('counts from when its sender says that it happened, else from when it was received', () => {
    const received = ticketEvent({ receivedAt: '2026-11-02T03:00:00.000Z' });
    expect(eventTime(received)).toBe(Date.parse('2026-11-02T03:00:00Z'));
    const told = { ...received, occurredAt: '2026-11-02T02:59:00.000Z' };
    expect(eventTime(told)).toBe(Date.parse('2026-11-02T02:59:00Z'));
  });
});
