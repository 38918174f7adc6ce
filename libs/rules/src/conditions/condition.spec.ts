import { describe, expect, it } from '@jest/globals';
import { ticketEvent } from '../ticket-event.given.js';
import { compileCaseCondition } from './case-condition.js';
import { EMPTY_CASE_FACTS } from './case-facts.js';
import { type Condition, compileCondition, EVENT_FIELD_NAMES } from './condition.js';
import type { EventFacts } from './event-facts.js';
import { EMPTY_FACTS, factsOf, saidBy } from './facts-of-event.js';
import { nowFactsAt } from './now-facts.js';

const conditionOf = (expression: string): Condition => {
  const compiled = compileCondition(expression);
  if (!compiled.ok) throw new Error(compiled.fault);
  return compiled.condition;
};
const faultOf = (expression: string): string | undefined => {
  const compiled = compileCondition(expression);
  return compiled.ok ? undefined : compiled.fault;
};
const facts = (said: Partial<EventFacts>): EventFacts => ({ ...EMPTY_FACTS, ...said });

describe('a condition over an event', () => {
  it.each<[string, Partial<EventFacts>, boolean]>([
    ['event.subject.contains("pay")', { subject: 'no payout' }, true],
    ['event.subject.contains("pay")', { subject: 'no refund' }, false],
    ['event.affected >= 500', { affected: 500 }, true],
    ['event.affected >= 500', { affected: 499 }, false],
    ['event.affected >= 500', { affected: 499.2 }, true],
    ['event.reports > 2', { reports: 3 }, true],
    ['event.reports > 2', { reports: 2 }, false],
    ['"vip" in event.tags', { tags: ['new', 'vip'] }, true],
    ['"vip" in event.tags', {}, false],
    ['event.restricted || event.promise == "breached"', { promise: 'breached' }, true],
    ['has(event.attributes.plan) && event.attributes.plan == "gold"', { attributes: { plan: 'gold' } }, true],
    ['has(event.attributes.plan) && event.attributes.plan == "gold"', {}, false],
    ['event.requester.tier == "top"', { requester: { id: '', tier: 'top', segment: '' } }, true],
  ])('%s of %j: %s', (expression, said, matched) => {
    expect(conditionOf(expression).test(facts(said))).toEqual({ matched });
  });

  it('that errs says so in one line and is not matched', () => {
    const verdict = conditionOf('event.attributes.plan == "gold"').test(EMPTY_FACTS);
    expect(verdict).toEqual({ matched: false, error: 'No such key: plan' });
  });

  it.each([
    ['event.nothing == ""', /nothing/],
    ['event.subject ==', /./],
    ['event.affected + 1', /^is int, and must be true or false$/],
    ['event.subject.matches("(a+)+$")', /^«matches» is not offered; use contains, startsWith or endsWith$/],
    ['event.tags.exists(tag, matches(tag, "a"))', /matches/],
  ])('%s is refused', (expression, why) => {
    expect(faultOf(expression)).toMatch(why);
  });

  it.each<[string, readonly string[]]>([
    ['true', []],
    ['event.subject == event.body', ['subject', 'body']],
    ['event.requester.tier == "x" || event.affected > 1', ['affected', 'requester']],
    ['event.tags.exists(tag, tag == event.market)', ['market', 'tags']],
    ['[event].size() == 1', EVENT_FIELD_NAMES],
  ])('%s looks at %j', (expression, reads) => {
    expect(conditionOf(expression).reads).toEqual(reads);
  });

  it('has one form however it is written, and another for every other meaning', () => {
    const forms = (...all: string[]) => new Set(all.map((one) => conditionOf(one).form)).size;
    expect(forms('event.affected>=5', '(event.affected  >= 5)')).toBe(1);
    expect(forms('event.market == "CN"', "event.market == 'CN'")).toBe(1);
    expect(
      forms('event.affected >= 5', 'event.affected > 5', 'event.affected >= 6', 'event.reports >= 5'),
    ).toBe(4);
  });

  it.each<[string, readonly string[]]>([
    ['event.affected > 1', []],
    ['event.reports > 1', ['reports']],
    ['event.promise != "" && event.reports > 1', ['reports', 'promise']],
    ['event.subject == "reports"', []],
  ])('%s names what only a history has: %j', (expression, gathered) => {
    expect(conditionOf(expression).gathered).toEqual(gathered);
  });

  it.each<[string, readonly number[] | undefined]>([
    ['event.subject == ""', []],
    ['event.affected >= 500 || event.affected < 10', [500, 10]],
    ['5 <= event.affected', [5]],
    ['event.affected == -1 || event.affected != 3', [-1, 3]],
    ['event.affected * 2 > 10', undefined],
    ['event.affected > 3 && event.affected % 2 == 0', undefined],
    ['event.affected > event.reports', undefined],
    ['event.reports > 4', []],
  ])('%s compares the people with %j', (expression, bounds) => {
    expect(conditionOf(expression).bounds.affected).toEqual(bounds);
  });

  it('keeps apart what it compares the reports with', () => {
    expect(conditionOf('event.affected > 3 && event.reports >= 7').bounds).toEqual({
      affected: [3],
      reports: [7],
    });
  });

  it.each<[string, readonly object[]]>([
    [
      'event.market == "CN"',
      [
        { fact: 'market', by: 'value', value: 'CN' },
        { fact: 'market', by: 'seen' },
      ],
    ],
    [
      '"CN" == event.market',
      [
        { fact: 'market', by: 'value', value: 'CN' },
        { fact: 'market', by: 'seen' },
      ],
    ],
    [
      'event.affected >= -2',
      [
        { fact: 'affected', by: 'value', value: -2 },
        { fact: 'affected', by: 'seen' },
      ],
    ],
    [
      'event.restricted == true',
      [
        { fact: 'restricted', by: 'value', value: true },
        { fact: 'restricted', by: 'seen' },
      ],
    ],
    ['event.restricted', [{ fact: 'restricted', by: 'seen' }]],
    [
      '"vip" in event.tags',
      [
        { fact: 'tags', by: 'item', value: 'vip' },
        { fact: 'tags', by: 'seen' },
      ],
    ],
    [
      'event.market in ["CN", "SG"]',
      [
        { fact: 'market', by: 'value', value: 'CN' },
        { fact: 'market', by: 'value', value: 'SG' },
        { fact: 'market', by: 'seen' },
      ],
    ],
    [
      'event.market in event.tags',
      [
        { fact: 'market', by: 'seen' },
        { fact: 'tags', by: 'seen' },
      ],
    ],
    [
      'event.subject.contains("pay")',
      [
        { fact: 'subject', by: 'part', value: 'pay' },
        { fact: 'subject', by: 'seen' },
      ],
    ],
    [
      'event.subject.startsWith("pay")',
      [
        { fact: 'subject', by: 'value', value: 'pay' },
        { fact: 'subject', by: 'seen' },
      ],
    ],
    [
      'event.tags.exists(tag, tag == "a" || tag.startsWith("b"))',
      [
        { fact: 'tags', by: 'item', value: 'a' },
        { fact: 'tags', by: 'item', value: 'b' },
        { fact: 'tags', by: 'seen' },
      ],
    ],
    [
      'event.requester.tier == "top"',
      [
        { fact: 'requester.tier', by: 'value', value: 'top' },
        { fact: 'requester.tier', by: 'seen' },
      ],
    ],
    [
      'event.attributes["plan"] == "gold" && event.enriched.region == "EU"',
      [
        { fact: 'attributes.plan', by: 'value', value: 'gold' },
        { fact: 'attributes.plan', by: 'seen' },
        { fact: 'enriched.region', by: 'value', value: 'EU' },
        { fact: 'enriched.region', by: 'seen' },
      ],
    ],
    [
      'event.market == "CN" || event.market == "CN"',
      [
        { fact: 'market', by: 'value', value: 'CN' },
        { fact: 'market', by: 'seen' },
      ],
    ],
    ['event.subject.size() > 3', [{ fact: 'subject', by: 'seen' }]],
    [
      'event.subject == event.body',
      [
        { fact: 'subject', by: 'seen' },
        { fact: 'body', by: 'seen' },
      ],
    ],
    ['1 < 2', []],
  ])('%s may be turned by %j', (expression, probes) => {
    expect(conditionOf(expression).probes).toEqual(probes);
  });
});

describe('what an event says to conditions', () => {
  const said = ticketEvent({
    ...{
      source: 'desk',
      kind: 'alert',
      type: 'alert.raised',
      ticketKey: 'K',
      subject: 'S',
      body: 'B',
      category: 'c.d',
    },
    ...{
      market: 'CN',
      language: 'zh',
      channel: 'mail',
      severity: 'high',
      status: 'open',
      service: 'pay',
      affected: 7,
    },
    ...{
      tags: ['t'],
      parties: [
        { role: 'merchant', idHash: 'x' },
        { role: 'creator', idHash: 'y' },
      ],
    },
    ...{
      requester: { id: 'r', tier: 'top', segment: 'big' },
      restricted: true,
      attributes: { plan: 'gold' },
    },
  });

  it('is every field of it', () => {
    expect(factsOf(said)).toEqual({
      ...{
        source: 'desk',
        kind: 'alert',
        type: 'alert.raised',
        key: 'K',
        subject: 'S',
        body: 'B',
        category: 'c.d',
      },
      ...{ market: 'CN', language: 'zh', channel: 'mail', severity: 'high', status: 'open', service: 'pay' },
      ...{ affected: 7, has_affected: true, reports: 1, promise: '', tags: ['t'], party: 'merchant' },
      ...{
        requester: { id: 'r', tier: 'top', segment: 'big' },
        restricted: true,
        attributes: { plan: 'gold' },
      },
      enriched: {},
    });
  });

  it('is the empty value of its kind where it says nothing', () => {
    const { source, kind, type, ticketKey: key } = ticketEvent();
    expect(factsOf(ticketEvent())).toEqual({ ...EMPTY_FACTS, source, kind, type, key });
  });

  it('is no title where intake made it of the key', () => {
    expect(saidBy({ ...said, flags: ['subject-from-key'] }).subject).toBe('');
    expect([saidBy(said).subject, saidBy({ ...said, flags: [] }).subject]).toEqual(['S', 'S']);
  });
});

describe('a condition over a case', () => {
  const compile = (expression: string) => {
    const compiled = compileCaseCondition(expression);
    if (!compiled.ok) throw new Error(compiled.fault);
    return compiled;
  };

  it('knows what it looks at: fields of the case, and the clock', () => {
    const looks = (expression: string) => {
      const { reads, readsNow } = compile(expression);
      return { reads, readsNow };
    };
    expect(looks('case.market == "CN" && now.hour < 6')).toEqual({ reads: ['market'], readsNow: true });
    expect(looks('case.round > 1')).toEqual({ reads: ['round'], readsNow: false });
    expect(looks('now.day == "Sat"')).toEqual({ reads: [], readsNow: true });
  });

  it('sees counts and the clock as whole numbers', () => {
    const now = nowFactsAt('UTC', Date.parse('2026-11-23T05:07:00Z'));
    const facts = { ...EMPTY_CASE_FACTS, events: 3, round: 2 };
    const matches = (expression: string) => compile(expression).test(facts, now).matched;
    expect(['case.events == 3', 'case.round == 2', 'now.hour == 5', 'now.minute == 7'].map(matches)).toEqual([
      ...[true, true, true, true],
    ]);
    expect(matches('case.events == 2')).toBe(false);
  });

  it('that cannot be read is refused', () => {
    expect(compileCaseCondition('case.nothing == 1')).toMatchObject({
      ok: false,
      fault: expect.stringMatching(/nothing/),
    });
    expect(compileCaseCondition('case.events')).toEqual({
      ok: false,
      fault: 'is int, and must be true or false',
    });
  });
});

describe('the clock of conditions', () => {
  it.each<[string, string, object]>([
    ['UTC', '2026-11-23T09:05:59Z', { date: '2026-11-23', time: '09:05', day: 'Mon', hour: 9, minute: 5 }],
    [
      'Asia/Shanghai',
      '2026-11-22T16:00:00Z',
      { date: '2026-11-23', time: '00:00', day: 'Mon', hour: 0, minute: 0 },
    ],
    [
      'America/New_York',
      '2026-11-29T04:59:00Z',
      { date: '2026-11-28', time: '23:59', day: 'Sat', hour: 23, minute: 59 },
    ],
    [
      'Asia/Kolkata',
      '2026-11-29T04:59:00Z',
      { date: '2026-11-29', time: '10:29', day: 'Sun', hour: 10, minute: 29 },
    ],
  ])('shows in %s at %s the date, time and day of the wall', (zone, at, shown) => {
    expect(nowFactsAt(zone, Date.parse(at))).toEqual(shown);
  });
});
