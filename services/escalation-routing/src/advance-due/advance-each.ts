/** Due rows in one transaction: few round trips, and locks held for tens of milliseconds. */
export const MOST_AT_ONCE = 200;

/** Seconds for which a row that cannot be advanced is put off, so that it cannot hold up the others. */
export const PUT_OFF_SECONDS = 30;

interface OneByOne<Row> {
  /** Claims and advances one due row in a transaction of its own; calls `claimed` as soon as it is locked. */
  readonly advance: (claimed: (row: Row) => void) => Promise<void>;
  /** The claimed row cannot be advanced. */
  readonly failed: (row: Row, err: unknown) => Promise<void>;
}

/**
 * Advances due rows one by one, until none is left or `MOST_AT_ONCE` were tried.
 * @returns how many were tried
 * @throws what failed before a row was claimed
 */
export async function advanceEach<Row>({ advance, failed }: OneByOne<Row>): Promise<number> {
  for (let tried = 0; tried < MOST_AT_ONCE; tried++) {
    const rows: Row[] = [];
    try {
      await advance((row) => rows.push(row));
    } catch (err) {
      const [row] = rows;
      if (row === undefined) throw err;
      await failed(row, err);
    }
    if (rows.length === 0) return tried;
  }
  return MOST_AT_ONCE;
}
