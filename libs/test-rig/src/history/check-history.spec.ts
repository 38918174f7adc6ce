import { describe, expect, it } from '@jest/globals';
import { checkHistory } from './check-history.js';
import { goodHistory, seeded } from './good-history.js';
import { HistoryLine } from './history-line.js';
import type { FaultKind } from './verdict.js';

const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);

type Mutation = (lines: HistoryLine[], random: () => number) => HistoryLine[] | undefined;

/** A line whose absence, repetition or move breaks a promise; a world, a fault window and an outcome are not such. */
const MATTERS = [
  'send.invoke',
  'ticket.applied',
  'esc.started',
  'step.planned',
  'prov.recv',
  'esc.ended',
  'end',
];

function pick(
  lines: readonly HistoryLine[],
  random: () => number,
  matters: (line: HistoryLine) => boolean,
): number | undefined {
  const places = lines.flatMap((line, i) => (matters(line) ? [i] : []));
  return places.length === 0 ? undefined : places[Math.floor(random() * places.length)];
}

/** A try that was refused, or the first of two: without it the page still arrived, so that its loss cannot be seen. */
const arrivesOnce = (lines: readonly HistoryLine[], line: HistoryLine): boolean =>
  line.ev !== 'prov.recv' || lines.filter((l) => l.ev === 'prov.recv' && l.key === line.key).length === 1;

const stopOf = (lines: readonly HistoryLine[], line: HistoryLine): number =>
  lines.find(
    (l) =>
      (l.ev === 'ack.committed' || l.ev === 'resolve.committed') &&
      'ticket' in line &&
      l.ticket === line.ticket,
  )?.t ?? Number.POSITIVE_INFINITY;

/** The last steps before a stop may lawfully be missing: a page that had no time to be late proves nothing. */
const hadTime = (lines: readonly HistoryLine[], line: HistoryLine): boolean =>
  !['step.planned', 'prov.recv'].includes(line.ev) || stopOf(lines, line) - line.t > LIMITS.lateLimit * 1_000;

const LIMITS = { lateLimit: 2, stopLimit: 1 };

const MUTATIONS: Record<string, Mutation> = {
  'a line is missing': (lines, random) => {
    const i = pick(
      lines,
      random,
      (l) => MATTERS.includes(l.ev) && arrivesOnce(lines, l) && hadTime(lines, l),
    );
    return i === undefined ? undefined : lines.toSpliced(i, 1);
  },
  'a line stands twice': (lines, random) => {
    const i = pick(lines, random, (l) => MATTERS.includes(l.ev));
    const line = i === undefined ? undefined : lines[i];
    // The recorder's own copy of a refused try is exactly what a refused try looks like; a second arrival is not.
    return i === undefined || line === undefined ? undefined : lines.toSpliced(i, 0, line);
  },
  'two steps change places': (lines, random) => {
    const i = pick(lines, random, (l) => l.ev === 'step.planned' && l.step === 1 && l.round === 1);
    const second = i === undefined ? undefined : lines[i];
    if (i === undefined || second?.ev !== 'step.planned') return undefined;
    const j = lines.findIndex((l) => l.ev === 'step.planned' && l.ticket === second.ticket && l.step === 0);
    const first = lines[j];
    return first === undefined
      ? undefined
      : lines.with(i, { ...second, t: first.t }).with(j, { ...first, t: second.t });
  },
  'a step comes early': shift((l) => l.ev === 'step.planned' && l.step > 0, -600),
  'a page comes before its step': shift((l) => l.ev === 'prov.recv' && !l.repeat, -400),
  'a page comes far too late': (lines, random) => {
    const i = pick(lines, random, (l) => l.ev === 'prov.recv' && arrivesOnce(lines, l));
    return move(lines, i, 9_000);
  },
  'a page comes after the stop': (lines, random) => {
    const i = pick(lines, random, (l) => l.ev === 'prov.recv' && Number.isFinite(stopOf(lines, l)));
    const line = i === undefined ? undefined : lines[i];
    return line === undefined ? undefined : move(lines, i, stopOf(lines, line) - line.t + 1_200);
  },
  'an event that nobody sent': (lines) => [
    ...lines,
    { t: 5_000, ev: 'ticket.applied', eventId: 'e-x', ticket: 'T-x' },
  ],
  'a page that nobody planned': (lines, random) => {
    const i = pick(lines, random, (l) => l.ev === 'prov.recv');
    const line = i === undefined ? undefined : lines[i];
    return line?.ev === 'prov.recv'
      ? [...lines, { ...line, step: line.step + 7, key: `${line.key}x` }]
      : undefined;
  },
  'a page to somebody else': (lines, random) => {
    const i = pick(lines, random, (l) => l.ev === 'step.planned');
    const line = i === undefined ? undefined : lines[i];
    return i === undefined || line?.ev !== 'step.planned'
      ? undefined
      : lines.with(i, { ...line, persons: ['mallory'] });
  },
  'a repeat without its mark': (lines, random) => {
    const i = pick(lines, random, (l) => l.ev === 'prov.recv' && l.repeat);
    const line = i === undefined ? undefined : lines[i];
    return i === undefined || line?.ev !== 'prov.recv'
      ? undefined
      : lines.with(i, { ...line, repeat: false });
  },
};

function shift(matters: (line: HistoryLine) => boolean, by: number): Mutation {
  return (lines, random) => move(lines, pick(lines, random, matters), by);
}

function move(lines: HistoryLine[], i: number | undefined, by: number): HistoryLine[] | undefined {
  const line = i === undefined ? undefined : lines[i];
  return i === undefined || line === undefined ? undefined : lines.with(i, { ...line, t: line.t + by });
}

describe('the history checker', () => {
  it.each(SEEDS)('finds nothing in a history that keeps every promise (seed %i)', (seed) => {
    const history = goodHistory(seed).map((line) => HistoryLine.parse(line));
    expect(checkHistory(history, LIMITS).witnesses).toEqual([]);
  });

  it('catches at least 99 of 100 broken histories, of every kind of break', () => {
    const trials = Object.entries(MUTATIONS).flatMap(([name, mutate]) =>
      SEEDS.flatMap((seed) =>
        [0, 1, 2, 3, 4].map((n) => ({ name: `${name}, seed ${seed}, ${n}`, mutate, seed, n })),
      ),
    );
    const broken = trials.flatMap(({ name, mutate, seed, n }) => {
      const history = mutate(goodHistory(seed), seeded(seed * 1_000 + n));
      return history === undefined ? [] : [{ name, history }];
    });
    const missed = broken.filter(({ history }) => checkHistory(history, LIMITS).ok).map(({ name }) => name);
    expect(broken.length).toBeGreaterThan(1_500);
    // Which ones were missed is what a reader of a failure wants to see.
    if (missed.length > broken.length / 100) expect(missed).toEqual([]);
  });

  it.each<[string, FaultKind, (lines: HistoryLine[]) => HistoryLine[]]>([
    [
      'an accepted event that was never applied',
      'lost',
      (lines) => lines.filter((l) => l.ev !== 'ticket.applied' || l.eventId !== 'e-1'),
    ],
    [
      'a page that never arrived',
      'lost-page',
      (lines) => lines.filter((l) => l.ev !== 'prov.recv' || l.ticket !== 'T-1'),
    ],
    [
      'an escalation that never began',
      'lost-page',
      (lines) => lines.filter((l) => !('ticket' in l) || l.ticket !== 'T-1' || /^(send|ticket)/.test(l.ev)),
    ],
    [
      'an event applied twice',
      'dup',
      (lines) => [...lines, ...lines.filter((l) => l.ev === 'ticket.applied' && l.eventId === 'e-1')],
    ],
  ])('names %s', (_, kind, breakIt) => {
    const { counts, ok, witnesses } = checkHistory(breakIt(goodHistory(3)), LIMITS);
    expect(ok).toBe(false);
    expect(counts[kind]).toBeGreaterThan(0);
    expect(witnesses[0]?.lines.length).toBeGreaterThan(0);
  });

  it('does not call a page late that was due while a fault lasted', () => {
    const lines = goodHistory(5, 1).filter((l) => l.ev !== 'fault.begin' && l.ev !== 'fault.end');
    const late = lines.map((l) => (l.ev === 'prov.recv' && l.step === 0 ? { ...l, t: l.t + 4_000 } : l));
    expect(checkHistory(late, LIMITS).counts.late).toBeGreaterThan(0);
    const excused: HistoryLine[] = [
      ...late,
      { t: 1_000, ev: 'fault.begin', fault: 'kill' },
      { t: 5_000, ev: 'fault.end', fault: 'kill' },
    ];
    expect(checkHistory(excused, LIMITS).counts.late).toBe(0);
  });

  it('counts lateness anew when the next fault comes before a page had its time, and not when it had', () => {
    const lines = goodHistory(5, 1).filter((l) => l.ev !== 'fault.begin' && l.ev !== 'fault.end');
    const late = lines.map((l) => (l.ev === 'prov.recv' && l.step === 0 ? { ...l, t: l.t + 6_000 } : l));
    const between = (from: number, to: number): HistoryLine[] => [
      { t: from, ev: 'fault.begin', fault: 'kill' },
      { t: to, ev: 'fault.end', fault: 'kill' },
    ];
    const inTurn = [...late, ...between(1_000, 3_000), ...between(4_000, 6_500)];
    expect(checkHistory(inTurn, LIMITS).counts.late).toBe(0);
    const tooFarApart = [...late, ...between(1_000, 1_500), ...between(4_000, 6_500)];
    expect(checkHistory(tooFarApart, LIMITS).counts.late).toBeGreaterThan(0);
  });

  it('expects no page for a ticket that was resolved before one had to be sent, and one for any other', () => {
    const of = { ticket: 'T-9', pri: 'P1' };
    const overtaken = (resolvedAt: number): HistoryLine[] => [
      ...goodHistory(5, 1),
      { t: 500, ev: 'send.invoke', op: 90, eventId: 'e-created', ...of, resolves: false },
      { t: 900, ev: 'send.ok', op: 90 },
      { t: 600, ev: 'send.invoke', op: 91, eventId: 'e-resolved', ...of, resolves: true },
      { t: 700, ev: 'send.ok', op: 91 },
      { t: resolvedAt, ev: 'ticket.applied', eventId: 'e-resolved', ticket: 'T-9' },
      { t: 1_000, ev: 'ticket.applied', eventId: 'e-created', ticket: 'T-9' },
    ];
    expect(checkHistory(overtaken(650), LIMITS).witnesses).toEqual([]);
    expect(checkHistory(overtaken(2_900), LIMITS).witnesses).toEqual([]);
    expect(checkHistory(overtaken(3_100), LIMITS).counts['lost-page']).toBe(1);
  });

  it('refuses a history without a policy', () => {
    expect(() => checkHistory([{ t: 1, ev: 'end' }])).toThrow('no «world» line');
  });
});
