import { Environment } from '@marcbachmann/cel-js';
import type { EventFacts } from './event-facts.js';
import { callsMatches, fieldsRead, formOfTree } from './expression-tree.js';

/** A compiled condition. It never throws: an expression that errs says so and counts as not matched. */
export interface Condition {
  readonly expression: string;
  /** The same for expressions that differ in spaces, brackets and quotes only. */
  readonly form: string;
  /** The members of `event` that it looks at. */
  readonly reads: readonly (keyof EventFacts)[];
  readonly test: (facts: EventFacts) => Verdict;
}

export type Verdict = { readonly matched: boolean; readonly error?: string | undefined };

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
  const checked = environment.check(expression);
  if (!checked.valid) return { ok: false, fault: checked.error?.summary ?? 'cannot be read' };
  if (checked.type !== 'bool') return { ok: false, fault: `is ${checked.type}, and must be true or false` };
  const evaluate = environment.parse(expression);
  // JavaScript's regular expressions backtrack: one hostile ticket could stop a service for minutes.
  if (callsMatches(evaluate.ast)) {
    return { ok: false, fault: '«matches» is not offered; use contains, startsWith or endsWith' };
  }
  const test = (facts: EventFacts): Verdict => {
    try {
      return { matched: evaluate({ event: celValueOf(facts) }) === true };
    } catch (error) {
      return { matched: false, error: error instanceof Error ? firstLine(error.message) : String(error) };
    }
  };
  const reads = fieldsRead(evaluate.ast, EVENT_FIELD_NAMES);
  return { ok: true, condition: { expression, form: formOfTree(evaluate.ast), reads, test } };
}

// CEL's int is a bigint here; part of a person counts as one.
const celValueOf = (facts: EventFacts) => ({ ...facts, affected: BigInt(Math.ceil(facts.affected)) });

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;
