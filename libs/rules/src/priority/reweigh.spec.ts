import { describe, expect, it } from '@jest/globals';
import { type Config, type Instant, type Priority, rankOf, type TicketEvent } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { factsOf } from '../conditions/facts-of-event.js';
import { ticketEvent } from '../ticket-event.given.js';
import { counterfactualOf } from './pin-reason.js';
import { configOf, ruleOf } from './priority-config.given.js';
import { becauseOf, firstWeighing, givenWeighing, priorityOf, reweigh, type WeighInput } from './reweigh.js';
import { reweighAt, type Weighing } from './weighing.js';

const MINUTE = 60_000;
const rules = [
  ruleOf('many', 'event.affected >= 500', 'P1'),
  ruleOf('some', 'event.affected >= 50', 'P2'),
  ruleOf('vip', '"vip" in event.tags', 'P2'),
];
const lowering = { recalculate: { raise: 'at once', lower: 'after 30m stable' } };
const config = configOf({ rules, ...lowering });
const context = { config, revision: 7 };

const said = (event: Partial<TicketEvent>, newest = true): WeighInput => ({
  type: 'Said',
  facts: factsOf(ticketEvent(event)),
  newest,
});

/** One case: opened by an event, then what happens to it, at minutes. */
class Story {
  weighing: Weighing;
  cause = '';
  refused: unknown;
  constructor(
    event: Partial<TicketEvent>,
    private readonly by = context,
  ) {
    this.weighing = firstWeighing(factsOf(ticketEvent(event)), by, 0);
  }
  at(minute: number, input: WeighInput): this {
    const { weighing, cause, refused } = reweigh(this.weighing, input, this.by, minute * MINUTE);
    Object.assign(this, { weighing, cause, refused });
    return this;
  }
  get priority(): Priority {
    return priorityOf(this.weighing, this.by.config);
  }
  get wakesAt(): Instant | undefined {
    const at = reweighAt(this.weighing);
    return at === undefined ? undefined : at / MINUTE;
  }
  get because(): string {
    return becauseOf(this.weighing, this.by.config).en;
  }
}

describe('a priority on new facts', () => {
  it('is raised at once by what all events together say: the most people, all tags', () => {
    const story = new Story({ severity: 'info', affected: 20 }).at(1, said({ tags: ['vip'] }));
    expect([story.priority, story.cause]).toEqual(['P2', 'raised']);
    expect(story.at(2, said({ affected: 600 })).priority).toBe('P1');
    expect(story.at(3, said({ affected: 1 })).priority).toBe('P1');
    expect(story.weighing.facts).toMatchObject({ affected: 600, tags: ['vip'], severity: 'info' });
  });

  it('follows the newest category, and does not forget it when an event does not repeat it', () => {
    const story = new Story({ source: 'mail', category: 'live' }).at(
      1,
      said({ source: 'mail', category: 'live.payout' }),
    );
    expect(story.priority).toBe('P3');
    expect(story.at(2, said({ source: 'mail' })).weighing.facts.category).toBe('live.payout');
  });

  it('knows what the taxonomy calls its category, or the nearest above it', () => {
    const story = new Story({ category: 'live.payout.bank' });
    expect(story.weighing.category).toEqual({
      path: 'live.payout',
      label: { en: 'Payout', 'zh-CN': '提现' },
    });
    expect(story.at(1, said({ category: 'unheard' })).weighing.category).toBeUndefined();
  });

  it('keeps body and attributes only where a rule reads them', () => {
    const long = { body: 'x', attributes: { plan: 'gold' } };
    expect(new Story(long).weighing.facts).toMatchObject({ body: '', attributes: {} });
    const reading = configOf({
      rules: [
        ruleOf(
          'plan',
          'has(event.attributes.plan) && event.body == "y" && event.attributes.plan == "gold"',
          'P1',
        ),
      ],
    });
    const story = new Story(long, { config: reading, revision: 1 });
    expect(story.at(1, said({ body: 'y' })).priority).toBe('P1');
  });

  it('is raised by an event that was overtaken, whose facts then do not stand', () => {
    const story = new Story({ severity: 'info' }).at(1, said({ severity: 'critical' }, false));
    expect([story.priority, story.weighing.facts.severity]).toEqual(['P1', 'info']);
  });

  it('is not raised by an event that says nothing of urgency', () => {
    const story = new Story({ severity: 'info' }).at(1, said({ severity: 'of no meaning' }));
    expect([story.priority, story.cause]).toEqual(['P5', 'stays']);
  });

  it('gives its reason and its counterfactual by the newest facts', () => {
    const story = new Story({ severity: 'info', affected: 60 });
    const before = story.weighing.standing;
    story.at(1, said({ affected: 400 }));
    expect(story.weighing.standing.record.inputs.affected).toBe(400);
    expect(story.weighing.standing).not.toBe(before);
    const again = story.weighing.standing;
    expect(story.at(2, said({ affected: 3 })).weighing.standing).toBe(again);
  });
});

describe('a priority that its facts no longer ask for', () => {
  it('is lowered after the stable time, not before', () => {
    const story = new Story({ severity: 'critical' }).at(10, said({ severity: 'info' }));
    expect([story.priority, story.cause, story.wakesAt]).toEqual(['P1', 'lowering-waits', 40]);
    expect(story.at(39, { type: 'Woke' }).cause).toBe('too-early');
    expect(story.at(40, { type: 'Woke' })).toMatchObject({
      priority: 'P5',
      cause: 'lowered',
      wakesAt: undefined,
    });
    expect(story.because).toBe('severity «info» of source demo means P5');
  });

  it('keeps its clock while events ask for the same, and starts it anew when they ask for another', () => {
    const story = new Story({ severity: 'critical', source: 'mail', affected: 600 });
    const opened = new Story({ severity: 'critical' }).at(10, said({ severity: 'info' }));
    expect(opened.at(20, said({ severity: 'info' })).wakesAt).toBe(40);
    expect(opened.at(25, said({ severity: 'odd', category: 'live.payout' })).wakesAt).toBe(55);
    expect(story.at(5, said({ source: 'mail', affected: 2 })).wakesAt).toBeUndefined();
  });

  it('stays when the facts ask for it again', () => {
    const story = new Story({ severity: 'critical' }).at(10, said({ severity: 'info' }));
    expect(story.at(20, said({ severity: 'critical' }))).toMatchObject({
      cause: 'stays',
      wakesAt: undefined,
    });
  });

  it('is never lowered by a machine where the config does not say so', () => {
    const story = new Story({ severity: 'critical' }, { config: configOf({ rules }), revision: 1 });
    expect(story.at(1, said({ severity: 'info' }))).toMatchObject({ cause: 'stays', wakesAt: undefined });
    expect(story.at(9999, { type: 'Woke' }).priority).toBe('P1');
  });

  it('is not lowered when a person gave it', () => {
    const given = givenWeighing(
      { priority: 'P1', because: { en: 'x', 'zh-CN': 'x' } },
      factsOf(ticketEvent()),
      1,
    );
    expect(reweigh(given, said({ severity: 'info' }), context, 0).weighing.lowering).toBeUndefined();
    expect(given.standing.counterfactual).toMatchObject({ found: false, reason: 'not-computed' });
  });

  it('waits anew under a config that asks for another', () => {
    const story = new Story({ severity: 'critical' }).at(0, said({ severity: 'info' }));
    const other = configOf(
      { rules, ...lowering },
      { sources: { demo: { kind: 'generic', severity: { info: 'P3' } } } },
    );
    const woken = reweigh(story.weighing, { type: 'Woke' }, { config: other, revision: 8 }, 30 * MINUTE);
    expect(woken).toMatchObject({
      cause: 'lowering-waits',
      weighing: { lowering: { to: 'P3', at: 60 * MINUTE } },
    });
  });
});

describe('a pin', () => {
  const pin = (priority: Priority, until?: number): WeighInput => ({
    type: 'Pinned',
    pin: {
      priority,
      by: 'ana',
      reason: 'known outage',
      ...(until === undefined ? {} : { until: until * MINUTE }),
    },
  });

  it('stands above what is computed, lower or higher, and says who and why', () => {
    const story = new Story({ severity: 'critical' }).at(1, pin('P3', 61));
    expect([story.priority, story.wakesAt]).toEqual(['P3', 61]);
    expect(story.because).toBe(
      'pinned to P3 by ana until 1970-01-01T01:01:00.000Z: known outage; computed P1',
    );
    expect(counterfactualOf(story.weighing, story.priority).text.en).toBe('P1 without the pin');
    expect(story.at(2, said({ affected: 900 })).priority).toBe('P3');
  });

  it('ends at its time, and what is computed by then holds again', () => {
    const story = new Story({ severity: 'info' })
      .at(1, pin('P2', 61))
      .at(30, said({ affected: 60, tags: ['vip'] }));
    expect(story.at(60, { type: 'Woke' })).toMatchObject({ priority: 'P2', cause: 'too-early' });
    expect(story.at(61, { type: 'Woke' })).toMatchObject({
      priority: 'P2',
      cause: 'pin-ended',
      wakesAt: undefined,
    });
    const calm = new Story({ severity: 'info' }).at(1, pin('P2', 61));
    expect(calm.at(61, { type: 'Woke' }).priority).toBe('P5');
  });

  it('can be taken back, once', () => {
    const story = new Story({ severity: 'info' }).at(1, pin('P2')).at(2, { type: 'Unpinned' });
    expect([story.priority, story.cause]).toEqual(['P5', 'unpinned']);
    expect(story.at(3, { type: 'Unpinned' }).refused).toEqual({ reason: 'not-pinned' });
  });

  it('is refused below the floor of the category, and when it has ended already', () => {
    const story = new Story({ category: 'safety.child.photo', severity: 'critical' }).at(1, pin('P2'));
    expect(story.refused).toEqual({ reason: 'below-floor', floor: 'P1', category: 'safety.child' });
    expect(story.at(5, pin('P1', 5)).refused).toEqual({ reason: 'past-until' });
    expect(story.weighing.pin).toBeUndefined();
  });

  it('does not hold below a floor that a later category brings', () => {
    const story = new Story({ severity: 'info' }).at(1, pin('P3')).at(2, said({ category: 'safety.child' }));
    expect(story.priority).toBe('P1');
  });
});

const inputs = fc.oneof(
  fc.record({
    type: fc.constant('Said' as const),
    facts: fc
      .record(
        {
          severity: fc.constantFrom('critical', 'info', 'odd'),
          affected: fc.constantFrom(0, 60, 700),
          category: fc.constantFrom('live', 'live.payout', 'safety.child'),
          tags: fc.constantFrom<string[]>([], ['vip']),
        },
        { requiredKeys: [] },
      )
      .map((event) => factsOf(ticketEvent(event))),
    newest: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('Pinned' as const),
    pin: fc.record({
      priority: fc.constantFrom<Priority>('P1', 'P3', 'P5'),
      by: fc.constant('ana'),
      reason: fc.string({ maxLength: 300 }),
      until: fc.option(
        fc.integer({ min: 0, max: 200 }).map((m) => m * MINUTE),
        { nil: undefined },
      ),
    }),
  }),
  fc.record({
    type: fc.constant('Promised' as const),
    promise: fc.constantFrom('' as const, 'at-risk' as const, 'breached' as const),
  }),
  fc.constant({ type: 'Unpinned' as const }),
  fc.constant({ type: 'Woke' as const }),
);
const histories = fc.array(fc.tuple(fc.integer({ min: 0, max: 25 }), inputs), { maxLength: 25 });

/** The floor holds, also over a pin; the reason is short. */
function expectSound(weighing: Weighing, by: Config): void {
  if (weighing.facts.category === 'safety.child') expect(priorityOf(weighing, by)).toBe('P1');
  const because = becauseOf(weighing, by);
  expect(Math.max(because.en.length, because['zh-CN'].length)).toBeLessThan(240);
}

describe('how often a case was reported', () => {
  const volume = configOf({
    rules: [ruleOf('storm', 'event.reports >= 3', 'P2'), ruleOf('quiet', 'event.reports < 2', 'P4')],
    ...lowering,
  });

  it('is a fact that adds up, late events included, and raises at once', () => {
    const story = new Story({}, { config: volume, revision: 1 });
    expect([story.priority, story.weighing.standing.record.inputs]).toMatchObject(['P4', { reports: 1 }]);
    story.at(1, said({}));
    expect([story.priority, story.weighing.facts.reports]).toEqual(['P4', 2]);
    story.at(2, said({}, false));
    expect([story.priority, story.cause]).toEqual(['P2', 'raised']);
    expect(story.weighing.standing.counterfactual).toMatchObject({
      change: { fact: 'reports', is: '<', value: 3 },
      text: { en: 'P4 if reports < 3', 'zh-CN': '若报告次数 < 3，则为 P4' },
    });
  });
});

describe('a promise', () => {
  const promising = configOf({
    rules: [
      ruleOf('broken', 'event.promise == "breached"', 'P1'),
      ruleOf('risky', 'event.promise == "at-risk"', 'P2'),
    ],
    ...lowering,
  });
  const promised = (promise: '' | 'at-risk' | 'breached'): WeighInput => ({ type: 'Promised', promise });
  const start = () => new Story({ source: 'mail' }, { config: promising, revision: 1 });

  it('at risk raises at once, breached further, and kept lowers only after the stable time', () => {
    const story = start().at(5, promised('at-risk'));
    expect([story.priority, story.cause, story.weighing.standing.counterfactual.text.en]).toEqual([
      'P2',
      'raised',
      'P4 if no promise were at risk',
    ]);
    expect(story.at(6, promised('breached')).priority).toBe('P1');
    expect(story.at(7, promised('')).cause).toBe('lowering-waits');
    expect([story.priority, story.wakesAt]).toEqual(['P1', 37]);
    expect(story.at(37, { type: 'Woke' }).priority).toBe('P4');
  });

  it('that is kept is said as such by what would have changed it', () => {
    const broken = configOf({ rules: [ruleOf('broken', 'event.promise == "breached"', 'P1')] });
    const story = new Story({ source: 'mail' }, { config: broken, revision: 1 }).at(5, promised('breached'));
    expect(story.weighing.standing.counterfactual.text).toEqual({
      en: 'P4 if no promise were at risk',
      'zh-CN': '若没有承诺有超时风险，则为 P4',
    });
  });

  it('is what the clocks say, whatever the events go on saying, and the same again changes nothing', () => {
    const story = start().at(5, promised('at-risk'));
    const { weighing } = story;
    expect(story.at(6, promised('at-risk')).weighing).toBe(weighing);
    expect(story.at(7, said({ source: 'mail' })).priority).toBe('P2');
  });

  it('does not move a pinned case, but what is computed below the pin', () => {
    const pin = { priority: 'P5', by: 'ana', reason: 'known' } as const;
    const story = start().at(1, { type: 'Pinned', pin }).at(2, promised('breached'));
    expect([story.priority, story.weighing.standing.priority]).toEqual(['P5', 'P1']);
  });
});

describe('for every history', () => {
  it.each([true, false])(
    'a machine lowers only after 30 minutes of asking for the same, a floor holds, a reason is short (C2; lower set: %s)',
    (lowers) => {
      const gathering = [
        ruleOf('risky', 'event.promise == "at-risk"', 'P2'),
        ruleOf('storm', 'event.reports >= 12', 'P3'),
      ];
      const all = { rules: [...rules, ...gathering] };
      const by = { config: configOf(lowers ? { ...all, ...lowering } : all), revision: 1 };
      let lowered = 0;
      fc.assert(
        fc.property(histories, (history) => {
          let state = firstWeighing(factsOf(ticketEvent({ severity: 'critical' })), by, 0);
          let now = 0;
          let asked: { to: Priority; since: Instant } | undefined;
          for (const [minutes, input] of history) {
            now += minutes * MINUTE;
            const { weighing, refused } = reweigh(state, input, by, now);
            if (refused !== undefined) expect(weighing).toBe(state);
            const is = weighing.standing.priority;
            if (rankOf(is) > rankOf(state.standing.priority)) {
              lowered += 1;
              expect([lowers, input.type, asked?.to]).toEqual([true, 'Woke', is]);
              expect(now - (asked?.since ?? now)).toBeGreaterThanOrEqual(30 * MINUTE);
            }
            const to = firstWeighing(weighing.facts, by, now).standing.priority;
            if (rankOf(to) <= rankOf(is)) asked = undefined;
            else if (asked?.to !== to) asked = { to, since: now };
            expectSound(weighing, by.config);
            state = weighing;
          }
        }),
        { numRuns: 500 },
      );
      expect(lowered > 10).toBe(lowers);
    },
  );

  it('the order of events does not matter for what a case knows of people and tags', () => {
    const event = fc.tuple(fc.constantFrom(0, 60, 700), fc.constantFrom('a', 'b', 'vip'));
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 6 }), fc.boolean(), (events, reverse) => {
        const run = (order: typeof events): [number, string[]] => {
          const story = new Story({});
          for (const [affected, tag] of order) story.at(0, said({ affected, tags: [tag] }));
          return [story.weighing.facts.affected, [...story.weighing.facts.tags].sort()];
        };
        expect(run(reverse ? events.toReversed() : events)).toEqual(run(events));
      }),
    );
  });
});
