import { type Accepted, type AcceptRow, NotAccepted } from './accept-row.js';
import { SubmittedRows } from './submitted-rows.js';

export interface MicroBatcherOptions {
  /**
   * Makes the rows durable in one statement; the answers stand in the order of the rows.
   * @param slot from 0, below `connections`: no two statements under way have the same
   */
  readonly write: (rows: readonly AcceptRow[], slot: number) => Promise<readonly Accepted[]>;
  /** Statements under way at once. */
  readonly connections: number;
  /** Rows of one statement. */
  readonly most: number;
  /** Rows that may wait; beyond it cold ones are refused first, hot ones at twice as many. */
  readonly mostWaiting: number;
  /** Milliseconds after which a sender is told to come back. */
  readonly patience: number;
}

interface Waiting {
  readonly of: SubmittedRows;
  readonly at: number;
}

/**
 * Natural batching: a row goes at once when a connection is free; while all are busy rows collect and then go
 * together. Under load that makes few statements of many rows; without load it adds nothing.
 */
export class MicroBatcher {
  private readonly hot: Waiting[] = [];
  private readonly cold: Waiting[] = [];
  private readonly freeSlots: number[];
  private stopped = false;
  private whenIdle: (() => void) | undefined;

  constructor(private readonly options: MicroBatcherOptions) {
    this.freeSlots = Array.from({ length: options.connections }, (_, slot) => slot);
  }

  /** Rows that wait for a connection. */
  get waiting(): number {
    return this.hot.length + this.cold.length;
  }

  /**
   * Resolves when all rows are durable: one promise, however many they are.
   * @throws NotAccepted: the sender should come back
   */
  async submit(rows: readonly AcceptRow[]): Promise<readonly Accepted[]> {
    if (this.stopped) throw new NotAccepted('stopping');
    if (this.isFull(rows)) throw new NotAccepted('backlog');
    const submitted = new SubmittedRows(rows, this.options.patience);
    for (let at = 0; at < rows.length; at++)
      (rows[at]?.lane === 'cold' ? this.cold : this.hot).push({ of: submitted, at });
    this.flush();
    return submitted.settled;
  }

  /** Takes nothing more; resolves when what was taken has been answered. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.isIdle) return;
    await new Promise<void>((resolve) => {
      this.whenIdle = resolve;
    });
  }

  private get isIdle(): boolean {
    return this.freeSlots.length === this.options.connections;
  }

  private isFull(rows: readonly AcceptRow[]): boolean {
    const cold = rows.some(({ lane }) => lane === 'cold');
    return this.waiting >= this.options.mostWaiting * (cold ? 1 : 2);
  }

  private flush(): void {
    while (this.freeSlots.length > 0 && this.waiting > 0) {
      const taken = this.take();
      if (taken.length > 0) void this.write(taken, this.freeSlots.pop() as number);
    }
    if (this.isIdle) this.whenIdle?.();
  }

  private take(): Waiting[] {
    const hot = this.hot.splice(0, this.options.most);
    const taken = [...hot, ...this.cold.splice(0, this.options.most - hot.length)];
    // Whoever has been told to come back must not be stored behind their back.
    return taken.filter((waiting) => waiting.of.isOpen);
  }

  private async write(taken: readonly Waiting[], slot: number): Promise<void> {
    for (const { of } of taken) of.sent = true;
    try {
      const results = await this.options.write(
        taken.map(({ of, at }) => of.rows[at] as AcceptRow),
        slot,
      );
      taken.forEach(({ of, at }, position) => of.answer(at, results[position] as Accepted));
    } catch (cause) {
      const error = new NotAccepted('database', { cause, sent: true });
      for (const { of } of taken) of.fail(error);
    } finally {
      this.freeSlots.push(slot);
      this.flush();
    }
  }
}
