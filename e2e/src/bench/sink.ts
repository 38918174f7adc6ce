import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A phone for benchmarks: a webhook that notes when each numbered page first arrived, in a thread of its own. */
export class Sink {
  private constructor(
    private readonly worker: Worker,
    readonly url: string,
    private readonly at: Float64Array,
    private readonly counts: Int32Array,
  ) {}

  /** @param run marks this run's ids, so that pages of an earlier run are not counted */
  static async start(run: string, capacity: number): Promise<Sink> {
    const arrivals = new SharedArrayBuffer(8 * capacity);
    const counters = new SharedArrayBuffer(8);
    const worker = new Worker(new URL('./sink.worker.js', import.meta.url), {
      workerData: { arrivals, counters, run },
    });
    const [port] = (await once(worker, 'message')) as [number];
    return new Sink(
      worker,
      `http://127.0.0.1:${port}/page`,
      new Float64Array(arrivals),
      new Int32Array(counters),
    );
  }

  /** Milliseconds since the epoch; undefined while the page has not come. */
  arrivedAt(number: number): number | undefined {
    const at = this.at[number];
    return at === 0 ? undefined : at;
  }
  /** Pages received, repeats included. */
  received(): number {
    return Atomics.load(this.counts, 0);
  }
  repeated(): number {
    return Atomics.load(this.counts, 1);
  }
  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
