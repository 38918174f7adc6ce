import { z } from 'zod';
import type { CASE_EVENT_TYPES } from '../case-event.js';
import { ESCALATION_FACTS } from './escalation-facts.js';
import { PAGE_FACTS } from './page-facts.js';
import { SLA_FACTS } from './sla-facts.js';
import { type RESOLVED_FACTS, TICKET_FACTS } from './ticket-facts.js';
import { CAUSE_FACTS } from './told-facts.js';

export type CaseEventType = (typeof CASE_EVENT_TYPES)[number];

type Shape = Readonly<Record<string, z.ZodType>>;

const OWN = { ...TICKET_FACTS, ...ESCALATION_FACTS, ...PAGE_FACTS, ...SLA_FACTS } as const satisfies Record<
  CaseEventType,
  Shape
>;

/** Plain JSON that nobody changes. */
type Fixed<T> = T extends readonly (infer E)[]
  ? readonly Fixed<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Fixed<T[K]> }
    : T;

type FactsIn<S extends Shape> = Fixed<z.infer<z.ZodObject<S>>>;

/** The facts that an event of this type must have, shared by whoever writes it and whoever says it in words. */
export type CaseFactsOf<T extends CaseEventType> = FactsIn<(typeof OWN)[T]>;

/** What a decision followed from; stands beside the facts of all that it tells. */
export type CauseFacts = FactsIn<Omit<typeof CAUSE_FACTS, 'cause'>> &
  FactsIn<Omit<typeof RESOLVED_FACTS, 'cause'>> & { readonly cause?: string | undefined };

/** The same as one reads them: beside them may stand what the decision followed from. */
export type KnownFactsOf<T extends CaseEventType> = CaseFactsOf<T> & Omit<CauseFacts, keyof CaseFactsOf<T>>;

/** One type with its own facts. */
export type CaseFact = {
  readonly [T in CaseEventType]: { readonly type: T; readonly facts: CaseFactsOf<T> };
}[CaseEventType];

/** What the engine decides; all else is told as it is. */
const DECIDED = new Set<string>([...Object.keys(ESCALATION_FACTS), 'PriorityChanged', 'CaseResolved']);

const schemaOf = ([type, shape]: [string, Shape]): [string, z.ZodObject] => [
  type,
  z.object(DECIDED.has(type) ? { ...CAUSE_FACTS, ...shape } : shape),
];

/**
 * The facts of each type of event. Whatever else a row has is ignored, so that rows of a newer release can be read; a
 * row of an older one may lack what was added since.
 */
export const CASE_FACTS = Object.fromEntries(Object.entries<Shape>(OWN).map(schemaOf)) as unknown as {
  readonly [T in CaseEventType]: z.ZodType<KnownFactsOf<T>>;
};
