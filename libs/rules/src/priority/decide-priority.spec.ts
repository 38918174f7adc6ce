import { describe, expect, it } from '@jest/globals';
import { type Config, rankOf } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { readConfig } from '../config/read-config.js';
import { starterTree } from '../config/starter-tree.given.js';
import { ticketEvent } from '../ticket-event.given.js';
import { decideAgain, decidePriority, laneHint } from './decide-priority.js';

function configWith(...rules: readonly { when: string; set: string }[]): Config {
  const tree = starterTree() as unknown as { priority: { rules: unknown[] } };
  const because = { en: 'because of {subject}', 'zh-CN': '因为 {subject}' };
  tree.priority.rules.push(...rules.map((rule, i) => ({ name: `rule ${i}`, because, ...rule })));
  const read = readConfig(tree);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

const config = configWith();

describe('the order that decides a priority', () => {
  it.each([
    ['the first matching rule', { category: 'live.payout', affected: 1200, severity: 'info' }, 'P1', 'rule'],
    ['else the severity map of the source', { category: 'live.payout', severity: 'info' }, 'P5', 'severity'],
    ['in whatever case the source writes it', { severity: 'CRITICAL' }, 'P1', 'severity'],
    ['else the category', { category: 'live.payout', severity: 'odd' }, 'P3', 'category'],
    ['else the longest path above it', { category: 'live.payout.bank' }, 'P3', 'category'],
    ['else the default', {}, 'P4', 'default'],
    [
      'else the default, for a severity named like a member of every object',
      { severity: 'constructor' },
      'P4',
      'default',
    ],
    [
      'else the default, for a source that nobody knows',
      { source: 'toString', severity: 'x' },
      'P4',
      'default',
    ],
    [
      'then the floor of the category',
      { category: 'safety.child.photo', severity: 'info' },
      'P1',
      'severity',
    ],
  ])('%s', (_, said, priority, by) => {
    expect(decidePriority(ticketEvent(said), config)).toMatchObject({ priority, by });
  });

  it('says why in both languages', () => {
    const { because, record } = decidePriority(
      ticketEvent({ category: 'live.payout', affected: 1200 }),
      config,
    );
    expect(because).toEqual({
      en: '1200 creators cannot be paid (rule «many creators unpaid»: P1)',
      'zh-CN': '1200 名主播无法提现（规则「many creators unpaid」：P1）',
    });
    expect(record).toMatchObject({ ruleIndex: 0, erred: [] });
  });

  it('names the floor that lifted it', () => {
    const { because, record } = decidePriority(
      ticketEvent({ category: 'safety.child', severity: 'info' }),
      config,
    );
    expect(because.en).toBe(
      'severity «info» of source demo means P5; raised to P1 by the floor of safety.child',
    );
    expect(record.floor).toEqual({ category: 'safety.child', from: 'P5' });
  });

  it('cuts a reason that is too long', () => {
    const long = configWith({ when: 'event.subject != ""', set: 'P2' });
    const { because } = decidePriority(ticketEvent({ subject: 'x'.repeat(1000) }), long);
    expect([because.en.length, because['zh-CN'].length]).toEqual([239, 239]);
  });
});

describe('a rule that cannot be evaluated', () => {
  const erring = configWith({ when: 'event.attributes.size > 3', set: 'P1' });

  it('counts as not matched, is recorded, and the result is never below the default', () => {
    const decision = decidePriority(ticketEvent({ severity: 'info' }), erring);
    expect(decision).toMatchObject({ priority: 'P4', by: 'severity', record: { liftedFrom: 'P5' } });
    expect(decision.record.erred).toEqual([{ rule: 'rule 0', error: expect.any(String) }]);
    expect(decision.because.en).toContain('a rule could not be evaluated, so not below the default P4');
  });

  it('makes the lane hot: better a page too early than one too late', () => {
    expect(laneHint(ticketEvent({ severity: 'info' }), erring)).toBe('hot');
    expect(laneHint(ticketEvent({ severity: 'info' }), config)).toBe('cold');
  });
});

const events = fc
  .record({
    source: fc.constantFrom('demo', 'mail', 'nobody', '__proto__'),
    subject: fc.string({ unit: 'binary' }),
    severity: fc.option(fc.constantFrom('critical', 'info', 'odd', 'constructor'), { nil: undefined }),
    category: fc.option(fc.constantFrom('live', 'live.payout', 'safety.child.x', 'x.', '..', 'none'), {
      nil: undefined,
    }),
    affected: fc.option(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
    attributes: fc.dictionary(fc.string(), fc.jsonValue()),
  })
  .map((said) => ticketEvent(Object.fromEntries(Object.entries(said).filter(([, v]) => v !== undefined))));

describe('for every event', () => {
  const rich = configWith(
    { when: 'event.attributes.a == 1', set: 'P2' },
    { when: 'has(event.attributes.b) && event.attributes.b', set: 'P5' },
  );

  it('deciding again from the record gives the same, the reason is short, and S15 holds', () => {
    fc.assert(
      fc.property(events, (event) => {
        const decision = decidePriority(event, rich);
        const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
        expect(stored(decideAgain(stored(decision.record), rich))).toEqual(stored(decision));
        expect(Math.max(decision.because.en.length, decision.because['zh-CN'].length)).toBeLessThan(240);
        if (decision.by === 'default' || decision.record.erred.length > 0) {
          expect(rankOf(decision.priority)).toBeLessThanOrEqual(rankOf(rich.priority.default));
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
