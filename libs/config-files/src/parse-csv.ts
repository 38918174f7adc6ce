/** A CSV's first line, and what follows it by the names that stand there. Lines count from 1. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly row: Readonly<Record<string, string>> }[];
}

export type CsvResult =
  | { readonly ok: true; readonly table: CsvTable }
  | { readonly ok: false; readonly line: number; readonly message: string };

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads CSV by RFC 4180: commas, quoted cells with doubled quotes inside, LF or CRLF, a byte order mark is skipped.
 * Cells outside quotes lose the spaces around them; empty lines are passed over.
 * @returns the table, or the first line that is not one, with its cure
 */
export function parseCsv(text: string): CsvResult {
  const records: CsvRecord[] = [];
  const fault = readRecords(text.replace(/^\uFEFF/, ''), records);
  if (fault !== undefined) return { ok: false, ...fault };
  const [head, ...body] = records;
  if (head === undefined)
    return { ok: false, line: 1, message: 'is empty; its first line names the columns' };
  const columns = head.cells;
  const doubled = columns.find((name, i) => columns.indexOf(name) < i);
  if (doubled !== undefined)
    return { ok: false, line: head.line, message: `column «${doubled}» stands twice; keep one` };
  const ragged = body.find(({ cells }) => cells.length !== columns.length);
  if (ragged !== undefined) {
    const message = `has ${ragged.cells.length} cells, and the first line names ${columns.length} columns; put text with commas in quotes`;
    return { ok: false, line: ragged.line, message };
  }
  const rows = body.map(({ line, cells }) => ({
    line,
    row: Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? ''])),
  }));
  return { ok: true, table: { columns, rows } };
}

/** One cell, quoted or plain, and what ends it. */
const CELL = /[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

function readRecords(text: string, records: CsvRecord[]): { line: number; message: string } | undefined {
  let [line, start] = [1, 1];
  let cells: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < text.length || cells.length > 0) {
    const found = CELL.exec(text);
    if (found === null)
      return { line, message: 'has a quote that does not end its cell; double it inside quotes' };
    const [whole, quoted, plain = '', end = ''] = found;
    cells.push(quoted === undefined ? plain.trimEnd() : quoted.replaceAll('""', '"'));
    line += whole.split('\n').length - 1;
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells });
    cells = [];
    start = line;
  }
  return undefined;
}
