import { hash } from 'node:crypto';

/**
 * JSON text with members sorted by name, so that a sender that writes its members in another order says the same.
 * @param value parsed JSON of bounded depth
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as Record<string, unknown>;
  const members = Object.keys(object).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJson(object[name])}`).join(',')}}`;
}

/** SHA-256 in hex over the canonical form. */
export const contentHash = (value: unknown): string => hash('sha256', canonicalJson(value));
