import type { CaseEventType, CaseFactsOf, Instant, PageRequested, PagesStopped } from '@tocsin/contracts';
import type { ReachedPerson } from '../routing/resolved-targets.js';

/** Page these persons. Planned at most once per (epoch, round, step) of a case (S4). */
export interface RequestPages {
  readonly type: 'RequestPages';
  readonly epoch: number;
  readonly round: number;
  readonly step: number;
  /** Name of the step in the policy, `fallback`, or what a page outside of the policy is. */
  readonly stepName: string;
  /** How many steps the policy has, at least 1. */
  readonly steps: number;
  readonly persons: readonly ReachedPerson[];
  readonly dueAt: Instant;
  /** When the next step starts if nobody answers; absent on the fallback. */
  readonly nextStepAt?: Instant | undefined;
  /** Why somebody is paged outside of the policy's own turn, and who wants it. */
  readonly asked?: PageRequested['asked'];
  /** Stands beside the step that is planned already, and plans none itself. */
  readonly beside?: true;
}

/** No attempt of this epoch may begin any more (S7). */
export interface StopPages {
  readonly type: 'StopPages';
  readonly epoch: number;
  readonly reason: PagesStopped['reason'];
  readonly by: string;
}

/** A row of the timeline: a type of event with the facts that it must have. */
export type Tell = { readonly [T in CaseEventType]: TellOf<T> }[CaseEventType];

export interface TellOf<T extends CaseEventType> {
  readonly type: 'Tell';
  readonly event: T;
  readonly epoch: number;
  readonly by: string;
  readonly facts: CaseFactsOf<T>;
}

/** The policy's counter goes on by one. */
export interface TakeTurn {
  readonly type: 'TakeTurn';
  readonly policy: string;
}

export type Effect = RequestPages | StopPages | Tell | TakeTurn;
