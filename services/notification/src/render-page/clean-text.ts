/** Bidi marks, embeddings, overrides and isolates (UAX 9), and invisible separators: they make a text look like another. */
const HIDDEN = /[\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;
const CONTROLS = /[\u0000-\u001F\u007F-\u009F]+/gu;
const LONE_SURROGATES = /\p{Surrogate}/gu;
/** Three marks cover every living script; more is a tower that hides the lines around it. */
const MARKS = /(\p{M}{3})\p{M}+/gu;

/**
 * Foreign text as one safe line: no control characters (so no forged lines, no terminal escapes, no mail headers), no
 * bidi tricks, at most three combining marks in a row. What can be read stays as it is.
 * @param limit most UTF-16 units; cut with «…»
 */
export function cleanText(text: string, limit = 500): string {
  const clean = text
    .slice(0, limit * 4)
    .replaceAll(HIDDEN, '')
    .replaceAll(CONTROLS, ' ')
    .replaceAll(LONE_SURROGATES, '\uFFFD')
    .replaceAll(MARKS, '$1')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return clean.length <= limit ? clean : `${clean.slice(0, limit - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
