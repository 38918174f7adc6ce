/** Readers of foreign JSON: they take what is there and never throw. */

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object at a member, empty when there is none. */
export const objectAt = (from: Json, name: string): Json => {
  const value = from[name];
  return isObject(value) ? value : {};
};

/** A member as text: trimmed, numbers written out; undefined for empty, null and everything else. */
export function textAt(from: Json, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = from[name];
    const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
    if (text !== '') return text;
  }
  return undefined;
}

/** The texts of a list, other things left out. */
export const textsAt = (from: Json, name: string): string[] => {
  const value = from[name];
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string' && item !== '')
    : [];
};

/** The given members without those that are null or undefined. */
export const present = (members: Json): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));
