import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { callsMatches } from './expression-tree.js';

export type Verdict = { readonly matched: boolean; readonly error?: string | undefined };

type CompiledExpression =
  | { readonly ok: true; readonly tree: ASTNode; readonly test: (values: object) => Verdict }
  | { readonly ok: false; readonly fault: string };

/** Type-checks an expression that must be true or false. Its test never throws: what errs counts as not matched. */
export function compileExpression(environment: Environment, expression: string): CompiledExpression {
  const checked = environment.check(expression);
  if (!checked.valid) return { ok: false, fault: checked.error?.summary ?? 'cannot be read' };
  if (checked.type !== 'bool') return { ok: false, fault: `is ${checked.type}, and must be true or false` };
  const evaluate = environment.parse(expression);
  // JavaScript's regular expressions backtrack: one hostile ticket could stop a service for minutes.
  if (callsMatches(evaluate.ast)) {
    return { ok: false, fault: '«matches» is not offered; use contains, startsWith or endsWith' };
  }
  const test = (values: object): Verdict => {
    try {
      return { matched: evaluate({ ...values }) === true };
    } catch (error) {
      return { matched: false, error: error instanceof Error ? firstLine(error.message) : String(error) };
    }
  };
  return { ok: true, tree: evaluate.ast, test };
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;
