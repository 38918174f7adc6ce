import { describe, expect, it } from '@jest/globals';
import type { Config } from '@tocsin/contracts';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { compiledRules, verdictOf } from './compiled-rules.js';
import { EMPTY_FACTS } from './facts-of-event.js';
import { isNumberFact, NUMBER_FACTS, PROMISE_STATES } from './gathered-facts.js';

const configOf = (priority: object): Config => {
  const read = readConfig(changedTree({ '/priority': { default: 'P4', ...priority } }));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
};
const rule = (name: string, when: string, because = 'b') => ({
  name,
  when,
  set: 'P2',
  because: { en: because, 'zh-CN': because },
});

describe('the conditions of a config', () => {
  const config = configOf({
    rules: [rule('many', 'event.affected >= 5'), rule('vip', '"vip" in event.tags')],
  });

  it('are compiled once, in the order of its rules', () => {
    const rules = compiledRules(config);
    expect(compiledRules(config)).toBe(rules);
    const matched = (of: typeof rules.priority, facts: object) =>
      of.map((compiled) => verdictOf(compiled, { ...EMPTY_FACTS, ...facts }).matched);
    expect(matched(rules.priority, { affected: 5 })).toEqual([true, false]);
    expect(matched(rules.priority, { tags: ['vip'] })).toEqual([false, true]);
    expect(matched(rules.routing, { tags: ['vip'] })).toEqual([true]);
    expect(matched(rules.routing, {})).toEqual([false]);
  });

  it('know what a priority may depend on: what rules read, name in their reasons, and what is weighed', () => {
    const reads = (priority: object) => [...compiledRules(configOf(priority)).priorityReads].sort();
    expect(reads({ rules: [] })).toEqual(['category', 'severity', 'source']);
    expect(reads({ rules: [rule('a', 'event.market == "CN"')] })).toEqual([
      'category',
      'market',
      'severity',
      'source',
    ]);
    expect(reads({ rules: [rule('a', 'event.affected > 1')] })).toEqual([
      ...['affected', 'category', 'has_affected', 'severity', 'source'],
    ]);
    expect(reads({ rules: [rule('a', 'true', 'of {language}')] })).toEqual([
      'category',
      'language',
      'severity',
      'source',
    ]);
    expect(reads({ rules: [], weights: { market: { CN: 1 } } })).toEqual([
      'category',
      'market',
      'severity',
      'source',
    ]);
  });

  it('know every number that they compare with, or that they do more with one', () => {
    const bounds = (...whens: string[]) =>
      compiledRules(configOf({ rules: whens.map((when, n) => rule(`r${n}`, when)) })).bounds;
    expect(bounds('event.affected > 5', 'event.reports >= 3 && event.affected < 9')).toEqual({
      affected: [5, 9],
      reports: [3],
    });
    expect(bounds('event.affected > 5', 'event.affected % 2 == 0')).toEqual({
      affected: undefined,
      reports: [],
    });
    expect(bounds()).toEqual({ affected: [], reports: [] });
  });

  it('that cannot be read err, and match nothing', () => {
    expect(verdictOf({ ok: false, fault: 'no such key' }, EMPTY_FACTS)).toEqual({
      matched: false,
      error: 'no such key',
    });
  });
});

describe('what is known of facts', () => {
  it('is which are numbers, and how good a promise is', () => {
    expect(NUMBER_FACTS).toEqual(['affected', 'reports']);
    expect(['affected', 'reports', 'market', ''].map(isNumberFact)).toEqual([true, true, false, false]);
    expect(PROMISE_STATES).toEqual(['', 'at-risk', 'breached']);
  });
});
