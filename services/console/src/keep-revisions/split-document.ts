/** Bytes of UTF-8 in one part: Kafka's default limit is 1 MB, and JSON in JSON may double the text's quotes. */
export const PART_BYTES = 512 * 1024;

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
    const size = Buffer.byteLength(JSON.stringify(character)) - 2;
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
