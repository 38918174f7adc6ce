/** A start that failed for a reason that a person can cure: the message is one line that ends with the cure. */
export class EmbeddedPostgresError extends Error {
  override readonly name: string = 'EmbeddedPostgresError';

  constructor(
    message: string,
    /** Last lines of the server's log, oldest first. */
    readonly serverLog: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Another program listens on the port. */
export class PortTaken extends EmbeddedPostgresError {
  override readonly name = 'PortTaken';

  constructor(port: number, serverLog: readonly string[] = []) {
    super(`Port ${port} of PostgreSQL is taken by another program: stop it.`, serverLog);
  }
}
