import { Environment } from '@marcbachmann/cel-js';
import type { CaseFacts } from './case-facts.js';
import { compileExpression, type Verdict } from './compile-expression.js';
import { fieldsRead, mentions } from './expression-tree.js';
import type { NowFacts } from './now-facts.js';

/** A condition over `case.*` and `now.*`, or what is wrong with it. It never throws. */
export type CompiledCaseCondition =
  | {
      readonly ok: true;
      /** Whether it looks at the clock, and so needs a zone. */
      readonly readsNow: boolean;
      /** The members of `case` that it looks at. */
      readonly reads: readonly (keyof CaseFacts)[];
      /** What looks at the clock errs without one. */
      readonly test: (facts: CaseFacts, now?: NowFacts) => Verdict;
    }
  | { readonly ok: false; readonly fault: string };

const CASE_FIELDS = {
  party: 'string',
  priority: 'string',
  category: 'string',
  market: 'string',
  language: 'string',
  channel: 'string',
  tier: 'string',
  service: 'string',
  source: 'string',
  status: 'string',
  restricted: 'bool',
  events: 'int',
  round: 'int',
} as const satisfies Record<keyof CaseFacts, unknown>;

export const CASE_FIELD_NAMES = Object.keys(CASE_FIELDS) as (keyof CaseFacts)[];

/** What conditions may look at, as they write it, with its CEL type. */
export const documentedFields = (): string[] =>
  Object.entries({ case: CASE_FIELDS, now: NOW_FIELDS }).flatMap(([variable, fields]) =>
    Object.entries(fields).map(([name, type]) => `${variable}.${name}: ${type}`),
  );

const NOW_FIELDS = {
  date: 'string',
  time: 'string',
  day: 'string',
  hour: 'int',
  minute: 'int',
} as const satisfies Record<keyof NowFacts, unknown>;

const environment = new Environment({ limits: { maxAstNodes: 1000, maxDepth: 50 } })
  .registerVariable({ name: 'case', schema: CASE_FIELDS })
  .registerVariable({ name: 'now', schema: NOW_FIELDS });

/** Compiling costs a thousand times an evaluation, and a tree has few conditions: each is compiled once. */
const compiled = new Map<string, CompiledCaseCondition>();

/** Type-checks a condition over `case.*` and `now.*`. */
export function compileCaseCondition(expression: string): CompiledCaseCondition {
  const known = compiled.get(expression) ?? compile(expression);
  compiled.set(expression, known);
  return known;
}

function compile(expression: string): CompiledCaseCondition {
  const checked = compileExpression(environment, expression);
  if (!checked.ok) return checked;
  // CEL's int is a bigint here.
  const test = (facts: CaseFacts, now?: NowFacts): Verdict =>
    checked.test({
      case: { ...facts, events: BigInt(facts.events), round: BigInt(facts.round) },
      ...(now === undefined ? {} : { now: { ...now, hour: BigInt(now.hour), minute: BigInt(now.minute) } }),
    });
  const reads = fieldsRead(checked.tree, CASE_FIELD_NAMES, 'case');
  return { ok: true, readsNow: mentions(checked.tree, 'now'), reads, test };
}
