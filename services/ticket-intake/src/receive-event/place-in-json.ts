import { type ParseError, parse } from 'jsonc-parser';

/** Both count from 1; columns in characters of UTF-16. */
export interface PlaceInJson {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a text stops being JSON. V8 tells the place of some faults only, and quotes the body, which must not go into
 * an answer; the second parser is asked where V8 is silent.
 * @param error what `JSON.parse` threw for this text
 */
export function placeOfFault(text: string, error: unknown): PlaceInJson {
  const told = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return placeAt(text, told === undefined ? searched(text) : Number(told));
}

function searched(text: string): number {
  const faults: ParseError[] = [];
  try {
    parse(text, faults, { disallowComments: true });
  } catch {
    // Nested so deep that the parser's stack ends: the place is where the text ends, for V8 itself got that far.
    return text.length;
  }
  return faults[0]?.offset ?? text.length;
}

function placeAt(text: string, offset: number): PlaceInJson {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}
