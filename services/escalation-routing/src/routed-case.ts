import type { CaseState, CaseView, Instant, Priority, Target, Texts } from '@tocsin/contracts';
import type { CaseGroup, EscalationCase, TicketCounts, Weighing } from '@tocsin/rules';

/** The resolve that waits for its grace to be over. */
export interface Resolving {
  readonly by: string;
  readonly since: Instant;
  readonly eventId: string;
}

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
  /** Under which category it is filed since a taxonomy gave its own another path; it is over. */
  readonly filed?: { readonly category: string; readonly label?: Texts };
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
  /** Its source has said that it is over; it closes at `closeAt`, if nothing is raised again. */
  readonly resolving?: Resolving;
  /** When it must be looked at whether it closes. */
  readonly closeAt?: Instant;
  /** What a grouping rule made of it; its key is the hash that is stored. */
  readonly group?: CaseGroup;
  /** The tickets that people have put together, where no rule counts them. */
  readonly gathered?: TicketCounts;
  /** The case that this one became part of: by grouping, or, in state `merged`, by a person. */
  readonly joinedInto?: bigint;
  /** What a person said of how it ended; forgotten when the case is opened again, but for the timeline. */
  readonly resolution?: CaseView['resolution'];
  readonly escalation: EscalationCase;
  /** Grows with each write of the escalation; a write with an old one is refused (S10). */
  readonly fence: number;
}

/** The case without a time at which it closes. */
export function neverClosing(routed: RoutedCase): RoutedCase {
  const kept: { -readonly [K in keyof RoutedCase]: RoutedCase[K] } = { ...routed };
  delete kept.resolving;
  delete kept.closeAt;
  return kept;
}

/** The upsert of S4's proof: which step of which escalation is planned. */
export interface StepPlan {
  readonly caseId: bigint;
  readonly epoch: number;
  readonly round: number;
  readonly step: number;
}
