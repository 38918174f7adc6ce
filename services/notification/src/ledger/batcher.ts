/** How a batcher collects. */
interface BatcherLimits {
  /** Milliseconds that the first item waits for company. */
  readonly wait: number;
  /** Most items in one write. */
  readonly most: number;
}

/**
 * Collects items for a moment and writes them together, one write at a time: a statement of a hundred rows costs
 * little more than a statement of one.
 * `write` gets the items in order; when it rejects, every item of that write rejects.
 */
export class Batcher<T, R> {
  private waiting: { item: T; resolve: (result: R) => void; reject: (error: unknown) => void }[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing = false;

  constructor(
    private readonly limits: BatcherLimits,
    private readonly write: (items: readonly T[]) => Promise<readonly R[]>,
  ) {}

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.waiting.length >= this.limits.most) this.flush();
      else if (!this.writing) this.timer ??= setTimeout(() => this.flush(), this.limits.wait);
    });
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.writing || this.waiting.length === 0) return;
    this.writing = true;
    void this.writeOut(this.waiting.splice(0, this.limits.most));
  }

  private async writeOut(batch: typeof this.waiting): Promise<void> {
    try {
      const results = await this.write(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, i) => resolve(results[i] as R));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.writing = false;
      this.flush();
    }
  }
}
