import { CASE_TIMERS, type Config, type Instant } from '@tocsin/contracts';
import type { ShiftChange } from '../../on-call/changes/shift-change.js';
import type { CaseStory } from './case-story.js';
import type { CaseJoin } from './replayed-case.js';
import type { QuietWindowRecord } from '../../quiet/recorded-window.js';
import { KnownWindows } from './known-windows.js';
import type { OrderedHistory, Served } from './ordered-history.js';
import { type ConfigAt, ReplayedWorld } from './replayed-world.js';
import { isBefore, type ReplayTimer, TimerQueue } from './timer-queue.js';

/** What is replayed, and until when. */
export interface ReplayedHistory {
  readonly history: OrderedHistory;
  readonly changes: readonly ShiftChange[];
  readonly windows: readonly QuietWindowRecord[];
  readonly until: Instant;
  /** The config becomes another where it really did; else one takes the place of all. */
  readonly isRevised: boolean;
  /** The config that a revision really was. */
  readonly configThen: (revision: number) => Config | undefined;
}

/** What would have happened. */
export interface Replay {
  /** By case, in the order of their names. */
  readonly stories: ReadonlyMap<string, CaseStory>;
  /** Which case each event belonged to when it was heard, by the id of its line. */
  readonly heardBy: ReadonlyMap<number, string>;
  /** Cases that became part of others. */
  readonly joins: readonly CaseJoin[];
  /** Acts that counted and would not have: the case was no longer there for them. */
  readonly actsLost: number;
  /** Cases that could not be followed after all: they count on neither side. */
  readonly lost: ReadonlySet<string>;
  /** Cases that need a revision which nobody has any more. */
  readonly withoutConfig: ReadonlyMap<number, readonly string[]>;
}

/**
 * Runs the engine over a recording on a virtual clock, by other configs or by those of then. Pure: the same arguments
 * give the same stories, whatever order the recording was read in.
 *
 * What came from outside comes at its instant. Timers are the engine's own: they ring when the replayed state asks for
 * it. One that really rang at the same due instant is served as late as it was then; any other at its due instant, after
 * what came from outside at that instant.
 */
export function replayHistory(replayed: ReplayedHistory, configAt: ConfigAt): Replay {
  const { history, until } = replayed;
  const windows = new KnownWindows(replayed.windows);
  const world = new ReplayedWorld(replayed, windows, configAt);
  const looks = [...windows.stops, ...(replayed.isRevised ? history.revisionsFrom : [])].sort(
    (a, b) => a - b,
  );
  const queue = new TimerQueue();
  const waiting = new Map<string, Instant>();
  let now = -Infinity;

  const servedOf = (name: string, timer: ReplayTimer, due: Instant): Served | undefined =>
    timer === 'look' ? history.lookedAt(name, due) : history.servedAt(name, timer, due);
  const settle = (name: string): void => {
    for (const timer of REPLAY_TIMERS) {
      const due = world.dueOf(name, timer, looks);
      const key = `${timer} ${name}`;
      if (due === waiting.get(key)) continue;
      if (due === undefined) waiting.delete(key);
      else {
        waiting.set(key, due);
        const served = servedOf(name, timer, due);
        const at = Math.max(served?.at ?? due, now);
        queue.put({ at, order: served?.order ?? Infinity, case: name, timer, due, row: served?.row });
      }
    }
  };
  const ring = (): void => {
    const entry = queue.take();
    if (entry === undefined || waiting.get(keyOf(entry)) !== entry.due) return;
    now = entry.at;
    waiting.delete(keyOf(entry));
    for (const name of world.ring(entry)) settle(name);
  };

  for (const group of history.groups) {
    if (group.at > until) break;
    while (queue.first !== undefined && isBefore(queue.first, group)) ring();
    now = group.at;
    for (const name of world.take(group)) settle(name);
  }
  while (queue.first !== undefined && queue.first.at <= until) ring();
  return world.replay;
}

/** The timers of a case, and that what hushes it has changed. */
const REPLAY_TIMERS = [...CASE_TIMERS, 'look'] as const;

const keyOf = ({ case: name, timer }: { readonly case: string; readonly timer: ReplayTimer }): string =>
  `${timer} ${name}`;
