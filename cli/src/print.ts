import { renderYaml } from '@tocsin/config-files';
import { Counterfactual, type Language, Texts } from '@tocsin/contracts';
import type { Format } from './settings.js';

type Row = Readonly<Record<string, unknown>>;

/** Columns of a table: heading → member, dotted for inner ones. */
export type Columns = Readonly<Record<string, string>>;

/**
 * Prints one value or a list in the chosen format. JSON and YAML carry everything, a table the given columns, and of
 * texts in several languages the reader's.
 */
export function print(value: unknown, format: Format, language: Language, columns?: Columns): string {
  if (format === 'json') return `${JSON.stringify(value, undefined, 2)}\n`;
  if (format === 'yaml') return renderYaml(value);
  const read = inLanguage(value, language);
  if (Array.isArray(read)) return table(read as Row[], columns ?? {});
  return record(read as Row);
}

const OneText = Texts.strict();

/** Every text as the reader's language has it, in place of all of them; a counterfactual as its one sentence. */
function inLanguage(value: unknown, language: Language): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => inLanguage(each, language));
  const texts = OneText.safeParse(value);
  if (texts.success) return texts.data[language];
  const counterfactual = Counterfactual.safeParse(value);
  if (counterfactual.success) return counterfactual.data.text[language];
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, inLanguage(inner, language)]),
  );
}

function table(rows: readonly Row[], columns: Columns): string {
  const headings = Object.keys(columns);
  const cells = rows.map((row) => Object.values(columns).map((path) => cell(memberOf(row, path))));
  const lines = [headings, ...cells];
  const widths = headings.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index] ?? ''))));
  return lines
    .map(
      (line) =>
        `${line
          .map((text, index) => pad(text, widths[index] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Names and values, one in a line; a list of objects stands below them as a table of its own. */
function record(value: Row): string {
  const members = flatten('', value);
  const pairs = members.flatMap(([name, member]) => (isList(member) ? [] : [[name, cell(member)] as const]));
  const width = Math.max(0, ...pairs.map(([name]) => widthOf(name)));
  const lines = pairs.map(([name, text]) => `${`${pad(name, width)}  ${text}`.trimEnd()}\n`);
  const lists = members.flatMap(([name, member]) =>
    isList(member) ? [`${name}:\n${table(member, columnsOf(member))}`] : [],
  );
  return [...lines, ...lists].join('');
}

const isList = (value: unknown): value is readonly Row[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((each) => typeof each === 'object' && each !== null);

/** All that any of the rows has, in the order in which it comes. */
const columnsOf = (rows: readonly Row[]): Columns =>
  Object.fromEntries(rows.flatMap((row) => flatten('', row).map(([path]) => [path.toUpperCase(), path])));

function flatten(prefix: string, value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[prefix, value]];
  return Object.entries(value).flatMap(([name, inner]) =>
    flatten(prefix === '' ? name : `${prefix}.${name}`, inner),
  );
}

const memberOf = (row: Row, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Row | undefined | null)?.[name], row);

/** One line of plain text: what others wrote must not move the cursor or break the table. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return cell(value.join(', '));
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns on a terminal: Chinese characters take two (Unicode TR11, wide). */
const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0);

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
