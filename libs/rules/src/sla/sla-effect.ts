import type { CaseFactsOf, SlaKind } from '@tocsin/contracts';
import type { SlaClock } from './sla-clock.js';

type SlaEventType =
  | 'SlaStarted'
  | 'SlaPaused'
  | 'SlaResumed'
  | 'SlaAtRisk'
  | 'SlaBreached'
  | 'SlaEnded'
  | 'EscalationNotStarted';

/** A row of the timeline. Rows of several clocks that differ in `clocks` and `due` only are told as one. */
interface SlaTellOf<T extends SlaEventType> {
  readonly type: 'Tell';
  readonly event: T;
  readonly by: string;
  readonly clocks: readonly SlaKind[];
  /** Of clocks that start and promise something: when they are due. */
  readonly due?: CaseFactsOf<'SlaStarted'>['due'];
  readonly facts: Omit<CaseFactsOf<T>, 'clocks' | 'due'>;
}

export type SlaTell = { readonly [T in SlaEventType]: SlaTellOf<T> }[SlaEventType];

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
