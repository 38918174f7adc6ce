/**
 * Some work every so often, never twice at once: a round that takes longer swallows the beats that it misses.
 * `work` must not reject; what it cannot do it logs, and tries again in the next round.
 */
export class Repeated {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;

  constructor(
    private readonly everyMs: number,
    private readonly work: () => Promise<void>,
  ) {}

  /** The first round comes after `everyMs`. */
  start(): Promise<void> {
    this.timer = setInterval(() => {
      this.round ??= this.work().finally(() => {
        this.round = undefined;
      });
    }, this.everyMs);
    return Promise.resolve();
  }

  /** Lets the round at work come to its end. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }
}
