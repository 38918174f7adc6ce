import { describe, expect, it } from '@jest/globals';
import type { Config, ConfigTree, Priority, RecordedInput } from '@tocsin/contracts';
import { type CaseDifference, readConfig, type RecordedHistory, simulateHistory } from '@tocsin/rules';
import { fc, runs, triesAll } from '@tocsin/test-rig/worlds';
import { LIVELY_TREE } from './lively-tree.given.js';
import { randomHistory, randomOf } from './random-history.given.js';
import { eventAt } from './event-at.given.js';
import { RecordedWorld } from './recorded-world.given.js';

function configOf(tree: ConfigTree): Config {
  const read = readConfig(tree);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

const LIVELY = configOf(LIVELY_TREE);
/** Other waits, another rule, nobody goes round. */
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
const START = Date.parse('2026-11-02T00:00:00Z');

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const kindsOf = (differences: readonly CaseDifference[]): unknown =>
  differences.map((difference) => [difference.case, ...difference.kinds]);
const shuffled = (lines: readonly RecordedInput[], below: (n: number) => number): RecordedInput[] =>
  lines
    .map((line) => ({ line, at: below(1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);

/** What a line is, and what came of it. */
const wordsOf = ({ input, came, due }: RecordedInput): string[] => [
  input.kind,
  ...[came.went, came.status, came.refused].filter((word) => word !== undefined),
  ...(came.heardAt === undefined ? [] : ['looked whether forgotten']),
  ...(came.quietFor === undefined ? [] : ['quiet for another']),
  ...(input.kind === 'woke' && due?.wake === undefined && came.status !== undefined
    ? ['no longer hushed']
    : []),
];

describe('a recording of random stories', () => {
  it('has in it whatever the engine does', async () => {
    const found = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5, 6].slice(0, runs(6))) {
      const { lines } = await randomHistory(seed, 250, [LIVELY, OTHER]);
      for (const word of lines.flatMap(wordsOf)) found.add(word);
    }
    if (!triesAll) return;
    expect([...found]).toEqual(
      expect.arrayContaining([
        ...['open', 'join', 'reopen', 'apply', 'resolve', 'ignored:late', 'ignored:no-open-case'],
        ...[
          'suppressed',
          'quiet for another',
          'no longer hushed',
          'snoozed',
          'exhausted',
          'acknowledged',
          'resolved',
        ],
        ...['closing-looked', 'looked whether forgotten', 'calmed', 'followed', 'reweighed', 'sla-woke'],
        ...['joined', 'unfit-resolution', 'stale-epoch', 'migrated', 'pinned', 'paged-by-hand'],
      ]),
    );
  });

  it('is told again by the unchanged config: the difference is empty', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const { history } = await randomHistory(seed, 250, [LIVELY]);
        const { differences, cases, unreadable, actsLost } = simulateHistory(history, LIVELY);
        expect(cases).toBeGreaterThan(20);
        expect({ unreadable, actsLost, differences: kindsOf(differences) }).toEqual({
          unreadable: [],
          actsLost: 0,
          differences: [],
        });
      }),
      { numRuns: runs(8) },
    );
  });

  it('is told again where several transactions came in one millisecond', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const { history } = await randomHistory(seed, 120, [LIVELY], true);
        expect(kindsOf(simulateHistory(history, LIVELY).differences)).toEqual([]);
      }),
      { numRuns: runs(4) },
    );
  });

  it('is told again by the revisions of then, though they changed in the middle', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const { history } = await randomHistory(seed, 250, [LIVELY, OTHER, LIVELY, OTHER]);
        expect(kindsOf(simulateHistory(history).differences)).toEqual([]);
      }),
      { numRuns: runs(4) },
    );
  });

  it('gives the same stories from shuffled partitions and lines that came twice', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const { history } = await randomHistory(seed, 120, [LIVELY]);
        const lines = [...history.inputs];
        const told = JSON.stringify(simulateHistory(history, OTHER).stories);
        const again = shuffled([...lines, ...lines.slice(0, 9)], randomOf(seed));
        expect(JSON.stringify(simulateHistory({ ...history, inputs: again }, OTHER).stories)).toBe(told);
      }),
      { numRuns: runs(6) },
    );
  });
});

describe('a part of a recording of random stories', () => {
  it('is told again too: what had opened before is left out, with whatever became one with it', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 40, max: 400 }), async (seed, first) => {
        const { history, lines } = await randomHistory(seed, 150, [LIVELY]);
        const { differences, openedBefore } = simulateHistory({ ...history, inputs: lines.slice(first) });
        expect({ differences: kindsOf(differences), left: openedBefore > 0 }).toEqual({
          differences: [],
          left: true,
        });
      }),
      { numRuns: runs(6) },
    );
  });

  it('is told again without the cases that an unknown input concerns', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 0, max: 400 }), async (seed, n) => {
        const { history, lines } = await randomHistory(seed, 150, [LIVELY]);
        const at = lines.findIndex((line, index) => index >= n && line.case !== undefined);
        const inputs = lines.with(at, { ...lines[at], input: { kind: 'merged' } } as RecordedInput);
        const { differences, unreadable } = simulateHistory({ ...history, inputs });
        expect({ differences: kindsOf(differences), unreadable }).toEqual({
          differences: [],
          unreadable: [{ case: lines[at]?.case, what: 'merged' }],
        });
      }),
      { numRuns: runs(4) },
    );
  });
});

/** Two cases: A is nobody's until its third minute, B is answered after one. */
async function twoCases(): Promise<RecordedHistory> {
  const world = new RecordedWorld(START, [LIVELY], () => 120);
  await world.triage([
    eventAt(START, { ticketKey: 'A', category: 'safety', severity: 'critical' }),
    eventAt(START, { ticketKey: 'B', category: 'safety', severity: 'warning', affected: 40 }),
  ]);
  const [a, b] = world.open;
  if (a === undefined || b === undefined) throw new Error('two cases were opened');
  await world.passUntil(START + 60_000);
  await world.act([{ id: b.id, act: 'acknowledge', by: 'bo' }]);
  await world.passUntil(START + 200_000);
  await world.act([{ id: a.id, act: 'acknowledge', by: 'dee' }]);
  await world.passUntil(START + 400_000);
  return world.history;
}

const withTurnWait = (wait: string): Config =>
  configOf({
    ...LIVELY_TREE,
    policies: {
      ...LIVELY_TREE.policies,
      turns: {
        steps: [{ name: 'turn', page: 'team pay', wait }],
        'round-robin': { step: 'turn', of: 'team pay', prefer: ['language', 'load'] },
        fallback: { page: 'person dee' },
      },
    },
  });

const ruled = (priority: Priority): Config =>
  configOf({
    ...LIVELY_TREE,
    priority: {
      ...LIVELY_TREE.priority,
      rules: [
        { name: 'few', when: 'event.affected > 30', set: priority, because: { en: 'few', 'zh-CN': 'few' } },
      ],
    },
  });

describe('another config', () => {
  it('that makes one case P1 differs in that case, and only there', async () => {
    const { differences } = simulateHistory(await twoCases(), ruled('P1'));
    expect(differences.map(({ kinds, after }) => [kinds, after?.priorities.map((p) => p.priority)])).toEqual([
      [['priority'], ['P1']],
    ]);
  });

  it('that waits shorter pages the fallback of B before its answer, and that of A earlier', async () => {
    const { differences, after, before } = simulateHistory(await twoCases(), withTurnWait('30s'));
    expect(differences.map(({ kinds }) => kinds)).toEqual([['pages'], ['pages', 'acknowledgement']]);
    expect(
      differences.map((one) => one.after?.pages.map(({ person, at }) => [person, (at - START) / 1000])),
    ).toEqual([
      [
        ['ana', 0],
        ['dee', 30],
      ],
      [
        ['bo', 0],
        ['dee', 30],
      ],
    ]);
    expect([before.pages['dee'], after.pages['dee']]).toEqual([
      { day: 1, night: 0 },
      { day: 2, night: 0 },
    ]);
  });

  it('that waits longer than the answer took asks nobody else, and the answer comes from somebody not paged', async () => {
    const { differences } = simulateHistory(await twoCases(), withTurnWait('10m'));
    expect(
      differences.map(({ kinds, after }) => [kinds, after?.answers.map(({ by, paged }) => [by, paged])]),
    ).toEqual([[['pages', 'acknowledgement'], [['dee', false]]]]);
  });

  it('that reads what nobody recorded says so', async () => {
    const config = configOf({
      ...LIVELY_TREE,
      priority: {
        rules: [
          {
            name: 'words',
            when: 'event.subject.contains("urgent")',
            set: 'P1',
            because: { en: 'words', 'zh-CN': 'words' },
          },
        ],
      },
    });
    expect(simulateHistory(await twoCases(), config).notRecorded).toEqual({ subject: 2 });
  });
});

describe('what cannot be replayed', () => {
  it('is named, and its case counts on neither side', async () => {
    const history = await twoCases();
    const inputs = [...history.inputs].map((line, n) =>
      n === 2 ? { ...line, input: { kind: 'tickets-moved', act: 'merge' } } : line,
    );
    const { cases, unreadable, differences } = simulateHistory({ ...history, inputs }, LIVELY);
    expect({ cases, unreadable, differences }).toEqual({
      cases: 1,
      unreadable: [{ case: inputs[2]?.case, what: 'tickets-moved merge' }],
      differences: [],
    });
  });

  it('is told of revisions that are gone', async () => {
    const history = await twoCases();
    const { withoutConfig, cases } = simulateHistory({ ...history, configs: new Map() });
    expect({ withoutConfig, cases }).toEqual({ withoutConfig: { 1: 2 }, cases: 0 });
  });

  it('leaves out cases that had opened before', async () => {
    const history = await twoCases();
    const inputs = [...history.inputs].slice(1);
    expect(simulateHistory({ ...history, inputs }, LIVELY)).toMatchObject({ cases: 1, differences: [] });
    expect(simulateHistory({ ...history, inputs }, LIVELY).openedBefore).toBeGreaterThan(0);
  });
});

describe('what is recorded', () => {
  it('holds no personal text that no rule reads', async () => {
    // Its grouping rules read attributes.
    const world = new RecordedWorld(START, [configOf({ ...LIVELY_TREE, grouping: [] })], () => 0);
    const secret = 'Li Lei 555-0100';
    await world.triage([
      eventAt(START, {
        ticketKey: 'A',
        subject: secret,
        body: secret,
        attributes: { phone: secret },
        author: { role: 'customer', name: secret },
      }),
    ]);
    const [found] = world.open;
    await world.act([
      { id: found?.id ?? 0n, act: 'snooze', by: 'ana', wish: { until: START + 60_000, reason: secret } },
    ]);
    expect(JSON.stringify(world.lines)).not.toContain(secret);
    expect(world.lines[0]?.input).toMatchObject({ event: { left: ['subject', 'body', 'attributes'] } });
  });
});
