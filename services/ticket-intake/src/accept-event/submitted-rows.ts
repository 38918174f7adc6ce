import { type Accepted, type AcceptRow, NotAccepted } from './accept-row.js';

/** The rows of one request and the one promise that waits for all of them. */
export class SubmittedRows {
  readonly settled: Promise<readonly Accepted[]>;
  isOpen = true;
  /** A statement with some of the rows was sent. */
  sent = false;
  private readonly results: Accepted[];
  private missing: number;
  private readonly timer: NodeJS.Timeout;
  private resolve: (results: readonly Accepted[]) => void = () => undefined;
  private reject: (error: NotAccepted) => void = () => undefined;

  /** @param patience milliseconds until the sender is told to come back */
  constructor(
    readonly rows: readonly AcceptRow[],
    patience: number,
  ) {
    this.results = new Array<Accepted>(rows.length);
    this.missing = rows.length;
    this.settled = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.timer = setTimeout(() => {
      this.fail(new NotAccepted('slow', { sent: this.sent }));
    }, patience).unref();
    if (rows.length === 0) this.close(() => this.resolve([]));
  }

  answer(at: number, result: Accepted): void {
    this.results[at] = result;
    this.missing--;
    if (this.missing === 0) this.close(() => this.resolve(this.results));
  }

  fail(error: NotAccepted): void {
    this.close(() => this.reject(error));
  }

  private close(settle: () => void): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    clearTimeout(this.timer);
    settle();
  }
}
