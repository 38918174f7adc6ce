import type { IntakeMessage } from '@tocsin/contracts';
import { placeOfFault } from './place-in-json.js';

/** Levels of nesting, and members in all, that a body may have. */
export const MOST_DEPTH = 32;
export const MOST_KEYS = 1000;

export type ParsedBody =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly message: IntakeMessage;
      readonly facts: Readonly<Record<string, string | number>>;
    };

const refused = (
  message: IntakeMessage,
  facts: Readonly<Record<string, string | number>> = {},
): ParsedBody => ({
  ok: false,
  message,
  facts,
});

export const notUtf8 = refused('notUtf8');

/**
 * Parses and makes harmless: what comes out holds no U+0000, no lone surrogate and no `__proto__`.
 * @param mostKeys members in all; vendors' bodies may have more of them than one event of ours
 */
export function parseText(text: string, mostKeys = MOST_KEYS): ParsedBody {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return refused('notJson', { ...placeOfFault(json, error) });
  }
  return bounded(value, mostKeys);
}

/** The same for a value that came parsed, such as an element of an array. */
export function bounded(value: unknown, mostKeys = MOST_KEYS): ParsedBody {
  const walk: Walk = { keys: 0, mostKeys, fault: undefined };
  const clean = cleaned(value, 0, walk);
  if (walk.fault === 'deep') return refused('tooDeep', { depth: MOST_DEPTH });
  if (walk.fault === 'keys') return refused('tooManyKeys', { keys: mostKeys });
  return { ok: true, value: clean };
}

interface Walk {
  keys: number;
  readonly mostKeys: number;
  fault: 'deep' | 'keys' | undefined;
}

function cleaned(value: unknown, depth: number, walk: Walk): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null || walk.fault !== undefined) return value;
  if (depth >= MOST_DEPTH) {
    walk.fault = 'deep';
    return value;
  }
  return Array.isArray(value)
    ? cleanItems(value, depth, walk)
    : cleanMembers(value as Record<string, unknown>, depth, walk);
}

function cleanItems(items: unknown[], depth: number, walk: Walk): unknown[] {
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    const clean = cleaned(item, depth + 1, walk);
    if (clean !== item) items[at] = clean;
  }
  return items;
}

function cleanMembers(object: Record<string, unknown>, depth: number, walk: Walk): Record<string, unknown> {
  for (const name of Object.keys(object)) {
    if (++walk.keys > walk.mostKeys) {
      walk.fault = 'keys';
      return object;
    }
    const value = object[name];
    const cleanName = cleanText(name);
    const clean = cleaned(value, depth + 1, walk);
    if (name === '__proto__' || cleanName !== name) delete object[name];
    if (name !== '__proto__' && (clean !== value || cleanName !== name)) object[cleanName] = clean;
  }
  return object;
}

/** PostgreSQL's text holds neither U+0000 nor half a surrogate pair: both become U+FFFD. */
const cleanText = (text: string): string => {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\ufffd') : whole;
};
