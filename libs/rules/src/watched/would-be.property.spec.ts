import { describe, expect, it } from '@jest/globals';
import { Config, type ConfigTree, type MonitoredKind, PRIORITIES } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { caseFactsOf } from '../conditions/case-facts.js';
import { factsOf } from '../conditions/facts-of-event.js';
import { groupingOf } from '../grouping/group-key.js';
import { decideFromFacts } from '../priority/decide-priority.js';
import { configWindows } from '../quiet/config-windows.js';
import { quietAt, windowsFor } from '../quiet/quiet-at.js';
import { pickService } from '../routing/pick-service.js';
import { pickSla } from '../sla/sla-terms.js';
import { ticketEvent } from '../ticket-event.given.js';
import { watchedRules } from './watched-rules.js';
import { wouldGroup, wouldPromise, wouldRoute, wouldSetPriority } from './would-be.js';

const NOW = Date.UTC(2026, 11, 5, 1, 30);
const MARKETS = ['SG', 'DE', ''];
const because = { en: 'because', 'zh-CN': '因为' };

const mode = fc.constantFrom('live' as const, 'monitor' as const, undefined);
const when = (of: string) =>
  fc
    .subarray(MARKETS, { minLength: 1 })
    .map((markets) => markets.map((market) => `${of}.market == "${market}"`).join(' || '));
const rules = <T extends object>(one: fc.Arbitrary<T>) =>
  fc
    .array(fc.record({ one, mode }), { maxLength: 4 })
    .map((drawn) => drawn.map(({ one: rule, mode: its }, i) => ({ ...rule, name: `rule ${i}`, mode: its })));

const trees = fc
  .record({
    priority: rules(fc.record({ when: when('event'), set: fc.constantFrom(...PRIORITIES) })),
    routing: fc.uniqueArray(fc.record({ when: when('event'), to: fc.constantFrom('a', 'b'), mode }), {
      selector: (rule) => rule.when,
      maxLength: 4,
    }),
    grouping: rules(
      fc.record({ when: when('event'), by: fc.constantFrom<string[]>(['market'], ['source', 'market']) }),
    ),
    sla: rules(fc.record({ when: when('case') })),
    maintenance: rules(
      fc.record({
        markets: fc.subarray(['SG', 'DE'], { minLength: 1 }),
        from: fc.constantFrom('01:00', '02:00'),
      }),
    ),
  })
  .map(
    (drawn): ConfigTree => ({
      priority: { rules: drawn.priority.map((rule) => ({ ...rule, because })) },
      routing: drawn.routing.map(({ to, ...rule }) => ({ ...rule, to: `service ${to}` })),
      grouping: drawn.grouping.map((rule) => ({ ...rule, window: { session: '30m' } })),
      sla: drawn.sla.map((rule) => ({ ...rule, calendar: '24x7', targets: { resolve: { P1: '1h' } } })),
      maintenance: drawn.maintenance.map((rule) => ({ ...rule, every: 'Sat', for: '60m', timeZone: 'UTC' })),
    }),
  );

/** Everything that the rules of a config decide of one event, each by the name of what decided. */
function decided(config: Config, market: string) {
  const event = ticketEvent({
    ...(market === '' ? {} : { market }),
    receivedAt: new Date(NOW).toISOString(),
  });
  const said = factsOf(event);
  const { priority, rule } = decideFromFacts(said, config, NOW);
  const facts = caseFactsOf(said, { priority, service: 'a', events: 1, round: 1 });
  const grouping = groupingOf(event, config);
  return {
    event,
    said,
    facts,
    priority: { by: rule, is: priority },
    routing: pickService(event, config),
    grouping: grouping.grouped ? { rule: grouping.rule.name, by: grouping.by } : undefined,
    sla: pickSla(config, facts),
    windows: windowsFor(configWindows(config), facts, config.taxonomy)
      .filter((window) => quietAt([window], NOW) !== undefined)
      .map(({ name }) => name),
  };
}

type Ruled = { readonly mode?: 'live' | 'monitor' | undefined };
/** The tree without the rules that only watch, but for one of a list that is live: plain removal. */
function without(tree: ConfigTree, live?: string): Config {
  const keep = (list: string, of: readonly Ruled[] = []): never =>
    of.flatMap((rule, i) =>
      `${list}/${i}` === live ? [{ ...rule, mode: undefined }] : rule.mode === 'monitor' ? [] : [rule],
    ) as never;
  return Config.parse({
    ...tree,
    priority: { ...tree.priority, rules: keep('/priority/rules', tree.priority?.rules) },
    routing: keep('/routing', tree.routing),
    grouping: keep('/grouping', tree.grouping),
    sla: keep('/sla', tree.sla),
    maintenance: keep('/maintenance', tree.maintenance),
  });
}

type Decided = ReturnType<typeof decided>;

const grouped = (grouping: Decided['grouping']): string =>
  grouping === undefined
    ? ''
    : `${grouping.rule}: ${grouping.by.map(({ name, value }) => `${name}=${value}`).join(', ')}`;

/** What was and what would be, where the rule of this name is what decides when it is live. */
const DECIDED_BY: Record<
  MonitoredKind,
  (alone: Decided, real: Decided, name: string) => [string, string] | undefined
> = {
  priority: (alone, real, name) =>
    alone.priority.by === name ? [real.priority.is, alone.priority.is] : undefined,
  routing: (alone, real, name) =>
    alone.routing.by === 'routing-rule' && alone.routing.detail === name
      ? [real.routing.service ?? '', alone.routing.service ?? '']
      : undefined,
  grouping: (alone, real, name) =>
    alone.grouping?.rule === name ? [grouped(real.grouping), grouped(alone.grouping)] : undefined,
  sla: (alone, real, name) => (alone.sla === name ? [real.sla ?? '', name] : undefined),
  // Whether a window holds pages back is the engine's to say: would-hold.spec.ts.
  maintenance: () => undefined,
};

describe('a rule that only watches', () => {
  it('decides nothing: all is as if it did not stand there', () => {
    fc.assert(
      fc.property(trees, fc.constantFrom(...MARKETS), (tree, market) => {
        expect(decided(Config.parse(tree), market)).toEqual(decided(without(tree), market));
      }),
      { numRuns: runs(200) },
    );
  });

  it('would have decided what it decides when it alone is live, and nothing else is said of it', () => {
    fc.assert(
      fc.property(trees, fc.constantFrom(...MARKETS), (tree, market) => {
        const config = Config.parse(tree);
        const real = decided(config, market);
        const { event, said, facts } = real;
        const found = [
          ...wouldSetPriority(said, config, NOW),
          ...wouldRoute(event, config),
          ...wouldGroup(event, config),
          ...wouldPromise(facts, config),
        ].map(({ rule, real: was, would }) => [rule.pointer, was, would]);
        const expected = watchedRules(config).flatMap(({ kind, name, pointer }) => {
          const differs = DECIDED_BY[kind](decided(without(tree, pointer), market), real, name);
          return differs === undefined ? [] : [[pointer, ...differs]];
        });
        expect(found).toEqual(expected);
      }),
      { numRuns: runs(200) },
    );
  });

  it('costs nothing where there is none', () => {
    const config = Config.parse({
      grouping: [{ name: 'all', when: 'true', by: ['market'], window: { session: '30m' } }],
    });
    expect(watchedRules(config)).toEqual([]);
    expect(watchedRules(config)).toBe(watchedRules(config));
  });
});
