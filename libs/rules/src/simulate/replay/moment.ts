import type { Instant } from '@tocsin/contracts';
import type { ReplayableInput } from './ordered-history.js';
import type { ClockStep } from './replay-clocks.js';
import type { ReplayConfig, ReplayedCase } from './replayed-case.js';

/** When something happens, and by what config. */
export interface Moment {
  readonly at: Instant;
  readonly config: ReplayConfig;
  /** The line that this repeats; absent for a timer that never really rang. */
  readonly row: ReplayableInput | undefined;
  /** What the transaction has for the clocks of its cases. */
  readonly clockSteps: { readonly found: ReplayedCase; readonly step: ClockStep }[];
}
