/** Documented in `tocsin --help`. */
export const EXIT = {
  done: 0,
  /** The server understood and said no, `doctor` found something not ready, or `lint --strict` has warnings. */
  refused: 1,
  usage: 2,
  /** Faults in the config, or the server cannot be reached or failed. */
  failed: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command: what to say on standard error, and the exit code. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(
    readonly exit: ExitCode,
    message: string,
  ) {
    super(message);
  }
}
