import pg from 'pg';

export interface OpenDatabase {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Looks into the database of a running system, as a drill or a story does from outside. */
export async function openDatabase(url: string): Promise<OpenDatabase> {
  const client = new pg.Client({ connectionString: url });
  // The server under trial may be killed while we look.
  client.on('error', () => undefined);
  await client.connect();
  return {
    query: async (sql, values) => (await client.query(sql, values)).rows as never,
    close: () => client.end(),
  };
}
