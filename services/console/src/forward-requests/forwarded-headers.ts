import type { IncomingHttpHeaders } from 'node:http';

/** RFC 9110 7.6.1: about one connection, not about the message. `expect` was answered by our own server already. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

interface Asked {
  /** Alternating names and values as they came, doubled ones included: signatures may cover them. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string | undefined;
}

/** The request's headers for the service behind: as they came, without hop-by-hop ones, and with who asked. */
export function requestHeaders({ rawHeaders, headers, remoteAddress }: Asked): string[] {
  const dropped = new Set([
    ...HOP_BY_HOP,
    ...namedIn(headers.connection),
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
  ]);
  const kept: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!dropped.has(name.toLowerCase())) kept.push(name, rawHeaders[index + 1] ?? '');
  }
  const chain = [headers['x-forwarded-for'], remoteAddress]
    .flat()
    .filter((hop) => hop !== undefined && hop !== '');
  kept.push('x-forwarded-for', chain.join(', '));
  kept.push('x-forwarded-proto', String(headers['x-forwarded-proto'] ?? 'http'));
  const host = headers['x-forwarded-host'] ?? headers.host;
  if (host !== undefined) kept.push('x-forwarded-host', String(host));
  return kept;
}

/** The answer's headers for the caller, without hop-by-hop ones. */
export function answerHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const dropped = new Set([...HOP_BY_HOP, ...namedIn(headers.connection)]);
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !dropped.has(name)) kept[name] = value;
  return kept;
}

const namedIn = (connection: string | undefined): string[] =>
  (connection ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
