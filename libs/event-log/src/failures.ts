/**
 * The database could not be reached, or the connection broke before COMMIT was sent: nothing of the transaction has
 * happened. Verdict: try again later.
 */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

/**
 * The connection broke after COMMIT (or a single statement) was sent: it may have happened or not.
 * Verdict: do it again by an idempotent key, or ask; never assume either.
 */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown';
}
