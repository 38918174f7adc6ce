import { isUtf8 } from 'node:buffer';
import type { IntakeMessage } from '@tocsin/contracts';
import { KIB } from '../sources/mapping-pack.js';
import { placeOfFault } from './place-in-json.js';
import { bounded, type ParsedBody, parseText } from './parse-body.js';

/** Events of one batch; one more and nothing of it is stored. */
export const MOST_LINES = 10_000;
const MOST_LINE_BYTES = 256 * KIB;

/** One line of a batch: parsed, or why it cannot be. `line` counts from 1, empty lines included. */
export interface BatchLine {
  readonly line: number;
  readonly raw: string;
  readonly parsed: ParsedBody;
}

export type BatchLines =
  | { readonly ok: true; readonly lines: readonly BatchLine[] }
  | {
      readonly ok: false;
      readonly message: IntakeMessage;
      readonly facts: Readonly<Record<string, string | number>>;
    };

/** @param mostKeys members of one event */
export function linesOf(body: Buffer, isArray: boolean, mostKeys: number): BatchLines {
  return isArray ? arrayItems(body, mostKeys) : ndjsonLines(body, mostKeys);
}

function arrayItems(body: Buffer, mostKeys: number): BatchLines {
  const refused = (message: IntakeMessage, facts = {}): BatchLines => ({ ok: false, message, facts });
  if (!isUtf8(body)) return refused('notUtf8');
  const text = body.toString('utf8');
  let items: unknown;
  try {
    items = JSON.parse(text);
  } catch (error) {
    return refused('notJson', placeOfFault(text, error));
  }
  if (!Array.isArray(items)) return refused('notArray');
  if (items.length > MOST_LINES) return refused('tooManyLines', { lines: MOST_LINES });
  return { ok: true, lines: items.map((item, at) => arrayLine(item, at + 1, mostKeys)) };
}

function arrayLine(item: unknown, line: number, mostKeys: number): BatchLine {
  const parsed = bounded(item, mostKeys);
  const raw = parsed.ok ? JSON.stringify(parsed.value) : '';
  return { line, raw, parsed: tooLong(raw) ?? parsed };
}

function ndjsonLines(body: Buffer, mostKeys: number): BatchLines {
  const wholeIsUtf8 = isUtf8(body);
  const lines: BatchLine[] = [];
  let line = 0;
  for (let from = 0; from < body.length; ) {
    const end = body.indexOf(0x0a, from);
    const bytes = body.subarray(from, end < 0 ? body.length : end);
    from += bytes.length + 1;
    line++;
    if (isBlank(bytes)) continue;
    if (lines.length === MOST_LINES)
      return { ok: false, message: 'tooManyLines', facts: { lines: MOST_LINES } };
    lines.push(
      wholeIsUtf8 || isUtf8(bytes)
        ? ndjsonLine(bytes.toString('utf8').trim(), line, mostKeys)
        : notUtf8(line),
    );
  }
  return { ok: true, lines };
}

const isBlank = (bytes: Buffer): boolean => bytes.length < 8 && bytes.toString('latin1').trim() === '';

const notUtf8 = (line: number): BatchLine => ({
  line,
  raw: '',
  parsed: { ok: false, message: 'notUtf8', facts: {} },
});

const ndjsonLine = (raw: string, line: number, mostKeys: number): BatchLine => ({
  line,
  raw,
  parsed: tooLong(raw) ?? parseText(raw, mostKeys),
});

function tooLong(raw: string): ParsedBody | undefined {
  // Only long texts are measured: a UTF-16 unit is at most three bytes of UTF-8.
  const isLong = raw.length * 3 > MOST_LINE_BYTES && Buffer.byteLength(raw) > MOST_LINE_BYTES;
  return isLong ? { ok: false, message: 'tooLarge', facts: { bytes: MOST_LINE_BYTES } } : undefined;
}
