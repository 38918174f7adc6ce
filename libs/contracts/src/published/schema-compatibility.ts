import type { JsonSchema } from './event-schemas.js';

/**
 * What a reader or writer of the old schema could no longer rely on under the new one: a member that is gone (or has
 * another name), that has become required or no longer is, a value or kind that is gone, another type. Anything may be
 * added that is not required, for what was written before does not have it.
 * @returns one line for each, with its place; none when they go together
 */
export function incompatibilities(before: JsonSchema, now: JsonSchema): string[] {
  return [...differences('', { root: before, at: before }, { root: now, at: now })];
}

/** A schema inside of the document that its references point into. */
interface Inside {
  readonly root: JsonSchema;
  readonly at: JsonSchema;
}

function* differences(place: string, given: Inside, changed: Inside): Generator<string> {
  const [before, now] = [resolved(given), resolved(changed)];
  yield* keywords(place, before.at, now.at);
  yield* values(place, before.at, now.at);
  yield* members(place, before, now);
  for (const key of ['items', 'additionalProperties', 'propertyNames']) {
    const [was, is] = [inside(before, before.at[key]), inside(now, now.at[key])];
    if (was !== undefined && is !== undefined) yield* differences(`${place}/${key}`, was, is);
    else if (was !== undefined) yield `${place}/${key}: no longer described`;
    else if (now.at[key] === false) yield `${place}: further members are refused now`;
  }
  yield* kinds(place, before, now);
}

/** These must stay as they are; lengths and patterns may follow what is written. */
function* keywords(place: string, before: JsonSchema, now: JsonSchema): Generator<string> {
  for (const key of ['type', 'format'])
    if (JSON.stringify(before[key]) !== JSON.stringify(now[key]) && key in before)
      yield `${place}: ${key} was ${JSON.stringify(before[key])}, is ${JSON.stringify(now[key]) ?? 'gone'}`;
}

function* values(place: string, before: JsonSchema, now: JsonSchema): Generator<string> {
  const [was, is] = [allowedIn(before), allowedIn(now)];
  if (is === undefined) return;
  if (was === undefined) yield `${place}: only some values are allowed now`;
  for (const value of was ?? [])
    if (!is.includes(value)) yield `${place}: value ${JSON.stringify(value)} is gone`;
}

/** @returns undefined where any value is allowed */
function allowedIn(schema: JsonSchema): readonly unknown[] | undefined {
  const { enum: several } = schema;
  if (Array.isArray(several)) return several as readonly unknown[];
  return 'const' in schema ? [schema['const']] : undefined;
}

function* members(place: string, before: Inside, now: Inside): Generator<string> {
  const [was, is] = [objectIn(before.at['properties']), objectIn(now.at['properties'])];
  const [needed, needs] = [requiredIn(before.at), requiredIn(now.at)];
  for (const name of Object.keys(was)) {
    const [old, kept] = [inside(before, was[name]), inside(now, is[name])];
    if (old === undefined) continue;
    if (kept === undefined) yield `${place}/${name}: is gone`;
    else yield* differences(`${place}/${name}`, old, kept);
    if (kept !== undefined && needed.includes(name) && !needs.includes(name))
      yield `${place}/${name}: is no longer always there`;
  }
  for (const name of needs) if (!needed.includes(name)) yield `${place}/${name}: has become required`;
}

/** Kinds are told apart by a member that each has one value of, else by their place. */
function* kinds(place: string, before: Inside, now: Inside): Generator<string> {
  for (const key of ['oneOf', 'anyOf', 'allOf']) {
    const [was, is] = [listIn(before, key), listIn(now, key)];
    for (const [i, old] of was.entries()) {
      const name = nameOf(old);
      const kept = name === undefined ? is[i] : is.find((each) => nameOf(each) === name);
      const at = `${place}/${name ?? `${key}.${i}`}`;
      if (kept === undefined) yield `${at}: is gone`;
      else yield* differences(at, old, kept);
    }
  }
}

const DISCRIMINATORS = ['type', 'found'];

function nameOf(schema: Inside): string | undefined {
  const properties = objectIn(resolved(schema).at['properties']);
  const values = DISCRIMINATORS.map((name) => objectIn(properties[name])['const']);
  const value = values.find((each) => each !== undefined);
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectIn = (value: unknown): JsonSchema => (isObject(value) ? value : {});

const requiredIn = ({ required }: JsonSchema): readonly string[] =>
  Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];

const inside = ({ root }: Inside, value: unknown): Inside | undefined =>
  isObject(value) ? { root, at: value } : undefined;

const listIn = (schema: Inside, key: string): Inside[] => {
  const list: unknown = schema.at[key];
  return (Array.isArray(list) ? list : []).flatMap((each) => inside(schema, each) ?? []);
};

function resolved({ root, at }: Inside): Inside {
  const name = /^#\/\$defs\/(.+)$/.exec(typeof at['$ref'] === 'string' ? at['$ref'] : '')?.[1];
  const found = name === undefined ? undefined : objectIn(root['$defs'])[name];
  return isObject(found) ? resolved({ root, at: found }) : { root, at };
}
