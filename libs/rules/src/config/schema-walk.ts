import type { z } from 'zod';

type Schema = z.core.$ZodTypes;

/** A schema and everything it wraps or may be instead: defaults, transforms (as written) and unions opened. */
function* opened(schema: z.core.$ZodType): Generator<Schema> {
  const known = schema as Schema;
  yield known;
  const { def } = known._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      yield* opened(def.innerType);
      return;
    case 'pipe':
      yield* opened(def.in);
      return;
    case 'union':
      for (const option of def.options) yield* opened(option);
      return;
    default:
      return;
  }
}

function* membersOf(schema: z.core.$ZodType, key: string): Generator<z.core.$ZodType> {
  for (const { _zod } of opened(schema)) {
    const { def } = _zod;
    if (def.type === 'object' && Object.hasOwn(def.shape, key)) yield def.shape[key] as z.core.$ZodType;
    if (def.type === 'record') yield def.valueType;
    if (def.type === 'array') yield def.element;
  }
}

/** Every form that the value at this place may have as it is written; none where the schema knows no such place. */
export function schemasAt(schema: z.core.$ZodType, place: readonly PropertyKey[]): z.core.$ZodType[] {
  const at = place.reduce<z.core.$ZodType[]>(
    (schemas, key) => schemas.flatMap((one) => [...membersOf(one, String(key))]),
    [schema],
  );
  return at.flatMap((one) => [...opened(one)]);
}

/** The keys that an object at this place may have; none where its keys are names of people's own choice. */
export const keysAt = (schema: z.core.$ZodType, place: readonly PropertyKey[]): string[] => [
  ...new Set(
    schemasAt(schema, place).flatMap((one) => {
      const { def } = (one as Schema)._zod;
      return def.type === 'object' ? Object.keys(def.shape) : [];
    }),
  ),
];

interface Found {
  readonly place: readonly (string | number)[];
  readonly value: unknown;
}

/** Every value of a tree as written that stands where the schema has this very part. */
export function* findAll(schema: z.core.$ZodType, part: z.core.$ZodType, tree: unknown): Generator<Found> {
  yield* findBelow([schema], part, { place: [], value: tree });
}

function* findBelow(
  schemas: readonly z.core.$ZodType[],
  part: z.core.$ZodType,
  { place, value }: Found,
): Generator<Found> {
  if (schemas.length === 0) return;
  if (schemas.some((schema) => [...opened(schema)].includes(part as Schema))) {
    yield { place, value };
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const below = schemas.flatMap((schema) => [...membersOf(schema, key)]);
    const at = [...place, Array.isArray(value) ? Number(key) : key];
    yield* findBelow(below, part, { place: at, value: member });
  }
}
