import { describe, expect, it } from '@jest/globals';
import type { Config, FactChange, TicketEvent } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { ticketEvent } from '../ticket-event.given.js';
import { counterfactual } from './counterfactual.js';
import { decideAgain, decideFromFacts, decidePriority } from './decide-priority.js';
import { factsAfter } from './fact-change.js';
import { configOf, ruleOf } from './priority-config.given.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { EMPTY_FACTS, factsOf } from '../conditions/facts-of-event.js';
import { LEAST, type NumberFact, type PromiseState } from '../conditions/gathered-facts.js';

const saidOf = (event: Partial<TicketEvent>, config: Config): { en: string; 'zh-CN': string } =>
  counterfactual(decidePriority(ticketEvent(event), config).record, config).text;

const config = configOf({
  rules: [
    ruleOf('many', 'event.category.startsWith("live.payout") && event.affected >= 500', 'P1'),
    ruleOf('some', 'event.affected > 100', 'P2'),
    ruleOf('money', 'event.tags.exists(t, t == "payout")', 'P2'),
    ruleOf('angry', 'event.subject.contains("lawyer")', 'P2'),
    ruleOf('listed', 'event.market in ["SG", "MY"] && !event.restricted', 'P3'),
  ],
  weights: { tier: { top: 1 } },
});

describe('what would have made another priority', () => {
  it.each([
    [
      'fewer people',
      { category: 'live.payout', affected: 1200 },
      'P2 if affected were 499',
      '若受影响人数为 499，则为 P2',
    ],
    [
      'more people',
      { category: 'live.payout', affected: 400 },
      'P3 if affected ≤ 100',
      '若受影响人数 ≤ 100，则为 P3',
    ],
    ['a tag less', { tags: ['x', 'payout'] }, 'P4 without tag «payout»', '若无标签「payout」，则为 P4'],
    [
      'a word less',
      { subject: 'my lawyer' },
      'P4 if subject did not say «lawyer»',
      '若主题不含「lawyer」，则为 P4',
    ],
    ['a flag', { market: 'SG' }, 'P4 if restricted were true', '若受限为 true，则为 P4'],
    [
      'the next severity',
      { severity: 'info' },
      'P1 if severity were «critical»',
      '若严重程度为「critical」，则为 P1',
    ],
    [
      'no tier',
      { severity: 'info', requester: { tier: 'top' } },
      'P1 if severity were «critical»',
      undefined,
    ],
    ['from the default', { affected: 3 }, 'P3 if tier were «top»', '若层级为「top」，则为 P3'],
  ])('%s', (_, event, en, zh) => {
    const said = saidOf(event, config);
    expect([said.en, zh === undefined ? undefined : said['zh-CN']]).toEqual([en, zh]);
  });

  it('is asked of the rule that matched before any nearer change elsewhere', () => {
    const two = configOf({
      rules: [
        ruleOf('far', 'event.category == "live.payout"', 'P1'),
        ruleOf('near', 'event.affected > 5', 'P2'),
      ],
    });
    expect(saidOf({ category: 'live.payout', affected: 6 }, two).en).toBe('P2 if category were not said');
  });

  it('says a range only when all of it is true', () => {
    const single = configOf({ rules: [ruleOf('a', 'event.affected >= 500', 'P1')] });
    expect(saidOf({ affected: 1200, severity: 'info' }, single).en).toBe('P5 if affected < 500');
    const banded = configOf({
      rules: [ruleOf('a', 'event.affected >= 500', 'P1'), ruleOf('b', 'event.affected >= 450', 'P2')],
    });
    expect(saidOf({ affected: 500 }, banded).en).toBe('P2 if affected were 499');
    const doubled = configOf({
      rules: [ruleOf('a', 'event.affected >= 500', 'P1'), ruleOf('b', 'event.affected * 2 >= 900', 'P2')],
    });
    expect(saidOf({ affected: 500 }, doubled).en).toBe('P2 if affected were 499');
  });

  it('asks the category where its floor holds the result', () => {
    const said = saidOf({ category: 'safety.child', severity: 'info' }, configOf({ rules: [] }));
    expect(said.en).toBe('P5 if category were «live.payout»');
  });

  it('says so when no single fact changes anything', () => {
    const plain = configOf({ rules: [] }, { taxonomy: {}, services: {}, routing: [], sources: {} });
    expect(counterfactual(decidePriority(ticketEvent(), plain).record, plain)).toEqual({
      found: false,
      reason: 'no-single-fact',
      text: {
        en: 'P4 whatever single fact that this config looks at is changed',
        'zh-CN': '无论更改此配置所看的哪一项事实，均为 P4',
      },
    });
  });

  it('does not claim to have tried what it has not', () => {
    const wide = configOf({
      rules: [
        ruleOf('wide', `event.key in [${Array.from({ length: 500 }, (_, n) => `"k${n}"`).join(', ')}]`, 'P4'),
      ],
    });
    expect(
      counterfactual(decidePriority(ticketEvent({ source: 'nobody' }), wide).record, wide),
    ).toMatchObject({
      found: false,
      reason: 'too-many',
    });
  });
});

function withoutAll(text: string, part: string): string {
  const at = text.indexOf(part);
  return at < 0 ? text : withoutAll(text.slice(0, at) + text.slice(at + part.length), part);
}

/** A number of the stated range. */
function drawnFrom({ fact, is, value }: FactChange, n: number): number {
  const at = Number(value);
  const least = LEAST[fact as NumberFact];
  const below = (count: number): number => least + (n % Math.max(1, count));
  return {
    ...{ '=': at, '>': at + 1 + n, '>=': at + n },
    ...{ '<': below(at - least), '<=': below(at - least + 1) },
  }[is as '='];
}

interface Gathered {
  readonly reports: number;
  readonly promise: PromiseState;
}

/** What a case knows of this event and what it has gathered besides. */
const knownOf = (event: TicketEvent, gathered: Gathered): EventFacts => ({ ...factsOf(event), ...gathered });

function gatheredAfter(gathered: Gathered, change: FactChange, n: number): Gathered {
  if (change.fact === 'reports') return { ...gathered, reports: drawnFrom(change, n) };
  if (change.fact !== 'promise') return gathered;
  return { ...gathered, promise: change.is === 'absent' ? '' : (change.value as PromiseState) };
}

/** The event with the fact that a sender would have had to say otherwise; `n` draws from a range. */
function eventAfter(event: TicketEvent, change: FactChange, n: number): TicketEvent {
  const { fact, is, value } = change;
  const text = String(value);
  const unsaid = Object.fromEntries(
    Object.entries(event).filter(([name]) => name !== 'affected'),
  ) as TicketEvent;
  if (fact === 'affected') return is === 'absent' ? unsaid : { ...unsaid, affected: drawnFrom(change, n) };
  if (fact === 'tags')
    return {
      ...event,
      tags: is === 'with' ? [...event.tags, text] : event.tags.filter((tag) => tag !== text),
    };
  const before = (event as Readonly<Record<string, unknown>>)[fact];
  const was = typeof before === 'string' ? before : '';
  const said = {
    ...{ '=': value, containing: was + text, absent: fact === 'subject' ? '' : undefined },
    'not containing': withoutAll(was, text),
  }[is as '='];
  if (fact.startsWith('requester.')) {
    const member = fact.slice('requester.'.length);
    return { ...event, requester: { ...event.requester, [member]: said } };
  }
  if (fact.startsWith('attributes.')) {
    const attributes = { ...event.attributes, [fact.slice('attributes.'.length)]: said };
    return { ...event, attributes: JSON.parse(JSON.stringify(attributes)) as Record<string, unknown> };
  }
  return { ...event, [fact]: said };
}

const bound = fc.integer({ min: 0, max: 12 });
const atom = fc.oneof(
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), bound)
    .map(([op, n]) => `event.affected ${op} ${n}`),
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), bound)
    .map(([op, n]) => `event.reports ${op} ${n}`),
  bound.map((n) => `${n} < event.affected`),
  bound.map((n) => `event.reports * 3 > ${n}`),
  bound.map((n) => `event.affected * 2 > ${n}`),
  fc.constantFrom(
    'event.has_affected',
    'event.promise == "at-risk"',
    'event.promise != ""',
    'event.promise in ["breached", "never"]',
    'event.reports > event.affected',
    'event.restricted',
    'event.category.startsWith("live")',
    'event.category in ["live.payout", "safety"]',
    'event.tags.exists(t, t == "a")',
    '"b" in event.tags',
    'event.tags.exists(t, t.startsWith("c"))',
    'size(event.tags) > 1',
    'event.subject.contains("ab")',
    'event.subject.startsWith("xy")',
    'event.market == "SG"',
    'event.requester.tier != "top"',
    'event.attributes.size > 3',
    'has(event.attributes.vip) && event.attributes.vip',
    'event.attributes["plan"] == "gold"',
    'has(event.enriched.guild) && event.enriched.guild == "star"',
    'event.requester.id == "u1"',
  ),
);
const condition = fc.oneof(
  atom,
  fc.tuple(atom, fc.constantFrom('&&', '||'), atom).map(([a, op, b]) => `(${a}) ${op} (${b})`),
  atom.map((a) => `!(${a})`),
);
const priority = fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5');
const steps = fc.integer({ min: -4, max: 4 });
const configs = fc
  .record({
    rules: fc.uniqueArray(fc.tuple(condition, priority), { selector: ([when]) => when, maxLength: 5 }),
    weights: fc.record({
      tier: fc.dictionary(fc.constantFrom('top', 'trial'), steps),
      market: fc.dictionary(fc.constantFrom('SG', 'MY'), steps),
      category: fc.dictionary(fc.constantFrom('live', 'safety.child'), steps),
    }),
    fallback: priority,
    tables: fc.constantFrom(
      {},
      {
        creators: {
          ...{ key: 'requester.id', gives: ['tier', 'guild'] },
          rows: [{ 'requester.id': 'u1', tier: 'top', guild: 'star' }],
        },
      },
    ),
  })
  .map(({ rules, weights, fallback, tables }) => {
    const named = rules.map(([when, set], i) => ruleOf(`r${i}`, when, set));
    return configOf({ weights, default: fallback, rules: named }, { tables });
  });
const events = fc
  .record(
    {
      source: fc.constantFrom('demo', 'mail', 'nobody'),
      subject: fc.constantFrom('', 'ab', 'aabb', 'xy ab'),
      severity: fc.constantFrom('critical', 'info', 'odd'),
      category: fc.constantFrom('live', 'live.payout', 'safety.child.x', 'none'),
      market: fc.constantFrom('SG', 'MY', 'GB'),
      affected: fc.integer({ min: 0, max: 14 }),
      tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c1', 'c2', 'd')),
      restricted: fc.boolean(),
      requester: fc.record(
        { id: fc.constantFrom('u1', 'u2'), tier: fc.constantFrom('top', 'trial') },
        { requiredKeys: [] },
      ),
      attributes: fc.record(
        { size: fc.integer({ min: 0, max: 6 }), vip: fc.boolean(), plan: fc.constantFrom('gold', 'tin') },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  )
  .map(ticketEvent);
const gatherings = fc.record({
  reports: fc.integer({ min: 1, max: 14 }),
  promise: fc.constantFrom<PromiseState>('', 'at-risk', 'breached'),
});

describe('for every config and event', () => {
  it('the stated fact, changed as stated, gives the stated other priority (X5)', () => {
    let found = 0;
    let ofGathered = 0;
    fc.assert(
      fc.property(configs, events, gatherings, fc.nat({ max: 40 }), (any, event, gathered, n) => {
        const at = Date.parse(event.receivedAt);
        const decision = decideFromFacts(knownOf(event, gathered), any, at);
        const said = counterfactual(decision.record, any);
        expect(Math.max(said.text.en.length, said.text['zh-CN'].length)).toBeLessThan(240);
        if (!said.found) return;
        found += 1;
        expect(said.priority).not.toBe(decision.priority);
        // What a table knows is no part of the event; the record can still be decided with it changed.
        if (!said.change.fact.startsWith('enriched.')) {
          const after = knownOf(
            said.change.fact in gathered ? event : eventAfter(event, said.change, n),
            gatheredAfter(gathered, said.change, n),
          );
          expect(decideFromFacts(after, any, at).priority).toBe(said.priority);
          if (said.change.fact in gathered) ofGathered += 1;
        }
        const inputs = factsAfter({ ...EMPTY_FACTS, ...decision.record.inputs }, said.change);
        expect(decideAgain({ ...decision.record, inputs }, any).priority).toBe(said.priority);
      }),
      { numRuns: runs(1500) },
    );
    expect(found).toBeGreaterThan(runs(1000));
    expect(ofGathered).toBeGreaterThan(runs(1500) / 40);
  });
});
