import { describe, expect, it } from '@jest/globals';
import { PRIORITIES, rankOf } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { ticketEvent } from '../ticket-event.given.js';
import { decideAgain, decidePriority } from './decide-priority.js';
import { configOf } from './priority-config.given.js';

const config = configOf({
  weights: {
    tier: { top: 1, trial: -1 },
    market: { SG: 0, MY: 1 },
    language: { th: -2 },
    category: { live: 1, 'live.payout': 2, 'safety.child': -4 },
    source: { mail: -1 },
    segment: { press: 4 },
  },
});

describe('weights', () => {
  it.each([
    ['move a step towards P1', { severity: 'info', requester: { tier: 'top' } }, 'P4'],
    ['or away from it', { severity: 'critical', requester: { tier: 'trial' } }, 'P2'],
    ['are summed', { severity: 'info', requester: { tier: 'top' }, market: 'MY' }, 'P3'],
    ['cancel out', { severity: 'info', requester: { tier: 'top' }, source: 'demo', language: 'th' }, 'P5'],
    ['stop at P1', { severity: 'info', requester: { segment: 'press' }, market: 'MY' }, 'P1'],
    ['stop at P5', { severity: 'info', language: 'th' }, 'P5'],
    ['of zero change nothing', { severity: 'info', market: 'SG' }, 'P5'],
    ['of a category count for what lies below it', { severity: 'info', category: 'live.gift.rose' }, 'P4'],
    ['of the longest path, not of all', { severity: 'info', category: 'live.payout.bank' }, 'P3'],
    ['move the category’s own priority too', { category: 'live.payout' }, 'P1'],
    ['and the default', { source: 'mail' }, 'P5'],
    ['never go past a floor', { severity: 'critical', category: 'safety.child' }, 'P1'],
    [
      'hear nothing in the name of a member of every object',
      { severity: 'info', market: 'constructor' },
      'P5',
    ],
  ])('%s', (_, said, priority) => {
    expect(decidePriority(ticketEvent(said), config).priority).toBe(priority);
  });

  it('stand in the reason and in the record, in both languages', () => {
    const event = ticketEvent({ severity: 'info', requester: { tier: 'top' }, market: 'MY' });
    const { because, record } = decidePriority(event, config);
    expect(because).toEqual({
      en: 'severity «info» of source demo means P5; weights tier «top» +1, market «MY» +1: P3',
      'zh-CN': '来源 demo 的严重程度「info」对应 P5；权重 层级「top」+1、市场「MY」+1：P3',
    });
    expect(record.weights).toEqual([
      { by: 'tier', value: 'top', steps: 1 },
      { by: 'market', value: 'MY', steps: 1 },
    ]);
  });

  it('are said before the floor that undoes them', () => {
    const { because } = decidePriority(
      ticketEvent({ severity: 'critical', category: 'safety.child' }),
      config,
    );
    expect(because.en).toBe(
      'severity «critical» of source demo means P1; weights category «safety.child» -4: P5; raised to P1 by the floor of safety.child',
    );
  });

  it('stay in the reason when it must be cut', () => {
    const long = configOf({
      rules: [
        {
          ...{ name: 'any', when: 'event.subject != ""', set: 'P3' },
          because: { en: '{subject}', 'zh-CN': '{subject}' },
        },
      ],
      weights: { tier: { top: 1 } },
    });
    const { because } = decidePriority(
      ticketEvent({ subject: 'x'.repeat(999), requester: { tier: 'top' } }),
      long,
    );
    expect([because.en.length, because['zh-CN'].length]).toEqual([239, 239]);
    expect(because.en).toMatch(/…; weights tier «top» \+1: P2$/);
  });

  it('never lift the answer of a config with a rule that errs below its default', () => {
    const erring = configOf({
      rules: [{ name: 'e', when: 'event.attributes.x > 1', set: 'P1', because: { en: 'e', 'zh-CN': 'e' } }],
      weights: { market: { SG: -4 } },
    });
    expect(decidePriority(ticketEvent({ severity: 'critical', market: 'SG' }), erring)).toMatchObject({
      priority: 'P4',
      record: { liftedFrom: 'P5' },
    });
  });
});

const steps = fc.integer({ min: -4, max: 4 });
const randomWeights = fc.record({
  tier: fc.dictionary(fc.constantFrom('top', 'trial'), steps),
  market: fc.dictionary(fc.constantFrom('SG', 'MY'), steps),
  category: fc.dictionary(fc.constantFrom('live', 'live.payout', 'safety.child'), steps),
});
const randomEvent = fc
  .record({
    severity: fc.constantFrom('critical', 'info', 'odd'),
    category: fc.constantFrom('live', 'live.payout.x', 'safety.child.x', 'none'),
    market: fc.constantFrom('SG', 'MY', 'GB'),
    requester: fc.record({ tier: fc.constantFrom('top', 'trial', '') }),
  })
  .map(ticketEvent);

describe('for every config with weights and every event', () => {
  it('the result is the sum of the weights from what decided, within P1 and P5, and no floor is passed (C7)', () => {
    fc.assert(
      fc.property(randomWeights, randomEvent, (weights, event) => {
        const plain = decidePriority(event, configOf({}));
        const decision = decidePriority(event, configOf({ weights }));
        const sum = (decision.record.weights ?? []).reduce((total, weight) => total + weight.steps, 0);
        const unfloored = rankOf(plain.record.floor?.from ?? plain.priority);
        const rank = Math.min(5, Math.max(1, unfloored - sum));
        const floor = event.category?.startsWith('safety.child') === true ? 1 : 5;
        expect(decision.priority).toBe(PRIORITIES[Math.min(rank, floor) - 1]);
        expect(decideAgain(decision.record, configOf({ weights }))).toEqual(decision);
      }),
      { numRuns: 200 },
    );
  });
});
