import type { Priority } from '@tocsin/contracts';
import type { EventFacts } from './event-facts.js';

/**
 * The `case.*` of conditions: those of steps see the case as it is, those of SLA policies as it opened. Every field is
 * always there: missing text is "", a missing number 0.
 */
export interface CaseFacts {
  /** Role of the first party, else the requester's segment: whom a promise is made to. */
  readonly party: string;
  readonly priority: Priority;
  readonly category: string;
  readonly market: string;
  readonly language: string;
  readonly channel: string;
  /** The requester's. */
  readonly tier: string;
  /** Name of a service of the config. */
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
  party: '',
  priority: 'P4',
  category: '',
  market: '',
  language: '',
  channel: '',
  tier: '',
  service: '',
  source: '',
  status: '',
  restricted: false,
  events: 0,
  round: 0,
};

/** What is known of a case beside what its events said. */
type CaseState = Pick<CaseFacts, 'priority' | 'service' | 'events' | 'round'>;

/** @param said what all of its events together have said */
export const caseFactsOf = (said: EventFacts, state: CaseState): CaseFacts => ({
  ...state,
  party: said.party || said.requester.segment,
  category: said.category,
  market: said.market,
  language: said.language,
  channel: said.channel,
  tier: said.requester.tier,
  source: said.source,
  status: said.status,
  restricted: said.restricted,
});
