/** Whether a promise to the customer is kept: the worst of the case's SLA clocks that still run. "" when none is at risk. */
export type PromiseState = '' | 'at-risk' | 'breached';

/** From the best to the worst. */
export const PROMISE_STATES: readonly PromiseState[] = ['', 'at-risk', 'breached'];

/** Members of `event` that only a case with a history can have: of one event alone they are always the same. */
export const GATHERED_FACTS = ['reports', 'promise'] as const;
export type GatheredFact = (typeof GATHERED_FACTS)[number];

/** Members of `event` that are whole numbers, each with the least that it can be. */
export const LEAST = { affected: 0, reports: 1 } as const;
export type NumberFact = keyof typeof LEAST;

export const NUMBER_FACTS = Object.keys(LEAST) as NumberFact[];

export const isNumberFact = (fact: string): fact is NumberFact => NUMBER_FACTS.some((name) => name === fact);
