import {
  type Instant,
  isoOf,
  PLAN_TEXTS,
  type PlannedHistory,
  type SlaKind,
  type Texts,
} from '@tocsin/contracts';
import { durationWords } from '../lint/duration-words.js';
import { isSlower, type P1Pace } from '../simulate/replay/p1-paces.js';
import type { Simulation } from '../simulate/replay/simulate-history.js';
import { filled } from '../texts-of.js';
import type { PlanRisk } from './plan-risks.js';

interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** A simulation in the terms of a plan: the same numbers, only what differs. */
export function planHistory(simulation: Simulation, { from, until }: Span): PlannedHistory {
  const { cases, differences, before, after, paces } = simulation;
  const kinds: Record<string, number> = {};
  for (const kind of differences.flatMap((one) => one.kinds)) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const none = { day: 0, night: 0 };
  return {
    ...{ from: isoOf(from), until: isoOf(until), cases, affected: differences.length, kinds },
    people: changed(before.pages, after.pages, none).map(([person, change]) => ({ person, ...change })),
    p1: { before: before.p1, after: after.p1 },
    paces: [...paces],
    holes: changed(before.holes, after.holes, 0).map(([target, change]) => ({ target, ...change })),
    breaches: changed(before.breaches, after.breaches, 0).map(([clock, change]) => ({
      clock: clock as SlaKind,
      ...change,
    })),
    left: leftOut(simulation),
  };
}

function leftOut(simulation: Simulation): PlannedHistory['left'] {
  const { openedBefore, unreadable, withoutConfig, withoutBreaches, actsLost, notRecorded } = simulation;
  return {
    ...{ openedBefore, withoutBreaches, actsLost, notRecorded },
    unreadable: new Set(unreadable.map((one) => one.case)).size,
    withoutConfig: Object.values(withoutConfig).reduce((sum, count) => sum + count, 0),
  };
}

type Counts<T> = Readonly<Partial<Record<string, T>>>;

function changed<T>(
  before: Counts<T>,
  after: Counts<T>,
  none: T,
): [name: string, change: { before: T; after: T }][] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const change = { before: before[name] ?? none, after: after[name] ?? none };
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [[name, change]];
  });
}

/** P1 cases of recorded history that would have waited longer for their first page: that needs a second approver. */
export function historyRisks({ paces, from }: Pick<PlannedHistory, 'paces' | 'from'>): PlanRisk[] {
  return paces.filter(isSlower).map(({ service = '', cases, before, after }) => ({
    kind: 'replayed-time-to-page',
    service,
    weight: 'second-approver',
    texts: filled(PLAN_TEXTS.replayedPage, {
      ...{ cases: String(cases), from: from.slice(0, 10), before: wordsOf(before), after: wordsOf(after) },
      service: service === '' ? PLAN_TEXTS.allServices : service,
    }),
  }));
}

const wordsOf = (seconds: P1Pace['before']): string | Texts =>
  seconds === null ? PLAN_TEXTS.never : durationWords(Math.round(seconds));
