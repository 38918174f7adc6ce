import type { CaseTimer, Instant } from '@tocsin/contracts';
import type { ReplayableInput } from './ordered-history.js';

/** A timer of a case, or that what hushes it has changed and is looked at. */
export type ReplayTimer = CaseTimer | 'look';

/** A timer that waits. */
export interface WaitingTimer {
  readonly at: Instant;
  /** Of those at one instant the smaller goes first. */
  readonly order: number;
  readonly case: string;
  readonly timer: ReplayTimer;
  readonly due: Instant;
  readonly row?: ReplayableInput | undefined;
}

type Place = Pick<WaitingTimer, 'at' | 'order'>;

export const isBefore = (a: Place, b: Place): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Of two at the same place the names decide: the order must not hang on what was put in first. */
function goesFirst(a: WaitingTimer, b: WaitingTimer): boolean {
  if (a.at !== b.at || a.order !== b.order) return isBefore(a, b);
  return a.case === b.case ? a.timer < b.timer : a.case < b.case;
}

/** A binary heap: a replay of a hundred thousand events must not sort all timers at each of them. */
export class TimerQueue {
  private readonly heap: WaitingTimer[] = [];

  get first(): WaitingTimer | undefined {
    return this.heap[0];
  }

  put(entry: WaitingTimer): void {
    const { heap } = this;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !goesFirst(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  take(): WaitingTimer | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.sink(last);
    return first;
  }

  private sink(entry: WaitingTimer): void {
    const { heap } = this;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [a, b] = [heap[left], heap[left + 1]];
      if (a === undefined) break;
      const [child, place] = b !== undefined && goesFirst(b, a) ? [b, left + 1] : [a, left];
      if (!goesFirst(child, entry)) break;
      heap[at] = child;
      at = place;
    }
    heap[at] = entry;
  }
}
