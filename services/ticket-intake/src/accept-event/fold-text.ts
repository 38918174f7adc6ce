/** Longest subject of a TicketEvent, in UTF-16 units: what a case list, a mail or a notification can show. */
export const MOST_SUBJECT = 1024;
/** Longest body of a TicketEvent; the raw form is kept whole. */
export const MOST_BODY = 20_000;

/** Embedding, override and isolate controls: they can make a title read as something else. Marks of right-to-left scripts stay. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
const WHITE_SPACE = /[\s\u0085\u2028\u2029]+/g;
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;
/** More marks than any script stacks on one letter. */
const STACKED_MARKS = /(\p{M}{6})\p{M}+/gu;

/** What most texts are: printable ASCII, single spaces inside. */
const PLAIN = /^[!-~]+( [!-~]+)*$/;

/** One line: white space folded to spaces, controls removed; the text itself is left as written. */
export function foldLine(text: string, most: number): string {
  if (PLAIN.test(text) && text.length <= most) return text;
  const line = text.replace(CONTROLS, '').replace(BIDI_CONTROLS, '').replace(WHITE_SPACE, ' ').trim();
  return cut(line.replace(STACKED_MARKS, '$1'), most);
}

/** Cuts between characters, never inside a surrogate pair, and shows it by «…». */
export function cut(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${text
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
}
