/** Milliseconds that Amazon may take, and the longest text that is read. */
const PATIENCE = 3000;
const MOST_BYTES = 64 * 1024;
const HOST = /^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

/** An address of Amazon SNS itself: what a message names is fetched from nowhere else. */
export function amazonAddress(text: string | undefined): URL | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.port === '' && url.username === '' && url.password === '';
  return url.protocol === 'https:' && isPlain && HOST.test(url.hostname) ? url : undefined;
}

/** @returns the text; undefined when it could not be fetched. Redirects are not followed. Never rejects. */
export async function fetchFromAmazon(url: URL): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok || Number(answer.headers.get('content-length') ?? 0) > MOST_BYTES) return undefined;
    return (await answer.text()).slice(0, MOST_BYTES);
  } catch {
    return undefined;
  }
}
