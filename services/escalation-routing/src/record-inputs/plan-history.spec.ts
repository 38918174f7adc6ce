import { describe, expect, it } from '@jest/globals';
import { type Config, type ConfigTree, isoOf, type RecordedInput } from '@tocsin/contracts';
import {
  type CaseStory,
  historyRisks,
  planHistory,
  readConfig,
  type RecordedHistory,
  simulateHistory,
  type Simulation,
} from '@tocsin/rules';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { LIVELY_TREE } from './lively-tree.given.js';
import { randomHistory } from './random-history.given.js';
import { eventAt } from './event-at.given.js';
import { RecordedWorld } from './recorded-world.given.js';

function configOf(tree: ConfigTree): Config {
  const read = readConfig(tree);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

const START = Date.parse('2026-11-02T00:00:00Z');
const MINUTE = 60_000;
const LIVELY = configOf(LIVELY_TREE);
const OTHER = configOf({
  ...LIVELY_TREE,
  priority: {
    ...LIVELY_TREE.priority,
    rules: [{ name: 'any', when: 'event.affected >= 1', set: 'P1', because: { en: 'any', 'zh-CN': 'any' } }],
  },
  policies: {
    ...LIVELY_TREE.policies,
    turns: { steps: [{ name: 'turn', page: 'team pay', wait: '30s' }], fallback: { page: 'person dee' } },
  },
});

/** Counted by hand: pages by day and by night of each person. */
function countedPages(pages: readonly { readonly at: number; readonly person: string }[]) {
  const counts: Record<string, { day: number; night: number }> = {};
  for (const { at, person } of pages) {
    const timeZone = LIVELY.people[person]?.timeZone ?? 'UTC';
    const clock = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
    const hour = Number(clock.format(at));
    const count = (counts[person] ??= { day: 0, night: 0 });
    count[hour >= 22 || hour < 7 ? 'night' : 'day'] += 1;
  }
  return counts;
}

/** What the recording itself says was paged, of cases that opened in it. */
const pagedReally = (lines: readonly RecordedInput[], until: number) =>
  lines
    .filter(({ at }) => at <= until)
    .flatMap(({ at, came }) =>
      (came.pages ?? []).flatMap(({ persons }) => persons.map((person) => ({ at, person }))),
    );

const breachesOf = (stories: readonly CaseStory[]): number =>
  stories.flatMap((one) => one.breaches ?? []).length;

describe('the numbers of a plan', () => {
  it('are those of a simulation over the same recording, and add up to what was recorded and what is replayed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
        const { history, lines } = await randomHistory(seed, 150, [LIVELY]);
        const simulation = simulateHistory(history, OTHER);
        const plan = planHistory(simulation, { from: START, until: history.until });
        const [was, would] = [
          countedPages(pagedReally(lines, history.until)),
          countedPages(simulation.stories.flatMap(({ pages }) => pages)),
        ];
        const none = { day: 0, night: 0 };
        const people = [...new Set([...Object.keys(was), ...Object.keys(would)])].sort();
        expect(plan.people).toEqual(
          people
            .map((person) => ({ person, before: was[person] ?? none, after: would[person] ?? none }))
            .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)),
        );
        expect(plan).toMatchObject({
          ...{ from: isoOf(START), cases: simulation.cases, affected: simulation.differences.length },
          p1: { before: simulation.before.p1, after: simulation.after.p1 },
          left: { openedBefore: 0, unreadable: 0, withoutConfig: 0, withoutBreaches: 0 },
        });
        const sum = (burden: Simulation['before']): number =>
          Object.values(burden.breaches).reduce((all, count) => all + count, 0);
        const moved = plan.breaches.reduce((all, { before, after }) => all + after - before, 0);
        expect(sum(simulation.after)).toBe(breachesOf(simulation.stories));
        expect(moved).toBe(sum(simulation.after) - sum(simulation.before));
      }),
      { numRuns: runs(3) },
    );
  });

  it('differ in nothing for the unchanged config, and nothing is slower', async () => {
    const { history } = await randomHistory(7, 150, [LIVELY]);
    const plan = planHistory(simulateHistory(history, LIVELY), { from: START, until: history.until });
    expect(plan).toMatchObject({ affected: 0, kinds: {}, people: [], holes: [], breaches: [] });
    expect(historyRisks(plan)).toEqual([]);
  });
});

/** Three P1 cases of one service, in which somebody is paged at once. */
async function threeP1(): Promise<RecordedHistory> {
  const world = new RecordedWorld(START, [LIVELY], () => 120);
  for (const ticketKey of ['A', 'B', 'C']) {
    await world.triage([eventAt(world.now, { ticketKey, category: 'safety', severity: 'critical' })]);
    await world.passUntil(world.now + 5 * MINUTE);
  }
  await world.passUntil(world.now + 10 * MINUTE);
  return world.history;
}

const held = (from: string): Config =>
  configOf({
    ...LIVELY_TREE,
    maintenance: [
      { name: 'all', on: '2026-11-02', from, for: '3h', timeZone: 'Asia/Singapore', safety: 'muted' },
    ],
  });

describe('a plan by which P1 cases would have waited longer', () => {
  it('needs a second approver: all together, and each service', async () => {
    const plan = planHistory(simulateHistory(await threeP1(), held('07:30')), { from: START, until: START });
    expect(plan.paces).toEqual([
      { cases: 3, before: 0, after: null },
      { service: 'safety', cases: 3, before: 0, after: null },
    ]);
    expect(historyRisks(plan)).toMatchObject([
      { kind: 'replayed-time-to-page', service: '', weight: 'second-approver' },
      {
        service: 'safety',
        texts: {
          en: 'safety  P1 median time to the first page, replayed over 3 recorded cases since 2026-11-02: 0s → never',
        },
      },
    ]);
  });

  it('needs none where less than half of them would', async () => {
    // The window begins in the twelfth minute: only the last case is quiet.
    const late = configOf({
      ...LIVELY_TREE,
      maintenance: [
        {
          ...{ name: 'late', on: '2026-11-02', from: '08:09', for: '3h', timeZone: 'Asia/Singapore' },
          safety: 'muted',
        },
      ],
    });
    const simulation = simulateHistory(await threeP1(), late);
    expect(simulation.after.p1.never).toBe(1);
    expect(historyRisks(planHistory(simulation, { from: START, until: START }))).toEqual([]);
  });

  it('needs one where the slow cases are only made less urgent', async () => {
    const lower = configOf({
      ...LIVELY_TREE,
      sources: {
        demo: {
          kind: 'generic',
          severity: { critical: 'P3', warning: 'P3', info: 'P5' },
          service: 'payouts',
        },
      },
      maintenance: [
        {
          ...{ name: 'all', on: '2026-11-02', from: '07:30', for: '3h', timeZone: 'Asia/Singapore' },
          safety: 'muted',
        },
      ],
    });
    const plan = planHistory(simulateHistory(await threeP1(), lower), { from: START, until: START });
    expect(historyRisks(plan).map(({ service }) => service)).toEqual(['safety']);
  });
});
