import { CASE_TIMERS, type CaseTimer, type Config, type Instant } from '@tocsin/contracts';
import type { ShiftChange } from '../../on-call/changes/shift-change.js';
import type { CaseStory } from './case-story.js';
import type { OrderedHistory } from './ordered-history.js';
import { type ConfigAt, ReplayedWorld } from './replayed-world.js';
import { isBefore, TimerQueue } from './timer-queue.js';

/** What is replayed, and until when. */
export interface ReplayedHistory {
  readonly history: OrderedHistory;
  readonly changes: readonly ShiftChange[];
  readonly until: Instant;
  /** The config that a revision really was. */
  readonly configThen: (revision: number) => Config | undefined;
}

/** What would have happened. */
export interface Replay {
  /** By case, in the order of their names. */
  readonly stories: ReadonlyMap<string, CaseStory>;
  /** Acts that counted and would not have: the case was no longer there for them. */
  readonly actsLost: number;
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
  const world = new ReplayedWorld(replayed, configAt);
  const queue = new TimerQueue();
  const waiting = new Map<string, Instant>();
  let now = -Infinity;

  const settle = (name: string): void => {
    for (const timer of CASE_TIMERS) {
      const due = world.dueOf(name, timer);
      const key = `${timer} ${name}`;
      if (due === waiting.get(key)) continue;
      if (due === undefined) waiting.delete(key);
      else {
        waiting.set(key, due);
        const served = history.servedAt(name, timer, due);
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
    world.ring(entry);
    settle(entry.case);
  };

  for (const group of history.groups) {
    if (group.at > until) break;
    while (queue.first !== undefined && isBefore(queue.first, group)) ring();
    now = group.at;
    world.take(group);
    settle(group.case);
  }
  while (queue.first !== undefined && queue.first.at <= until) ring();
  return world.replay;
}

const keyOf = ({ case: name, timer }: { readonly case: string; readonly timer: CaseTimer }): string =>
  `${timer} ${name}`;
