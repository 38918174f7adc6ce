/** A start that cannot go on for a reason that a person can cure: the message is one line with the cure. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';

  constructor(
    message: string,
    /** Last lines of the process that failed, oldest first. */
    readonly details: readonly string[] = [],
  ) {
    super(message);
  }
}
