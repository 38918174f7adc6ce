import { Environment } from '@marcbachmann/cel-js';
import { compileExpression, type Verdict } from '../conditions/compile-expression.js';
import type { CaseFacts } from './case-facts.js';

const CASE_FIELDS = {
  party: 'string',
  priority: 'string',
  category: 'string',
  market: 'string',
  language: 'string',
  channel: 'string',
  tier: 'string',
  service: 'string',
} as const satisfies Record<keyof CaseFacts, string>;

export const CASE_FIELD_NAMES = Object.keys(CASE_FIELDS);

const environment = new Environment({ limits: { maxAstNodes: 1000, maxDepth: 50 } }).registerVariable({
  name: 'case',
  schema: CASE_FIELDS,
});

type CompiledCaseCondition =
  | { readonly ok: true; readonly test: (facts: CaseFacts) => Verdict }
  | { readonly ok: false; readonly fault: string };

/** Type-checks a condition over `case.*`; the fault is the checker's own sentence. */
export function compileCaseCondition(expression: string): CompiledCaseCondition {
  const compiled = compileExpression(environment, expression);
  return compiled.ok ? { ok: true, test: (facts) => compiled.test({ case: facts }) } : compiled;
}
