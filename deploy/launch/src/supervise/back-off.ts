const FIRST_MS = 200;
const LONGEST_MS = 5_000;
/** A process that lived this long was well: its next death is a new one. */
const WELL_MS = 10_000;

/** How long to wait before the next start: 0.2 s, doubling to 5 s while starts keep failing early. */
export class BackOff {
  private failures = 0;

  next(livedMs: number): number {
    if (livedMs >= WELL_MS) this.failures = 0;
    const wait = Math.min(FIRST_MS * 2 ** this.failures, LONGEST_MS);
    this.failures += 1;
    return wait;
  }
}
