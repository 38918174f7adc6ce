import type { Dispatcher } from 'undici';
import { childOf } from '@tocsin/runtime';
import type { Address, Channel, DeliveryOutcome, PageMessage } from '../channel.js';
import { outcomeOfError, outcomeOfStatus } from './classify-response.js';
import { type PostAnswer, postOnce } from './post-once.js';
import { signWebhook } from './sign-webhook.js';
import { webhookBody } from './webhook-body.js';

type WebhookAddress = Extract<Address, { kind: 'webhook' }>;

/** Posts pages in the form of Standard Webhooks 1.0.0. */
export class WebhookChannel implements Channel<WebhookAddress> {
  constructor(private readonly agent: Dispatcher) {}

  async deliver(
    message: PageMessage,
    { url, secret }: WebhookAddress,
    signal: AbortSignal,
  ): Promise<DeliveryOutcome> {
    const body = webhookBody(message);
    return outcomeOf(
      await postOnce(this.agent, { url, headers: headersOf(message, body, secret), body }, signal),
    );
  }
}

function outcomeOf(answer: PostAnswer): DeliveryOutcome {
  switch (answer.type) {
    case 'answered':
      return outcomeOfStatus(answer.status, answer.retryAfter);
    case 'broke':
      return outcomeOfError(answer.error, answer.sent);
    case 'late':
      return answer.sent
        ? { type: 'unknown', reason: 'no answer before the deadline' }
        : { type: 'retryable', reason: 'no connection before the deadline' };
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
