/** A start that failed for a reason that a person can cure: the message is one line that ends with the cure. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    message: string,
    /** Last lines of the server's log, oldest first. */
    readonly serverLog: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
