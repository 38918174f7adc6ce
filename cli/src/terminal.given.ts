import { runCommand } from './program.js';

interface Call {
  readonly method: string | undefined;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
  /** That was asked for where it is not English. */
  readonly language?: string;
}

function saidIn(headers: Headers): Pick<Call, 'ifMatch' | 'idempotencyKey' | 'language'> {
  const ifMatch = headers.get('if-match');
  const idempotencyKey = headers.get('idempotency-key');
  const language = headers.get('accept-language') ?? 'none';
  return {
    ...(ifMatch === null ? {} : { ifMatch }),
    ...(idempotencyKey === null ? {} : { idempotencyKey }),
    ...(language === 'en' ? {} : { language }),
  };
}

/** A terminal and a server that answers every call the same way. */
export function given(answer: () => Response, env: Record<string, string> = {}) {
  const calls: Call[] = [];
  let [out, err] = ['', ''];
  const run = (...args: string[]) =>
    runCommand(args, {
      env,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      now: () => Date.parse('2026-11-23T01:00:00Z'),
      stdin: () => Promise.resolve('{"id":"1"}'),
      fetch: (url, init) => {
        const headers = new Headers(init?.headers);
        calls.push({
          method: init?.method,
          url: url as string,
          authorization: headers.get('authorization') ?? undefined,
          ...saidIn(headers),
          body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
        });
        return new Promise((resolve) => {
          resolve(answer());
        });
      },
    });
  return { run, calls, out: () => out, err: () => err };
}

export const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });
