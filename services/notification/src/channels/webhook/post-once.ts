import type { Dispatcher } from 'undici';

/** One POST that is ready to leave. */
export interface Posted {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The first of status, error and deadline. `sent`: some of the request had been written, so it may have arrived. */
export type PostAnswer =
  | { readonly type: 'answered'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly type: 'broke'; readonly error: Error; readonly sent: boolean }
  | { readonly type: 'late'; readonly sent: boolean };

/** More of an answer is never read; it is not shown to anybody either. */
const ANSWER_LIMIT_BYTES = 64 * 1024;

/** Posts once and follows no redirect. Never rejects. @param signal the deadline of the whole exchange */
export function postOnce(
  agent: Dispatcher,
  { url, headers, body }: Posted,
  signal: AbortSignal,
): Promise<PostAnswer> {
  return new Promise((resolve) => {
    const answer = new Answer(resolve, signal);
    try {
      const { origin, pathname, search } = new URL(url);
      agent.dispatch(
        { origin, path: pathname + search, method: 'POST', headers: { ...headers }, body },
        answer,
      );
    } catch (error) {
      answer.fail(error as Error);
    }
  });
}

class Answer implements Dispatcher.DispatchHandler {
  private sent = false;
  private decided = false;
  private received = 0;
  private controller: Dispatcher.DispatchController | undefined;
  private readonly onAbort = (): void => this.timeOut();

  constructor(
    private readonly resolve: (answer: PostAnswer) => void,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Called when the request is about to be written to a connected socket: from here on it may have arrived.
    this.sent = true;
    if (this.decided) controller.abort(new Error('deadline passed'));
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    const after = headers['retry-after'];
    this.decide({ type: 'answered', status, retryAfter: typeof after === 'string' ? after : undefined });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.received += chunk.length;
    if (this.received > ANSWER_LIMIT_BYTES) controller.abort(new Error('answer too long'));
  }

  onResponseEnd(): void {
    this.signal.removeEventListener('abort', this.onAbort);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  fail(error: Error): void {
    this.decide({ type: 'broke', error, sent: this.sent });
    this.signal.removeEventListener('abort', this.onAbort);
  }

  private timeOut(): void {
    this.decide({ type: 'late', sent: this.sent });
    this.controller?.abort(new Error('deadline passed'));
  }

  private decide(answer: PostAnswer): void {
    if (this.decided) return;
    this.decided = true;
    this.resolve(answer);
  }
}
