import type { CaseState, CaseView, Instant, Priority, Target, Texts } from '@tocsin/contracts';
import type { EscalationCase, Weighing } from '@tocsin/rules';

/** A case as routing works with it. `escalation` is the engine's own state, never changed but by `decide`. */
export interface RoutedCase {
  readonly id: bigint;
  readonly tenant: string;
  readonly source: string;
  readonly ticketKey: string;
  readonly state: CaseState;
  readonly priority: Priority;
  readonly because: Texts;
  /** What the priority stands on; absent when it was given by hand, or before weighings were kept. */
  readonly weighing?: Weighing;
  readonly subject: string;
  readonly category?: string;
  readonly market?: string;
  readonly language?: string;
  /** Restricted cases carry no text, only category, priority and link. */
  readonly sensitivity: 'normal' | 'restricted';
  readonly service?: string;
  /** The upstream ticket's status. */
  readonly status?: string;
  readonly link?: string;
  readonly policy?: string;
  /** Why no escalation runs, when none was started. */
  readonly noEscalation?: string;
  /** Whom a page made by hand is for; it takes the place of a policy. */
  readonly targets?: readonly Target[];
  /** Config revision that the case pinned when it opened. */
  readonly revision: number;
  readonly events: number;
  readonly version: number;
  readonly openedAt: Instant;
  readonly acknowledgedAt?: Instant;
  readonly acknowledgedBy?: string;
  readonly resolvedAt?: Instant;
  /** What a person said of how it ended; forgotten when the case is opened again, but for the timeline. */
  readonly resolution?: CaseView['resolution'];
  readonly escalation: EscalationCase;
  /** Grows with each write of the escalation; a write with an old one is refused (S10). */
  readonly fence: number;
}

/** The upsert of S4's proof: which step of which escalation is planned. */
export interface StepPlan {
  readonly caseId: bigint;
  readonly epoch: number;
  readonly round: number;
  readonly step: number;
}
