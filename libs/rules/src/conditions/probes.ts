import type { ASTNode } from '@marcbachmann/cel-js';
import { nodesOf } from './expression-tree.js';
import { GATHERED_FACTS, type GatheredFact, type NumberFact } from './gathered-facts.js';

/** Something that a condition compares a fact with: setting the fact there, or just beside it, may turn the condition. */
export interface Probe {
  /** As conditions write it after `event.`, such as `affected`, `requester.tier`, `attributes.plan`. */
  readonly fact: string;
  /** `value`: the whole of the fact; `part`: somewhere in its text; `item`: a member of a list; `seen`: only looked at. */
  readonly by: 'value' | 'part' | 'item' | 'seen';
  readonly value?: string | number | boolean;
}

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** What this expression compares the members of `event` with, in the order in which it is written, each once. */
export function probesOf(tree: ASTNode): readonly Probe[] {
  const probes = [...nodesOf(tree)].flatMap(probesOfNode);
  return [...new Map(probes.map((probe) => [JSON.stringify(probe), probe])).values()];
}

/** The facts that an expression names and that one event alone never changes. */
export function gatheredIn(tree: ASTNode): readonly GatheredFact[] {
  const named = new Set([...nodesOf(tree)].map(factOf));
  return GATHERED_FACTS.filter((fact) => named.has(fact));
}

/**
 * The numbers that a fact is compared with: between two neighbours the expression's value stays the same.
 * @returns undefined when the expression uses it in any other way, such as `affected * 2`
 */
export function numberBounds(tree: ASTNode, fact: NumberFact): readonly number[] | undefined {
  const uses = [...nodesOf(tree)].filter((node) => factOf(node) === fact).length;
  const compared = [...nodesOf(tree)].flatMap((node) => {
    const found = COMPARISONS.has(node.op) ? comparison(node.args as [ASTNode, ASTNode]) : undefined;
    return found?.fact === fact && typeof found.value === 'number' ? [found.value] : [];
  });
  return compared.length === uses ? compared : undefined;
}

function probesOfNode(node: ASTNode): Probe[] {
  const seen = factOf(node);
  if (seen !== undefined) return [{ fact: seen, by: 'seen' }];
  if (COMPARISONS.has(node.op)) {
    const found = comparison(node.args as [ASTNode, ASTNode]);
    return found === undefined ? [] : [{ fact: found.fact, by: 'value', value: found.value }];
  }
  if (node.op === 'in') return membership(node.args);
  return node.op === 'rcall' ? methodCall(node.args) : [];
}

/** The name of the member of `event` that a node is: `event.affected`, `event.requester.tier`, `event.attributes["x"]`. */
function factOf(node: ASTNode): string | undefined {
  const path = pathOf(node);
  if (path === undefined) return undefined;
  const [first = '', second] = path;
  const nested = first === 'requester' || first === 'attributes' || first === 'enriched';
  return path.length === (nested ? 2 : 1)
    ? [first, ...(second === undefined ? [] : [second])].join('.')
    : undefined;
}

function pathOf(node: ASTNode): readonly string[] | undefined {
  if (node.op === 'id') return node.args === 'event' ? [] : undefined;
  if (node.op === '.') {
    const above = pathOf(node.args[0]);
    return above === undefined ? undefined : [...above, node.args[1]];
  }
  if (node.op !== '[]') return undefined;
  const above = pathOf(node.args[0]);
  const key = literal(node.args[1]);
  return above === undefined || typeof key !== 'string' ? undefined : [...above, key];
}

function literal(node: ASTNode): string | number | boolean | undefined {
  if (node.op === '-_') {
    const value = literal(node.args);
    return typeof value === 'number' ? -value : undefined;
  }
  if (node.op !== 'value') return undefined;
  const value = node.args;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

function comparison([left, right]: readonly [ASTNode, ASTNode]):
  | { readonly fact: string; readonly value: string | number | boolean }
  | undefined {
  const fact = factOf(left) ?? factOf(right);
  const value = literal(right) ?? literal(left);
  return fact === undefined || value === undefined ? undefined : { fact, value };
}

function membership([item, list]: readonly [ASTNode, ASTNode]): Probe[] {
  const value = literal(item);
  const listed = factOf(list);
  if (listed !== undefined) return value === undefined ? [] : [{ fact: listed, by: 'item', value }];
  const fact = factOf(item);
  if (fact === undefined || list.op !== 'list') return [];
  return list.args.flatMap((member) => {
    const one = literal(member);
    return one === undefined ? [] : [{ fact, by: 'value' as const, value: one }];
  });
}

/** `text.startsWith("…")`, and `list.exists(item, …)`: any text in its condition may be what the item must be. */
function methodCall([name, of, args]: readonly [string, ASTNode, ASTNode[]]): Probe[] {
  const fact = factOf(of);
  if (fact === undefined) return [];
  if (args.length === 2) return textsIn(args[1]).map((value) => ({ fact, by: 'item', value }));
  const value = args[0] === undefined ? undefined : literal(args[0]);
  if (value === undefined) return [];
  return [{ fact, by: name === 'contains' ? 'part' : 'value', value }];
}

const textsIn = (tree: ASTNode | undefined): string[] =>
  [...nodesOf(tree)].flatMap((node) => {
    const value = literal(node);
    return typeof value === 'string' ? [value] : [];
  });
