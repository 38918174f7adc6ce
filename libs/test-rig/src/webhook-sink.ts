import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { until, type Patience } from './until.js';

export interface SunkRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As sent; signatures are over these bytes. */
  readonly body: string;
  readonly receivedAt: number;
}

export interface SinkAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Milliseconds before the answer; the request is recorded at once. */
  readonly delayMs?: number;
  /** Cuts the connection instead of answering: the sender cannot know the outcome. */
  readonly hangUp?: boolean;
}

type Answering = (request: SunkRequest, nth: number) => SinkAnswer;

/** An HTTP server that stands for any outside receiver: keeps every request and answers 204 until told otherwise. */
export class WebhookSink {
  readonly requests: SunkRequest[] = [];
  private answer: Answering = () => ({});
  private readonly server = createServer((request, response) => void this.receive(request, response));

  static async open(port = 0): Promise<WebhookSink> {
    const sink = new WebhookSink();
    sink.server.listen(port, '127.0.0.1');
    await once(sink.server, 'listening');
    return sink;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  answerWith(answer: SinkAnswer | Answering): void {
    this.answer = typeof answer === 'function' ? answer : () => answer;
  }

  /** The next `times` requests get `answer`, the ones after it 204. */
  failNext(times: number, answer: SinkAnswer = { status: 503 }): void {
    const from = this.requests.length;
    this.answer = (_, nth) => (nth < from + times ? answer : {});
  }

  /** Waits until `count` requests that `match` have come, and gives them. */
  received(
    count = 1,
    match: (request: SunkRequest) => boolean = () => true,
    patience: Patience = {},
  ): Promise<SunkRequest[]> {
    return until(
      () => {
        const found = this.requests.filter(match);
        if (found.length < count)
          throw new Error(`${String(found.length)} of ${String(count)} requests: ${JSON.stringify(found)}`);
        return found;
      },
      { for: `${String(count)} requests at ${this.url}`, ...patience },
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const nth = this.requests.length;
    const sunk: SunkRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: await text(request),
      receivedAt: Date.now(),
    };
    this.requests.push(sunk);
    const { status = 204, headers = {}, body = '', delayMs = 0, hangUp = false } = this.answer(sunk, nth);
    setTimeout(() => {
      if (hangUp) request.socket.destroy();
      else response.writeHead(status, headers).end(body);
    }, delayMs).unref();
  }
}
