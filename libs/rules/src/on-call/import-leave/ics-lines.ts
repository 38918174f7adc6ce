/** A content line of RFC 5545 after unfolding. */
export interface IcsLine {
  /** Where it begins in the file, 1 is the first. */
  readonly line: number;
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly value: string;
}

/** The lines of a calendar, unfolded; names in capitals. What has no colon has an empty name. */
export function icsLines(text: string): IcsLine[] {
  const lines: { line: number; text: string }[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(raw) && last !== undefined) last.text += raw.slice(1);
    else if (raw.trim() !== '') lines.push({ line: index + 1, text: raw });
  }
  return lines.map(({ line, text: whole }) => ({ line, ...partsOf(whole) }));
}

/** `NAME;PARAM="quoted: value":VALUE`: a colon or semicolon within quotes is none. */
function partsOf(text: string): Omit<IcsLine, 'line'> {
  const [, head, value = ''] = /^((?:[^":]|"[^"]*")*):(.*)$/s.exec(text) ?? [];
  if (head === undefined) return { name: '', params: {}, value: text };
  const [name = '', ...params] = head.match(/(?:[^";]|"[^"]*")+/g) ?? [];
  return {
    name: name.toUpperCase(),
    params: Object.fromEntries(
      params.map((param) => {
        const [key = '', ...rest] = param.split('=');
        return [key.toUpperCase(), rest.join('=').replaceAll('"', '')];
      }),
    ),
    value,
  };
}

/** A text as it was meant (RFC 5545 3.3.11). */
export const unescaped = (value: string): string =>
  value.replaceAll(/\\([\\;,nN])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character));
