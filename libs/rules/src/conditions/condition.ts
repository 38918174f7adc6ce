import { Environment } from '@marcbachmann/cel-js';
import type { EventFacts } from './event-facts.js';
import { compileExpression, type Verdict } from './compile-expression.js';
import { fieldsRead, formOfTree } from './expression-tree.js';
import type { GatheredFact, NumberFact } from './gathered-facts.js';
import { gatheredIn, numberBounds, type Probe, probesOf } from './probes.js';

/** A compiled condition. It never throws: an expression that errs says so and counts as not matched. */
export interface Condition {
  readonly expression: string;
  /** The same for expressions that differ in spaces, brackets and quotes only. */
  readonly form: string;
  /** The members of `event` that it looks at. */
  readonly reads: readonly (keyof EventFacts)[];
  readonly probes: readonly Probe[];
  /** What it compares each number with; undefined where it does more with one than compare. */
  readonly bounds: NumberBounds;
  /** The facts among those that it names which one event alone never changes. */
  readonly gathered: readonly GatheredFact[];
  readonly test: (facts: EventFacts) => Verdict;
}

export type NumberBounds = Readonly<Record<NumberFact, readonly number[] | undefined>>;

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
  reports: 'int',
  promise: 'string',
  tags: 'list<string>',
  party: 'string',
  requester: { id: 'string', tier: 'string', segment: 'string' },
  restricted: 'bool',
  attributes: 'map<string, dyn>',
  enriched: 'map<string, string>',
} as const satisfies Record<keyof EventFacts, unknown>;

export const EVENT_FIELD_NAMES = Object.keys(EVENT_FIELDS) as (keyof EventFacts)[];

/** Where expressions over `event.*` are checked. */
export const eventEnvironment = new Environment({
  limits: { maxAstNodes: 1000, maxDepth: 50 },
}).registerVariable({
  name: 'event',
  schema: EVENT_FIELDS,
});

/** Type-checks a condition over `event.*`; the fault is the checker's own sentence. */
export function compileCondition(expression: string): Compiled {
  const compiled = compileExpression(eventEnvironment, expression);
  if (!compiled.ok) return compiled;
  const { tree } = compiled;
  const test = (facts: EventFacts): Verdict => compiled.test({ event: celValueOf(facts) });
  const reads = fieldsRead(tree, EVENT_FIELD_NAMES);
  const bounds = {
    affected: numberBounds(tree, 'affected'),
    reports: numberBounds(tree, 'reports'),
  };
  const known = { form: formOfTree(tree), probes: probesOf(tree), bounds, gathered: gatheredIn(tree) };
  return { ok: true, condition: { expression, reads, ...known, test } };
}

// CEL's int is a bigint here; part of a person counts as one.
export const celValueOf = (facts: EventFacts) => ({
  ...facts,
  affected: BigInt(Math.ceil(facts.affected)),
  reports: BigInt(Math.ceil(facts.reports)),
});
