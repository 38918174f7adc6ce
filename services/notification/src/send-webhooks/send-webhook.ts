import { BlockedAddress } from '@tocsin/connections';
import { TEST_TYPE } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { nextWebhookTry } from '@tocsin/rules';
import { childOf } from '@tocsin/runtime';
import type { Logger } from 'pino';
import type { Dispatcher } from 'undici';
import { type PostAnswer, postOnce } from '../channels/webhook/post-once.js';
import { signWebhook } from '../channels/webhook/sign-webhook.js';
import type { ClaimedWebhook } from './claim-webhooks.store.js';
import { outgoingBody } from './outgoing-body.js';
import { retryAfterSeconds } from './retry-after.js';
import { settleWebhook } from './settle-webhook.store.js';
import type { Endpoint } from './webhook-book.js';
import type { PassWebhookFailpoint } from './webhook-failpoints.js';
import type { WebhookMetrics } from './webhook-metrics.js';

interface SendParts {
  readonly db: Transactions;
  readonly agent: Dispatcher;
  readonly pass: PassWebhookFailpoint;
  readonly metrics: WebhookMetrics;
  readonly log: Logger;
  /** Where this installation is reached. */
  readonly publicUrl: () => string;
}

/** What is to be sent, to whom, and with which secrets. */
export interface Sending {
  readonly endpoint: Endpoint;
  readonly claimed: ClaimedWebhook;
  readonly secrets: readonly string[];
}

/** One request may take this long, its whole answer included. */
export const WEBHOOK_DEADLINE_MS = 15_000;

/** Sends one delivery once and writes how it ended. What fails before that is left to the lease. */
export async function sendWebhook(parts: SendParts, sending: Sending): Promise<void> {
  const { db, agent, pass, log, metrics } = parts;
  const { endpoint, claimed } = sending;
  pass('webhooks.claimed');
  const request = requestOf(sending, outgoingBody(claimed, parts.publicUrl()));
  const began = performance.now();
  const answer = await postOnce(agent, request, AbortSignal.timeout(WEBHOOK_DEADLINE_MS));
  pass('webhooks.sent');
  const at = claimed.now + (performance.now() - began);
  const status = answer.type === 'answered' ? answer.status : undefined;
  const retryAfter = answer.type === 'answered' ? retryAfterSeconds(answer.retryAfter, at) : undefined;
  const judged = nextWebhookTry({ status, retryAfter }, claimed.tries, at, Math.random());
  // A test is for whoever waits for its answer: to try it again tomorrow helps nobody.
  const isTest = claimed.type === TEST_TYPE && judged.type === 'again';
  const verdict = isTest ? ({ type: 'dead' } as const) : judged;
  const outcome = wordsOf(answer);
  pass('webhooks.before_record');
  const { fingerprint } = endpoint;
  if (!(await settleWebhook(db, { claimed, verdict, status, outcome, fingerprint }))) {
    metrics.fenced.inc();
    return;
  }
  metrics.ended(endpoint.name, verdict.type);
  const said = {
    webhook: endpoint.name,
    delivery: claimed.id,
    type: claimed.type,
    about: claimed.about,
    outcome,
  };
  if (verdict.type === 'dead')
    log.error(said, 'an outgoing webhook was not delivered and is not tried again');
  if (verdict.type === 'disable')
    log.error(said, 'an outgoing webhook is disabled: its receiver says that it is gone');
}

function requestOf({ endpoint, claimed, secrets }: Sending, body: string) {
  const seconds = Math.floor(claimed.now / 1000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'tocsin/1',
    'webhook-id': claimed.id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': secrets.map((secret) => signWebhook(secret, claimed.id, seconds, body)).join(' '),
    'idempotency-key': claimed.id,
    'tocsin-try': String(claimed.tries),
    ...(claimed.traceparent === null ? {} : { traceparent: childOf(claimed.traceparent) }),
  };
  return { url: endpoint.webhook.url, headers, body };
}

/** Never the answer itself: what a receiver says is not shown to anybody. */
function wordsOf(answer: PostAnswer): string {
  if (answer.type === 'answered') return `HTTP ${answer.status}`;
  if (answer.type === 'late')
    return answer.sent ? 'no answer before the deadline' : 'no connection before the deadline';
  const { error, sent } = answer;
  if (error instanceof BlockedAddress) return `address refused: ${error.message}`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return sent ? `no answer after the request was sent: ${code}` : `not reached: ${code}`;
}
