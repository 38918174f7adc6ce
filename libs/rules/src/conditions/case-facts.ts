import type { Priority } from '@tocsin/contracts';

/** The `case.*` of step conditions. Every field is always there: missing text is "", a missing number 0. */
export interface CaseFacts {
  readonly priority: Priority;
  readonly category: string;
  readonly market: string;
  readonly language: string;
  readonly service: string;
  readonly source: string;
  /** The upstream ticket's status. */
  readonly status: string;
  readonly restricted: boolean;
  /** Events of the case so far. */
  readonly events: number;
  /** Of the policy: 1 before its first repeat. */
  readonly round: number;
}

/** The facts of a case that says nothing. */
export const EMPTY_CASE_FACTS: CaseFacts = {
  priority: 'P4',
  category: '',
  market: '',
  language: '',
  service: '',
  source: '',
  status: '',
  restricted: false,
  events: 0,
  round: 0,
};
