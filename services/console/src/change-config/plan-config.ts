/** One object of the tree that an apply would touch. */
export interface PlannedChange {
  /** Such as `policies`. */
  readonly kind: string;
  /** Name of the object; absent for kinds that are one table, such as `priority`. */
  readonly name?: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** What differs inside a changed object, values as written. */
  readonly differences?: Difference[];
}

export interface Difference {
  /** JSON pointer in the tree. */
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

type Tree = Readonly<Record<string, unknown>>;

/** Kinds that are one table or value, not objects by name; so is every list. */
const WHOLE_KINDS = new Set(['tenant', 'priority', 'routing', 'resolution']);

const isObject = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * The difference between two trees as written, by objects and in the order of kinds and names. Defaults written out
 * count as a difference: the tree is what people review.
 */
export function planChanges(before: Tree, after: Tree): PlannedChange[] {
  return keysOf(before, after).flatMap((kind) => {
    if (WHOLE_KINDS.has(kind) || Array.isArray(before[kind] ?? after[kind]))
      return compare(kind, undefined, before[kind], after[kind]);
    const [old, next] = [named(before[kind]), named(after[kind])];
    return keysOf(old, next).flatMap((name) => compare(kind, name, old[name], next[name]));
  });
}

const named = (value: unknown): Tree => (isObject(value) ? value : {});
const keysOf = (a: Tree, b: Tree): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();

function compare(kind: string, name: string | undefined, before: unknown, after: unknown): PlannedChange[] {
  const object = { kind, ...(name === undefined ? {} : { name }) };
  if (before === undefined) return [{ ...object, change: 'added' }];
  if (after === undefined) return [{ ...object, change: 'removed' }];
  const differences = differ(`/${kind}${name === undefined ? '' : `/${escaped(name)}`}`, before, after);
  return differences.length === 0 ? [] : [{ ...object, change: 'changed', differences }];
}

function differ(pointer: string, before: unknown, after: unknown): Difference[] {
  if (isObject(before) && isObject(after))
    return keysOf(before, after).flatMap((key) =>
      differ(`${pointer}/${escaped(key)}`, before[key], after[key]),
    );
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item, index) => differ(`${pointer}/${index}`, item, after[index]));
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [
    { pointer, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) },
  ];
}
