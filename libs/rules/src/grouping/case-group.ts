import type { Texts } from '@tocsin/contracts';
import type { FlapState } from './flap.js';
import type { KeyField } from './group-key.js';
import type { GroupSpan } from './group-window.js';

/** What a case keeps of the rule that made it one. Plain JSON. */
export interface CaseGroup extends GroupSpan, FlapState {
  readonly key: string;
  readonly rule: string;
  readonly by: readonly KeyField[];
  readonly because: Texts;
  /** Different tickets and alerts. */
  readonly tickets: number;
  /** Of these, how many are not resolved or cleared upstream. */
  readonly open: number;
  /** Tickets that are named one by one. */
  readonly size: number;
  /** Why the case flaps. */
  readonly flapBecause?: Texts | undefined;
  /** Seconds of calm that end the flap state, as the rule said when it last changed. */
  readonly calm?: number | undefined;
}
