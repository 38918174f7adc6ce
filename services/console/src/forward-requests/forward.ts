import type { Readable } from 'node:stream';
import { ProblemError } from '@tocsin/runtime';
import type { Dispatcher } from 'undici';
import type { Replica, Replicas } from './replicas.js';

export interface Forwarded {
  readonly method: string;
  /** Path and query, as they came. */
  readonly path: string;
  readonly headers: string[];
  /** The raw body; undefined when there is none. */
  readonly body: Readable | undefined;
  readonly signal: AbortSignal;
}

type Answer = Dispatcher.ResponseData;

/** The connection was never made, so the replica has seen nothing. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Methods that can be sent twice without harm (RFC 9110 9.2.1). */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Sends a request to one replica after the other until one answers. The next one is tried only while nothing can have
 * been received: no connection, or a safe method without a body. An event is so never sent twice by us.
 * @throws ProblemError 503 when no replica can be reached, 502 when one broke off, 504 when it kept silent
 */
export async function forward(service: string, replicas: Replicas, request: Forwarded): Promise<Answer> {
  for (const replica of replicas.inTurn()) {
    const tried = await tryOne(replica, request);
    if ('answer' in tried) return tried.answer;
    replicas.rest(replica);
    if (!tried.unreached && !(SAFE.has(request.method) && request.body === undefined))
      throw brokenOff(service, tried.code);
  }
  throw new ProblemError(503, 'No replica answers', {
    detail: `${service} cannot be reached right now. Nothing was stored; send the same request again.`,
    headers: { 'retry-after': '1' },
  });
}

async function tryOne(
  { pool }: Replica,
  { method, path, headers, body, signal }: Forwarded,
): Promise<{ answer: Answer } | { unreached: boolean; code: string }> {
  const sending = body === undefined ? undefined : new LazyBody(body);
  try {
    const answer = await pool.request({
      method: method,
      path,
      headers,
      signal,
      ...(sending === undefined ? {} : { body: sending as unknown as Readable }),
    });
    return { answer };
  } catch (error) {
    // Nobody reads this answer; the status is for the log only.
    if (signal.aborted) throw new ProblemError(499, 'The caller went away');
    const code = codeOf(error);
    return { unreached: NOT_CONNECTED.has(code) && sending?.begun !== true, code };
  }
}

/**
 * A body that is read from its stream only when the connection stands. undici destroys a stream that it was given
 * when it cannot connect; the next replica would then get half a body.
 */
class LazyBody implements AsyncIterable<Uint8Array> {
  begun = false;

  constructor(private readonly stream: Readable) {}

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    this.begun = true;
    return this.stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  }
}

function brokenOff(service: string, code: string): ProblemError {
  const timedOut = code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
  return new ProblemError(
    timedOut ? 504 : 502,
    timedOut ? 'The service did not answer in time' : 'The service broke off',
    {
      detail: `${service} was lost while it worked on this request; whether it is done is not known. Send the same request again: the same id takes effect once.`,
      headers: { 'retry-after': '1' },
    },
  );
}

/** By shape, not by class: Node's own errors may come from another realm than ours (jest's, a worker's). */
function codeOf(error: unknown): string {
  const { code, cause, errors } = (error ?? {}) as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  const inner = Array.isArray(errors) ? (errors[0] as unknown) : cause;
  return inner === undefined ? 'unknown' : codeOf(inner);
}
