import type { HistoryIndex } from './history-index.js';
import type { Witness } from './verdict.js';

export interface CheckLimits {
  /** Seconds that a due page may take in normal running and after the end of a fault (L1). */
  readonly lateLimit: number;
  /** Seconds after an acknowledgement during which an attempt may still begin (S7). */
  readonly stopLimit: number;
}

/** A history on trial: what every rule reads, and where it puts what it finds. */
export interface Trial {
  readonly index: HistoryIndex;
  readonly limits: CheckLimits;
  readonly witnesses: Witness[];
}
