import { type Headers, headerOf } from '../../authenticate-sender/signature.js';
import { notUtf8, type ParsedBody, parseText } from '../../receive-event/parse-body.js';
import { VENDOR_KEYS } from '../../receive-event/read-body.js';

const PREFIX = 'ce-';

/**
 * Structured and batched events are JSON as they are. In binary mode the attributes stand in headers and the body is
 * the data: put together, it is the same event.
 */
export function readCloudEvents(text: string, headers: Headers): ParsedBody {
  const parsed = parseText(text === '' ? 'null' : text, VENDOR_KEYS);
  if (!parsed.ok || headerOf(headers, 'ce-specversion') === undefined) return parsed;
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith(PREFIX) || typeof value !== 'string') continue;
    const decoded = decodedHeader(value);
    if (decoded === undefined) return notUtf8;
    attributes[name.slice(PREFIX.length)] = decoded;
  }
  return { ok: true, value: { ...attributes, data: parsed.value } };
}

/** Percent-encoded UTF-8, in quotes or not. @returns undefined for bytes that are no UTF-8 */
export function decodedHeader(value: string): string | undefined {
  const quoted = /^"(.*)"$/s.exec(value.trim())?.[1];
  const text = quoted === undefined ? value.trim() : quoted.replaceAll(/\\(.)/g, '$1');
  try {
    return decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'));
  } catch {
    return undefined;
  }
}
