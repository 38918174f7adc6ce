import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { callsMatches } from './expression-tree.js';

export type Verdict = { readonly matched: boolean; readonly error?: string | undefined };

/** An expression that type-checks in its environment. `test` never throws: one that errs says so and is not matched. */
export type CheckedExpression =
  | {
      readonly ok: true;
      readonly tree: ASTNode;
      readonly test: (variables: Readonly<Record<string, unknown>>) => Verdict;
    }
  | { readonly ok: false; readonly fault: string };

/** The one way to read a condition; the fault is the checker's own sentence. */
export function checkExpression(environment: Environment, expression: string): CheckedExpression {
  const checked = environment.check(expression);
  if (!checked.valid) return { ok: false, fault: checked.error?.summary ?? 'cannot be read' };
  if (checked.type !== 'bool') return { ok: false, fault: `is ${checked.type}, and must be true or false` };
  const evaluate = environment.parse(expression);
  // JavaScript's regular expressions backtrack: one hostile ticket could stop a service for minutes.
  if (callsMatches(evaluate.ast)) {
    return { ok: false, fault: '«matches» is not offered; use contains, startsWith or endsWith' };
  }
  const test = (variables: Readonly<Record<string, unknown>>): Verdict => {
    try {
      return { matched: evaluate(variables) === true };
    } catch (error) {
      return { matched: false, error: error instanceof Error ? firstLine(error.message) : String(error) };
    }
  };
  return { ok: true, tree: evaluate.ast, test };
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;
