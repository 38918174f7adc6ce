import { type Dispatcher } from 'undici';
import { childOf } from '@tocsin/runtime';
import type { Address, Channel, DeliveryOutcome, PageMessage } from '../channel.js';
import { outcomeOfError, outcomeOfStatus } from './classify-response.js';
import { signWebhook } from './sign-webhook.js';
import { webhookBody } from './webhook-body.js';

type WebhookAddress = Extract<Address, { kind: 'webhook' }>;

/** More of an answer is never read; it is not shown to anybody either. */
const ANSWER_LIMIT_BYTES = 64 * 1024;

/** Posts pages in the form of Standard Webhooks 1.0.0. */
export class WebhookChannel implements Channel<WebhookAddress> {
  constructor(private readonly agent: Dispatcher) {}

  deliver(message: PageMessage, address: WebhookAddress, signal: AbortSignal): Promise<DeliveryOutcome> {
    const url = new URL(address.url);
    const body = webhookBody(message);
    return new Promise((resolve) => {
      const answer = new Answer(resolve, signal);
      try {
        this.agent.dispatch(
          {
            origin: url.origin,
            path: url.pathname + url.search,
            method: 'POST',
            headers: headersOf(message, body, address.secret),
            body,
          },
          answer,
        );
      } catch (error) {
        answer.fail(error as Error);
      }
    });
  }
}

function headersOf(message: PageMessage, body: string, secret: string | undefined): Record<string, string> {
  const seconds = Math.floor(message.at / 1000);
  return {
    'content-type': 'application/json',
    'user-agent': 'tocsin/1',
    'webhook-id': message.key,
    'webhook-timestamp': String(seconds),
    ...(secret === undefined ? {} : { 'webhook-signature': signWebhook(secret, message.key, seconds, body) }),
    'idempotency-key': message.key,
    'tocsin-try': String(message.attempt.try),
    ...(message.repeat ? { 'tocsin-repeat': 'true' } : {}),
    ...(message.traceparent === undefined ? {} : { traceparent: childOf(message.traceparent) }),
  };
}

/** Follows one request: the first of status, error and deadline decides. */
class Answer implements Dispatcher.DispatchHandler {
  private sent = false;
  private decided = false;
  private received = 0;
  private controller: Dispatcher.DispatchController | undefined;
  private readonly onAbort = (): void => this.timeOut();

  constructor(
    private readonly resolve: (outcome: DeliveryOutcome) => void,
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
    this.decide(outcomeOfStatus(status, typeof after === 'string' ? after : undefined));
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
    this.decide(outcomeOfError(error, this.sent));
    this.signal.removeEventListener('abort', this.onAbort);
  }

  private timeOut(): void {
    this.decide(
      this.sent
        ? { type: 'unknown', reason: 'no answer before the deadline' }
        : { type: 'retryable', reason: 'no connection before the deadline' },
    );
    this.controller?.abort(new Error('deadline passed'));
  }

  private decide(outcome: DeliveryOutcome): void {
    if (this.decided) return;
    this.decided = true;
    this.resolve(outcome);
  }
}
