import { isDeepStrictEqual } from 'node:util';
import {
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { renderYaml } from './render-yaml.js';

/** A dated item as a config tree has it: the date alone, or with more. */
export type DatedItem = string | { readonly date: string; readonly name?: string };

export const dateOf = (item: unknown): string =>
  typeof item === 'object' && item !== null ? String((item as { date?: unknown }).date) : String(item);

const YAML = { version: '1.2', schema: 'core', logLevel: 'silent' } as const;

/** Text to be put into a file at an offset. */
interface Splice {
  readonly at: number;
  readonly text: string;
}

/**
 * Adds items to a list of a YAML file, each in its place by date, and makes what is missing of the path. Every other
 * character of the file stays as it is, comments and spaces included.
 *
 * @param text a file that `parseYaml` reads @param path keys down to the list
 * @returns undefined where the file is written in a way that cannot be added to, such as by an alias
 */
export function addToList(
  text: string,
  path: readonly string[],
  items: readonly DatedItem[],
): string | undefined {
  if (items.length === 0) return text;
  const added = withItems(text, path, items);
  // Read back: whatever way the file is written in, nothing but these items may have come into it.
  return added !== undefined && isDeepStrictEqual(treeOf(added), expected(treeOf(text), path, items))
    ? added
    : undefined;
}

function treeOf(text: string): unknown {
  const document = parseDocument(text, YAML);
  return document.errors.length > 0 ? undefined : (document.toJS() as unknown);
}

function expected(tree: unknown, path: readonly string[], items: readonly DatedItem[]): unknown {
  const [key, ...rest] = path;
  if (key !== undefined) {
    const map = (tree ?? {}) as Readonly<Record<string, unknown>>;
    return { ...map, [key]: expected(map[key], rest, items) };
  }
  const plain = items.map((item) => {
    if (typeof item === 'string') return item;
    return item.name === undefined ? item.date : { ...item };
  });
  // In the order of dates; of two alike the one that stood there comes first.
  return plain
    .toSorted((a, b) => (dateOf(a) < dateOf(b) ? -1 : 1))
    .reduce<unknown[]>(
      (list, item) => {
        const place = list.findLastIndex((one) => dateOf(one) <= dateOf(item));
        return list.toSpliced(place + 1, 0, item);
      },
      [...((tree ?? []) as readonly unknown[])],
    );
}

function withItems(text: string, path: readonly string[], items: readonly DatedItem[]): string | undefined {
  const sorted = items.toSorted((a, b) => (dateOf(a) < dateOf(b) ? -1 : 1));
  const document = parseDocument(text, YAML);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  let node: unknown = document.contents;
  for (const [depth, key] of path.entries()) {
    if (node === null) return spliced(text, [{ at: text.length, text: blockOf(text, path, sorted, end) }]);
    if (!isMap(node)) return undefined;
    const pair: Pair | undefined = node.items.find((one) => isScalar(one.key) && one.key.value === key);
    if (pair === undefined || isNothing(pair.value))
      return addKey(text, { map: node, pair, rest: path.slice(depth), items: sorted, end });
    node = pair.value;
  }
  if (!isSeq(node)) return undefined;
  return spliced(text, node.flow === true ? intoFlow(node, sorted) : intoBlock(text, node, sorted, end));
}

const isNothing = (node: unknown): boolean =>
  node === null ||
  (isScalar(node) && node.value === null && (node.range?.[0] ?? 0) === (node.range?.[1] ?? 0));

/** From the end on, so that offsets stay true; what goes to one place keeps its order. */
function spliced(text: string, splices: readonly Splice[]): string {
  let result = text;
  for (const splice of splices.toReversed())
    result = result.slice(0, splice.at) + splice.text + result.slice(splice.at);
  return result;
}

const flowOf = (item: DatedItem): string =>
  typeof item === 'string'
    ? item
    : item.name === undefined
      ? item.date
      : `{ date: ${item.date}, name: ${JSON.stringify(item.name)} }`;

/** The path and its list as lines of a block, indented. */
function linesOf(path: readonly string[], items: readonly DatedItem[], indent: string, end: string): string {
  const keys = path.map((key, n) => `${indent}${'  '.repeat(n)}${keyText(key)}:`);
  const inner = indent + '  '.repeat(path.length);
  return [...keys, ...items.map((item) => `${inner}- ${flowOf(item)}`)].map((line) => line + end).join('');
}

/** At the end of a file, on a line of its own. */
const blockOf = (text: string, path: readonly string[], items: readonly DatedItem[], end: string): string =>
  (text === '' || text.endsWith('\n') ? '' : end) + linesOf(path, items, '', end);

const columnAt = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);

/** Offset behind the line in which an offset lies; its end of line included. */
function behindLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

interface MissingKey {
  readonly map: YAMLMap;
  /** Where the key stands without a value. */
  readonly pair: Pair | undefined;
  readonly rest: readonly string[];
  readonly items: readonly DatedItem[];
  readonly end: string;
}

function addKey(text: string, missing: MissingKey): string | undefined {
  const { map, pair } = missing;
  if (map.flow !== true) return pair === undefined ? addPair(text, missing) : fillPair(text, missing, pair);
  return pair === undefined ? addFlowPair(text, missing) : undefined;
}

const keyText = (key: string): string => renderYaml(key).trim();

/** `, worked: [2026-02-14]` behind the last pair of `{ … }`. */
function addFlowPair(text: string, { map, rest, items }: MissingKey): string {
  const [start, stop] = map.range ?? [0, 0];
  const list = `[${items.map(flowOf).join(', ')}]`;
  const value = rest.slice(1).reduceRight((all, name) => `{ ${keyText(name)}: ${all} }`, list);
  const pair = `${keyText(rest[0] ?? '')}: ${value}`;
  const last = map.items.at(-1);
  return last === undefined
    ? spliced(text, [{ at: start + 1, text: ` ${pair} ` }])
    : spliced(text, [{ at: endOf(last, stop - 1), text: `, ${pair}` }]);
}

/** As a block, as deep as the other keys of the map. */
function addPair(text: string, { map, rest, items, end }: MissingKey): string {
  const [start, stop] = map.range ?? [0, 0];
  const last = map.items.at(-1);
  const at = behindLine(text, Math.max(start, (last === undefined ? stop : endOf(last, stop)) - 1));
  return spliced(text, [
    { at, text: lineEnded(text, at, end) + linesOf(rest, items, indentOf(text, map), end) },
  ]);
}

/** Below a key that has no value yet. */
function fillPair(text: string, { map, rest, items, end }: MissingKey, { key }: Pair): string {
  const at = behindLine(text, (key as Scalar).range?.[1] ?? 0);
  const below = linesOf(rest.slice(1), items, `${indentOf(text, map)}  `, end);
  return spliced(text, [{ at, text: lineEnded(text, at, end) + below }]);
}

function indentOf(text: string, { items, range }: YAMLMap): string {
  const first = items[0]?.key as Scalar | undefined;
  return ' '.repeat(columnAt(text, first?.range?.[0] ?? range?.[0] ?? 0));
}

const lineEnded = (text: string, at: number, end: string): string =>
  at === 0 || text[at - 1] === '\n' ? '' : end;

/** Where the last thing of a pair ends. */
const endOf = ({ key, value }: Pair, otherwise: number): number =>
  (value as Scalar | null)?.range?.[1] ?? (key as Scalar | null)?.range?.[1] ?? otherwise;

/** Behind the last item that is not later, `-1` before all. */
function placeOf(list: YAMLSeq, item: DatedItem): number {
  const dates = list.items.map((node) => dateOf((node as YAMLMap).toJSON()));
  return dates.findLastIndex((date) => date <= dateOf(item));
}

function intoFlow(list: YAMLSeq, items: readonly DatedItem[]): Splice[] {
  const [start = 0] = list.range ?? [];
  if (list.items.length === 0) return [{ at: start + 1, text: items.map(flowOf).join(', ') }];
  return inOrder(
    items.map((item) => {
      const place = placeOf(list, item);
      const node = list.items[Math.max(place, 0)] as Scalar;
      return place < 0
        ? { at: node.range?.[0] ?? start, text: `${flowOf(item)}, ` }
        : { at: node.range?.[1] ?? start, text: `, ${flowOf(item)}` };
    }),
  );
}

function intoBlock(text: string, list: YAMLSeq, items: readonly DatedItem[], end: string): Splice[] {
  const [start = 0] = list.range ?? [];
  const indent = ' '.repeat(columnAt(text, start));
  return inOrder(
    items.map((item) => {
      const place = placeOf(list, item);
      const line = `${indent}- ${flowOf(item)}${end}`;
      if (place < 0) return { at: start - indent.length, text: line };
      const node = list.items[place] as Scalar;
      const at = behindLine(text, Math.max((node.range?.[1] ?? start) - 1, start));
      return { at, text: lineEnded(text, at, end) + line };
    }),
  );
}

const inOrder = (splices: readonly Splice[]): Splice[] => {
  const grouped = new Map<number, string>();
  for (const { at, text } of splices) grouped.set(at, (grouped.get(at) ?? '') + text);
  return [...grouped].map(([at, text]) => ({ at, text })).toSorted((a, b) => a.at - b.at);
};
