import { isUtf8 } from 'node:buffer';
import { type Headers, headerOf } from '../authenticate-sender/signature.js';
import type { MappingPack } from '../sources/mapping-pack.js';
import { MOST_KEYS, notUtf8, type ParsedBody, parseText } from './parse-body.js';

export const JSON_TYPE = 'application/json';
/** A group of alerts has many members; their number is bounded by the body's size. */
export const VENDOR_KEYS = 200_000;

/** The media type of a request in lower case, without its parameters; empty when none is given. */
export const mediaTypeOf = (headers: Headers): string =>
  (headerOf(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** Members that one body of this vendor may have. */
export const mostKeysOf = ({ refusesFaults }: MappingPack): number =>
  refusesFaults ? MOST_KEYS : VENDOR_KEYS;

/** Decodes once, then reads as the vendor writes: what is mapped is what is kept. */
export function readBody(
  bytes: Buffer,
  pack: MappingPack,
  headers: Headers,
): ParsedBody & { readonly raw: string } {
  if (!isUtf8(bytes)) return { ...notUtf8, raw: '' };
  const raw = bytes.toString('utf8');
  return { ...readText(raw, pack, headers), raw };
}

/** The same for a body that was kept as text. */
export const readText = (raw: string, pack: MappingPack, headers: Headers): ParsedBody =>
  pack.read === undefined ? parseText(raw, mostKeysOf(pack)) : pack.read(raw, headers);
