import { Environment } from '@marcbachmann/cel-js';
import { checkExpression, type Verdict } from './checked-expression.js';
import type { EventFacts } from './event-facts.js';
import { fieldsRead } from './expression-tree.js';

/** A compiled condition. It never throws: an expression that errs says so and counts as not matched. */
export interface Condition {
  readonly expression: string;
  /** The members of `event` that it looks at. */
  readonly reads: readonly (keyof EventFacts)[];
  readonly test: (facts: EventFacts) => Verdict;
}

export type Compiled =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly fault: string };

/** The fields that conditions may use, with their CEL types. Counts of people are whole numbers. */
const EVENT_FIELDS = {
  source: 'string',
  kind: 'string',
  type: 'string',
  key: 'string',
  subject: 'string',
  body: 'string',
  category: 'string',
  market: 'string',
  language: 'string',
  channel: 'string',
  severity: 'string',
  status: 'string',
  service: 'string',
  affected: 'int',
  has_affected: 'bool',
  tags: 'list<string>',
  requester: { id: 'string', tier: 'string', segment: 'string' },
  restricted: 'bool',
  attributes: 'map<string, dyn>',
} as const satisfies Record<keyof EventFacts, unknown>;

export const EVENT_FIELD_NAMES = Object.keys(EVENT_FIELDS) as (keyof EventFacts)[];

const environment = new Environment({ limits: { maxAstNodes: 1000, maxDepth: 50 } }).registerVariable({
  name: 'event',
  schema: EVENT_FIELDS,
});

/** Type-checks a condition over `event.*`; the fault is the checker's own sentence. */
export function compileCondition(expression: string): Compiled {
  const checked = checkExpression(environment, expression);
  if (!checked.ok) return checked;
  const test = (facts: EventFacts): Verdict => checked.test({ event: celValueOf(facts) });
  return { ok: true, condition: { expression, reads: fieldsRead(checked.tree, EVENT_FIELD_NAMES), test } };
}

// CEL's int is a bigint here; part of a person counts as one.
const celValueOf = (facts: EventFacts) => ({ ...facts, affected: BigInt(Math.ceil(facts.affected)) });
