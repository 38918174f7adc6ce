import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { KEY, SIGNING_SECRET } from '../intake.rig.js';

/** One line of `security/bad-inputs.jsonl`, as far as it speaks of intake. */
export interface BadInput {
  readonly id: string;
  readonly target: string;
  readonly req: {
    readonly body?: Json;
    readonly body_raw?: string;
    readonly body_b64?: string;
    readonly body_gen?: Generated;
    readonly headers?: Readonly<Record<string, string | null>>;
    readonly transport?: { readonly kind: string };
    readonly sequence?: readonly Json[];
    readonly replay_of?: string;
  };
  readonly expect: { readonly status: readonly (number | string)[]; readonly inv: readonly string[] };
  readonly why: string;
}

type Json = Readonly<Record<string, unknown>>;
interface Generated {
  readonly kind: string;
  readonly of?: string;
  readonly field: string;
  readonly char: string;
  readonly len: number;
  readonly suffix?: string;
  readonly depth: number;
  readonly count: number;
  readonly inflated_bytes: number;
}

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** Member names of the lines and ours. */
const NAMES: Readonly<Record<string, string>> = {
  eventId: 'id',
  ticketId: 'key',
  title: 'subject',
  priority: 'severity',
  description: 'body',
  url: 'link',
};

const SHARED_ID = '01J00000000000000000000001';
const WHOLE: Json = {
  eventId: 'ev',
  type: 'ticket.created',
  ticketId: 'T-1',
  title: 'db down',
  priority: 'P1',
};

const adapted = (body: Json): Json =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      NAMES[name] ?? name,
      value === '$now' ? new Date().toISOString() : value,
    ]),
  );

/** Raw bodies are renamed as text: what makes them bad must not pass through a parser here. */
const renamed = (raw: string): string =>
  Object.entries(NAMES).reduce((text, [theirs, ours]) => text.replaceAll(`"${theirs}"`, `"${ours}"`), raw);

/** The requests of a line, in their order; `unique` keeps lines from being repeats of each other. */
export function requestsOf(line: BadInput, unique: string): WireRequest[] {
  const { sequence, replay_of: replay } = line.req;
  if (sequence !== undefined)
    return sequence.map((body) => ({ ...plain(line), body: json({ ...body, eventId: unique }) }));
  if (replay !== undefined) return replayOf(line, replay, unique);
  const body = bodyOf(line, unique);
  return [isSigned(line) ? signedAs(line, body) : { ...plain(line), body }];
}

const json = (body: Json): string => JSON.stringify(adapted(body));

function bodyOf({ req }: BadInput, unique: string): string | Uint8Array {
  if (req.body_raw !== undefined) return renamed(req.body_raw);
  if (req.body_b64 !== undefined) return Buffer.from(req.body_b64, 'base64');
  if (req.body_gen !== undefined) return generated(req.body_gen, unique);
  const { eventId, ...rest } = req.body ?? {};
  // The lines share one well-formed id; an id that is itself the bad input stays as it is.
  return json({
    ...rest,
    ...(eventId === undefined ? {} : { eventId: eventId === SHARED_ID ? unique : eventId }),
  });
}

const MILLION = 1_000_000;

function generated(gen: Generated, unique: string): string | Uint8Array {
  switch (gen.kind) {
    case 'json_string_field':
      return json({ ...WHOLE, eventId: unique, [gen.field]: gen.char.repeat(gen.len) + (gen.suffix ?? '') });
    case 'gzip_of_zeros': {
      // gzip members may follow each other: the bomb is cheap to make.
      const member = gzipSync(Buffer.alloc(10 * MILLION));
      return Buffer.concat(Array.from({ length: gen.inflated_bytes / (10 * MILLION) }, () => member));
    }
    case 'nested_arrays':
      return `{"id":"${unique}","type":"ticket.created","key":"T-1","subject":"s","${gen.field}":${'['.repeat(gen.depth)}${']'.repeat(gen.depth)}}`;
    case 'array_of_events':
      return `[${Array.from({ length: gen.count }, (_, n) => json({ ...WHOLE, eventId: `${unique}-${n}` })).join(',')}]`;
    default:
      throw new Error(`a body of kind ${gen.kind} is not known to this adapter`);
  }
}

function plain(line: BadInput): Omit<WireRequest, 'body'> {
  const headers: Record<string, string> = { authorization: `Bearer ${KEY}` };
  for (const [name, value] of Object.entries(line.req.headers ?? {}))
    if (value !== null) headers[name] = value.replace('$jwt_alg_none', 'eyJhbGciOiJub25lIn0.e30.');
  const batch = line.target.endsWith('/batch') ? ':batch' : '';
  return { path: `/v1/sources/demo/events${batch}`, headers };
}

const isSigned = ({ req }: BadInput): boolean =>
  Object.keys(req.headers ?? {}).some((name) => name.includes('x-signature'));

const signatureOf = (id: string, at: number, body: string | Uint8Array): string =>
  createHmac('sha256', Buffer.from(SIGNING_SECRET.slice('whsec_'.length), 'base64'))
    .update(`${id}.${at}.`)
    .update(body)
    .digest('base64');

/** The same line for a source that signs: their two headers are Standard Webhooks' three. */
function signedAs({ req }: BadInput, body: string | Uint8Array): WireRequest {
  const now = Math.floor(Date.now() / 1000);
  const shift = Number(/\$now\+(\d+)/.exec(req.headers?.['x-timestamp'] ?? '')?.[1] ?? 0);
  const good = signatureOf('msg_1', now + shift, body);
  const given = req.headers?.['x-signature'];
  const signature = given
    ?.replace('$valid', `v1,${good}`)
    .replace('$good', good)
    .replace('$bad', Buffer.alloc(32).toString('base64'));
  return {
    path: '/v1/sources/signed/events',
    body,
    headers: {
      authorization: '',
      ...(signature === undefined
        ? {}
        : {
            'webhook-id': 'msg_1',
            'webhook-timestamp': String(now + shift),
            'webhook-signature': signature,
          }),
    },
  };
}

function replayOf(line: BadInput, replay: string, unique: string): WireRequest[] {
  const body = json({ ...line.req.body, eventId: unique });
  const [, count = '0', unit] = /(\d+) (min|s) old/.exec(replay) ?? [];
  const at = Math.floor(Date.now() / 1000) - Number(count) * (unit === 'min' ? 60 : 1);
  const headers = {
    authorization: '',
    'webhook-id': unique,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${signatureOf(unique, at, body)}`,
  };
  const request = { path: '/v1/sources/signed/events', body, headers };
  return unit === 'min' ? [request] : [request, request];
}
