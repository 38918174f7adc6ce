/** Bytes of UTF-8 in one part: Kafka's default limit is 1 MB, and JSON in JSON may double the text's quotes. */
export const PART_BYTES = 512 * 1024;

/** \b \t \n \f \r */
const SHORT_ESCAPES = new Set([8, 9, 10, 12, 13]);

/**
 * Cuts a document into parts whose text, escaped as a JSON string, is at most `limit` bytes of UTF-8. Cut between
 * characters, never inside one; joined they are the document.
 */
export function splitDocument(document: string, limit = PART_BYTES): string[] {
  const parts: string[] = [];
  let from = 0;
  let bytes = 0;
  let index = 0;
  for (const character of document) {
    const size = escapedBytes(character.codePointAt(0) ?? 0);
    if (bytes + size > limit && index > from) {
      parts.push(document.slice(from, index));
      from = index;
      bytes = 0;
    }
    bytes += size;
    index += character.length;
  }
  return [...parts, document.slice(from)];
}

/** Bytes of UTF-8 of one character inside a JSON string, as JSON.stringify escapes it. */
function escapedBytes(code: number): number {
  if (code < 0x20) return SHORT_ESCAPES.has(code) ? 2 : 6;
  if (code < 0x80) return code === 0x22 || code === 0x5c ? 2 : 1;
  if (code < 0x800) return 2;
  if (code > 0xffff) return 4;
  return code >= 0xd800 && code <= 0xdfff ? 6 : 3;
}
