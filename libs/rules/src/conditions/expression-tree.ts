import type { ASTNode } from '@marcbachmann/cel-js';

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value;

/** The nodes of an expression, each before those inside it. */
export function* nodesOf(value: unknown): Generator<ASTNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item);
  } else if (isNode(value)) {
    yield value;
    yield* nodesOf(value.args);
  }
}

/**
 * The members of a variable, `event` unless told, that an expression looks at.
 *
 * @returns all of them when it looks at the variable in any other way than `variable.name`
 */
export function fieldsRead<T extends string>(
  tree: ASTNode,
  all: readonly T[],
  variable = 'event',
): readonly T[] {
  const read = new Set<string>();
  let seen = 0;
  for (const node of nodesOf(tree)) {
    if (node.op === 'id' && node.args === variable) seen += 1;
    if (node.op !== '.') continue;
    const [of, name] = node.args;
    if (of.op === 'id' && of.args === variable) {
      read.add(name);
      seen -= 1;
    }
  }
  return seen === 0 ? all.filter((name) => read.has(name)) : all;
}

export function callsMatches(tree: ASTNode): boolean {
  for (const node of nodesOf(tree)) {
    if ((node.op === 'rcall' || node.op === 'call') && node.args[0] === 'matches') return true;
  }
  return false;
}

/** An expression as a text that forgets how it was written: spaces, brackets, quotes. */
export const formOfTree = (tree: ASTNode): string =>
  JSON.stringify(tree, (_, value: unknown) => {
    if (isNode(value)) return [value.op, value.args];
    return typeof value === 'bigint' ? `${value}n` : value;
  });

/** Whether an expression looks at a variable at all. */
export function mentions(tree: ASTNode, variable: string): boolean {
  for (const node of nodesOf(tree)) if (node.op === 'id' && node.args === variable) return true;
  return false;
}
