import { describe, expect, it } from '@jest/globals';
import { fc } from '@tocsin/test-rig/worlds';
import { splitDocument } from './split-document.js';

describe('splitting a document into parts', () => {
  it('gives the document again when joined, and no part over the limit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 12, max: 64 }),
        (document, limit) => {
          const parts = splitDocument(document, limit);
          expect(parts.join('')).toBe(document);
          for (const part of parts)
            expect(Buffer.byteLength(JSON.stringify(part)) - 2).toBeLessThanOrEqual(limit);
          // A part that ends inside a surrogate pair would be destroyed on its way through UTF-8.
          expect(parts.map((part) => Buffer.from(part).toString()).join('')).toBe(document);
        },
      ),
    );
  });

  it('counts the bytes of escapes as JSON.stringify writes them', () => {
    const document = '\u0000\n\t"\\é中😀\ud800x'.repeat(50);
    for (const part of splitDocument(document, 40))
      expect(Buffer.byteLength(JSON.stringify(part)) - 2).toBeLessThanOrEqual(40);
  });

  it('keeps a small document whole', () => {
    expect(splitDocument('{"people":{}}')).toEqual(['{"people":{}}']);
  });
});
