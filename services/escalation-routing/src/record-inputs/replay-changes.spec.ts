import { describe, expect, it } from '@jest/globals';
import type { Config, ConfigTree } from '@tocsin/contracts';
import { readConfig, type RecordedHistory, type Simulation, simulateHistory } from '@tocsin/rules';
import { LIVELY_TREE } from './lively-tree.given.js';
import { eventAt } from './event-at.given.js';
import { RecordedWorld } from './recorded-world.given.js';

function configOf(tree: ConfigTree): Config {
  const read = readConfig(tree);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

/** Nothing is grouped, hushed, or waited for before it closes. */
const PLAIN: ConfigTree = {
  ...LIVELY_TREE,
  grouping: [],
  maintenance: [],
  closing: {},
  resolution: {},
  sla: [],
};
const GROUPED: ConfigTree = {
  ...PLAIN,
  grouping: [
    { name: 'all', when: 'true', by: ['category'], window: { session: '10m' }, 'reopen-within': '30m' },
  ],
};
/** 08:00 in Singapore. */
const START = Date.parse('2026-11-02T00:00:00Z');
const MINUTE = 60_000;

/** Tickets A and B, a minute apart; B is answered after two and over after five, A is over after twenty. */
async function lived(tree: ConfigTree): Promise<RecordedHistory> {
  const world = new RecordedWorld(START, [configOf(tree)], () => 100);
  const say = (type: 'ticket.created' | 'ticket.resolved', ticketKey: string) =>
    world.triage([eventAt(world.now, { type, ticketKey, category: 'safety', severity: 'warning' })]);
  const until = (minutes: number) => world.passUntil(START + minutes * MINUTE);
  await say('ticket.created', 'A');
  await until(1);
  await say('ticket.created', 'B');
  const last = world.open.at(-1)?.id ?? 0n;
  await until(2);
  await world.act([{ id: last, act: 'acknowledge', by: 'chen' }]);
  await until(5);
  await say('ticket.resolved', 'B');
  await until(20);
  await say('ticket.resolved', 'A');
  await until(60);
  return world.history;
}

const shown = ({ differences }: Simulation): unknown =>
  differences.map(({ kinds, before, after }) => [before?.tickets, after?.tickets, ...kinds]);
const ends = ({ stories }: Simulation): unknown =>
  stories.map(({ turns }) => turns.map(({ at, to }) => `${to} ${(at - START) / MINUTE}`));

describe('history that was not grouped, by a config that groups', () => {
  it('has one case less, to which its answer goes', async () => {
    const simulation = simulateHistory(await lived(PLAIN), configOf(GROUPED));
    expect(shown(simulation)).toEqual([
      [['demo A'], ['demo A', 'demo B'], 'grouping', 'pages', 'acknowledgement'],
      [['demo B'], undefined, 'grouping'],
    ]);
    expect(simulation.stories.map(({ answers }) => answers.map(({ by }) => by))).toEqual([['chen']]);
    expect(ends(simulation)).toEqual([['resolved 20']]);
  });
});

describe('history that was grouped, by a config that does not', () => {
  it('has a case more, that nobody answers, and each is over with its ticket', async () => {
    const simulation = simulateHistory(await lived(GROUPED), configOf(PLAIN));
    expect(shown(simulation)).toEqual([
      [['demo A', 'demo B'], ['demo A'], 'grouping'],
      [undefined, ['demo B'], 'grouping'],
    ]);
    expect(simulation.stories.map(({ answers }) => answers.length)).toEqual([1, 0]);
    expect(ends(simulation)).toEqual([['resolved 20'], ['resolved 5']]);
  });
});

describe('another window, closing, flap or resolution', () => {
  it('hushes until its end what really paged at once', async () => {
    const night = { name: 'now', on: '2026-11-02', from: '07:30', for: '34m', timeZone: 'Asia/Singapore' };
    const hushed = configOf({ ...PLAIN, maintenance: [night] });
    const { differences, stories } = simulateHistory(await lived(PLAIN), hushed);
    expect(differences.map(({ kinds }) => kinds)).toEqual([
      ['first-page', 'pages'],
      ['target', 'first-page', 'acknowledgement'],
    ]);
    expect(stories.map(({ pages: [first] }) => first && (first.at - START) / MINUTE)).toEqual([4, undefined]);
  });

  it('closes after its grace', async () => {
    const simulation = simulateHistory(
      await lived(PLAIN),
      configOf({ ...PLAIN, closing: { 'resolve-after': '3m' } }),
    );
    expect(ends(simulation)).toEqual([['resolved 23'], ['resolved 8']]);
  });

  it('holds a case that changes too often', async () => {
    const flapping = { ...GROUPED.grouping?.[0], flap: { changes: 2, in: '30m', calm: '12m' } };
    const tree = { ...GROUPED, grouping: [flapping] } as ConfigTree;
    expect(ends(simulateHistory(await lived(GROUPED), configOf(tree)))).toEqual([['resolved 32']]);
  });

  it('refuses a resolution without what it asks for', async () => {
    const world = new RecordedWorld(START, [configOf(PLAIN)], () => 0);
    await world.triage([eventAt(START, { ticketKey: 'A', category: 'safety', severity: 'warning' })]);
    const [found] = world.open;
    await world.act([{ id: found?.id ?? 0n, act: 'resolve', by: 'bo' }]);
    await world.passUntil(START + 10 * MINUTE);
    const strict = configOf({ ...PLAIN, resolution: { requires: { P3: ['cause'] } } });
    const { actsLost, differences } = simulateHistory(world.history, strict);
    expect([actsLost, differences.map(({ kinds }) => kinds)]).toEqual([1, [['pages', 'closing']]]);
  });
});

describe('an output', () => {
  it('is the same ten times over', async () => {
    const history = await lived(GROUPED);
    const told = Array.from({ length: 10 }, () => JSON.stringify(simulateHistory(history, configOf(PLAIN))));
    expect(new Set(told).size).toBe(1);
  });
});
