import type { AttemptState, PageRequested, Priority } from '@tocsin/contracts';

/** Which page: the key of a row of `page`. */
export type PageId = Pick<PageRequested, 'tenant' | 'caseId' | 'epoch' | 'round' | 'step' | 'person'>;

/** Key of the ledger (S5): the page key's members and the try. */
export interface AttemptId extends PageId {
  /** Name of the person's contact method. */
  readonly method: string;
  /** From 1. */
  readonly try: number;
}

/** The members of an attempt that the events tell. */
export interface AttemptFacts extends AttemptId {
  readonly channel: string;
  readonly priority: Priority;
  readonly repeat: boolean;
}

/** Text that is equal exactly for the same page. */
export const pageIdText = (p: PageId): string =>
  `${p.tenant}/${p.caseId}/${p.epoch}/${p.round}/${p.step}/${p.person}`;

/** Text that is equal exactly for the same attempt. */
export const attemptIdText = (a: AttemptId): string => `${pageIdText(a)}/${a.method}/${a.try}`;

/** How long a claim holds without renewal. */
export const LEASE_SECONDS = 5;

/**
 * SQL: the attempt `a` is in this state, for statements that find it by its key. `IS TRUE` hides the condition from the
 * partial index of open attempts: a plan made while the table was empty would walk that index for every row.
 */
export const isState = (state: AttemptState): string => `(a.state = '${state}') IS TRUE`;
