import type { Dispatcher } from 'undici';
import { BlockedAddress } from './guarded-connect.js';

export interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes; a longer answer is not read. */
  readonly most: number;
  /** Milliseconds from the connection to the last byte. */
  readonly within: number;
}

/** What came back, or why nothing that can be used did. */
export type Got =
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly etag: string | undefined;
      readonly lastModified: string | undefined;
      readonly text: string;
    }
  | { readonly type: 'redirect' | 'too-large' | 'timed-out' }
  /** The guard closed the way; or the fault of the connection, as a code where it has one. */
  | { readonly type: 'blocked' | 'unreachable'; readonly fault: string };

/** Reads what an address outside gives, through a guarded agent. Redirects are not followed. Never rejects. */
export async function guardedGet(agent: Dispatcher, { url, headers, most, within }: Asked): Promise<Got> {
  const { origin, pathname, search } = new URL(url);
  const deadline = AbortSignal.timeout(within);
  try {
    const answer = await agent.request({
      ...{ origin, path: pathname + search, method: 'GET', signal: deadline },
      headers: { 'user-agent': 'tocsin/1', 'accept-encoding': 'identity', ...headers },
    });
    const { statusCode: status } = answer;
    // Read in any case: a body that is left alone keeps its connection, one that is torn off errs out of anybody's hands.
    const text = await textUpTo(most, answer.body);
    if (status >= 300 && status < 400 && status !== 304) return { type: 'redirect' };
    if (text === undefined) return { type: 'too-large' };
    const one = (name: string): string | undefined => {
      const value = answer.headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    return { type: 'answer', status, etag: one('etag'), lastModified: one('last-modified'), text };
  } catch (error) {
    if (deadline.aborted) return { type: 'timed-out' };
    const blocked = blockOf(error);
    return blocked === undefined
      ? { type: 'unreachable', fault: faultOf(error) }
      : { type: 'blocked', fault: blocked.message };
  }
}

async function textUpTo(most: number, body: AsyncIterable<Buffer>): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function blockOf(error: unknown): BlockedAddress | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof BlockedAddress) return cause;
  return undefined;
}

function faultOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? code : String(message);
}
