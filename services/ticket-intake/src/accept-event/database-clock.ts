/**
 * The database's clock as this process last saw it: every accepted batch brings the database's time along, and
 * between two sightings the process's own monotonic clock goes on from there.
 */
export class DatabaseClock {
  private seenAt = performance.now();
  private seen = Date.now();

  /** @param now milliseconds since 1970, from the database */
  saw(now: number): void {
    this.seen = now;
    this.seenAt = performance.now();
  }

  /** Milliseconds since 1970. */
  now(): number {
    return Math.round(this.seen + performance.now() - this.seenAt);
  }
}
