import type { CaseEvent, SlaKind } from '@tocsin/contracts';
import type { SlaClock } from './sla-clock.js';

/** A row of the timeline. Rows of several clocks that differ in `clocks` only are told as one. */
export interface SlaTell {
  readonly type: 'Tell';
  readonly event: CaseEvent['type'];
  readonly by: string;
  readonly clocks: readonly SlaKind[];
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The breach asks for the next step at once. */
interface SlaEscalate {
  readonly type: 'Escalate';
  readonly kind: SlaKind;
}

export type SlaEffect = SlaTell | SlaEscalate;

/** The clock after an input, and what follows; without effects nothing changed that anybody must hear of. */
export interface SlaDecision {
  readonly clock: SlaClock;
  readonly effects: readonly SlaEffect[];
}
