/**
 * Rows as one JSON parameter for `json_to_recordset`: a statement of any number of rows has one text, is prepared once
 * and costs one round trip. PostgreSQL's text knows neither NUL nor half a surrogate pair.
 */
export const jsonRows = (rows: readonly object[]): string =>
  JSON.stringify(rows, (_, value: unknown) => {
    if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
    return typeof value === 'bigint' ? value.toString() : value;
  });

/** SQL for a timestamptz column as whole milliseconds, exact (numeric until the end) whatever the client's parsers. */
export const millis = (expression: string): string =>
  `floor(extract(epoch FROM ${expression}) * 1000)::float8`;

/** SQL: the database's clock, the only «now» that decisions use. Read after the locks are held. */
export const NOW = millis('event_log.tocsin_now()');

/** SQL for a parameter or column of milliseconds as timestamptz. */
export const instant = (expression: string): string => `to_timestamp((${expression}) / 1000.0)`;

/** SQL: the clock, read once per statement. Compared with a column only so: a volatile call per row uses no index. */
export const ONE_NOW = '(SELECT event_log.tocsin_now())';
