import { type Config, type EnrichmentTable, type Instant, VALID_FROM } from '@tocsin/contracts';

interface DatedRow {
  readonly from: Instant;
  readonly row: Readonly<Record<string, string>>;
}

/** The rows of each table by the value of its key, the newest first. */
export type TableIndex = ReadonlyMap<string, ReadonlyMap<string, readonly DatedRow[]>>;

const indexes = new WeakMap<Config, TableIndex>();

/** A table may have tens of thousands of rows, and a config never changes once read. */
export function tableIndex(config: Config): TableIndex {
  const known = indexes.get(config);
  if (known !== undefined) return known;
  const index = new Map(Object.entries(config.tables).map(([name, table]) => [name, rowsByKey(table)]));
  indexes.set(config, index);
  return index;
}

/** @returns milliseconds; undefined when the text is no date and no instant. Rows without one have always counted. */
export function validFrom(row: Readonly<Record<string, string>>): Instant | undefined {
  const text = row[VALID_FROM] ?? '';
  if (text === '') return Number.NEGATIVE_INFINITY;
  const at = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function rowsByKey({ key, rows = [] }: EnrichmentTable): Map<string, readonly DatedRow[]> {
  const byKey = new Map<string, DatedRow[]>();
  for (const row of rows) {
    const value = row[key] ?? '';
    const dated = { from: validFrom(row) ?? Number.POSITIVE_INFINITY, row };
    byKey.set(value, [...(byKey.get(value) ?? []), dated]);
  }
  return new Map([...byKey].map(([value, dated]) => [value, dated.toSorted((a, b) => b.from - a.from)]));
}
