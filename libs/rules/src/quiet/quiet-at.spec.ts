import { describe, expect, it } from '@jest/globals';
import { MaintenanceRule } from '@tocsin/contracts';
import { type CaseFacts, EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import { windowOfRule } from './config-windows.js';
import { previewWindow } from './preview-window.js';
import { windowsFor } from './quiet-at.js';

const DAY = 86_400_000;
const T = Date.parse('2026-12-05T14:30:00Z');

const windowOf = (scope: object) =>
  windowOfRule(
    MaintenanceRule.parse({
      ...{ name: 'move', on: '2026-12-05', from: '22:00', for: '2h', timeZone: 'Asia/Singapore' },
      ...scope,
    }),
  );
const facts = (more: Partial<CaseFacts> = {}): CaseFacts => ({
  ...EMPTY_CASE_FACTS,
  ...{ priority: 'P2', service: 'upload', market: 'SG', source: 'zendesk', category: 'upload.failed' },
  ...more,
});
const label = { en: 'x', 'zh-CN': 'x' };
const TAXONOMY = {
  safety: { label, floor: 'P1' as const, restricted: false, formerly: [] },
  upload: { label, restricted: false, formerly: [] },
};
const means = (scope: object, more?: Partial<CaseFacts>): boolean =>
  windowsFor([windowOf(scope)], facts(more), TAXONOMY).length > 0;

describe('the cases that a window means', () => {
  it.each([
    ['all, without a scope', {}, true],
    ['those of its services', { services: ['upload', 'login'] }, true],
    ['not those of others', { services: ['login'] }, false],
    ['those of its markets', { markets: ['SG'] }, true],
    ['where all that is given holds', { services: ['upload'], markets: ['MY'] }, false],
    ['those of its sources', { sources: ['zendesk'] }, true],
    ['not those of other sources', { sources: ['pingdom'] }, false],
    ['those of its condition', { when: 'case.category.startsWith("upload")' }, true],
    ['not those outside of it', { when: 'case.priority == "P4"' }, false],
    ['none, where the condition errs', { when: '1 / (case.events - case.events) > 0' }, false],
    ['none, where the condition looks at the clock', { when: 'now.hour < 25' }, false],
  ])('are %s', (_, scope, expected) => {
    expect(means(scope)).toBe(expected);
  });

  it.each([
    ['a P1 in a category with the floor P1', { priority: 'P1', category: 'safety.child' }, false],
    ['a restricted P1', { priority: 'P1', restricted: true, formerly: [] }, false],
    ['a P2 in that category', { priority: 'P2', category: 'safety.child' }, true],
    ['any other P1', { priority: 'P1' }, true],
  ] as const)('leave urgent safety out: %s', (_, more, expected) => {
    expect(means({}, more)).toBe(expected);
    expect(means({ safety: 'muted' }, more)).toBe(true);
  });
});

describe('a preview', () => {
  const cases = [
    { facts: facts(), openedAt: T - 7 * DAY },
    { facts: facts(), openedAt: T - 14 * DAY },
    { facts: facts(), openedAt: T - 3 * DAY },
    { facts: facts({ service: 'login' }), openedAt: T - 7 * DAY },
    { facts: facts({ priority: 'P1', restricted: true }), openedAt: T - 7 * DAY },
  ];
  const expected = ['hushed', 'hushed', 'at-another-time', 'out-of-scope', 'exempt'];

  it('takes the same weekday and hours of the past as the likeness of a window that is still to come', () => {
    expect(previewWindow(windowOf({ services: ['upload'] }), cases, TAXONOMY)).toEqual(expected);
  });

  it('of a stretch is moved by whole weeks', () => {
    const window = {
      ...windowOf({ services: ['upload'] }),
      times: { kind: 'once', from: T, until: T + 3_600_000 } as const,
    };
    expect(previewWindow(window, cases, TAXONOMY)).toEqual(expected);
  });
});
