import { createGunzip } from 'node:zlib';
import type { FastifyInstance, RequestPayload } from 'fastify';

type Encodings = ReadonlySet<string | undefined>;
const PLAIN: Encodings = new Set([undefined, '', 'identity']);
const GZIP: Encodings = new Set(['gzip', 'x-gzip']);

/** The encoding is one that we cannot read: 415. */
export class UnknownEncoding extends Error {
  readonly statusCode = 415;
}

/**
 * Bodies arrive as bytes: signatures are over bytes, and nothing is parsed before the sender is known. Every other
 * media type is 415. gzip is inflated as it comes in, and the limit counts what comes out.
 */
export function takeBytes(scope: FastifyInstance, mediaTypes: readonly string[]): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser([...mediaTypes], { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  scope.addHook('preParsing', (request, _reply, payload, next) => {
    const encoding = request.headers['content-encoding']?.trim().toLowerCase();
    if (PLAIN.has(encoding)) next(null, payload);
    else if (GZIP.has(encoding)) next(null, inflated(payload));
    else next(new UnknownEncoding('unknown content encoding'));
  });
}

function inflated(payload: RequestPayload): RequestPayload {
  const gunzip = createGunzip() as ReturnType<typeof createGunzip> & RequestPayload;
  let encoded = 0;
  payload.on('data', (chunk: Buffer) => {
    encoded += chunk.length;
    gunzip.receivedEncodedLength = encoded;
  });
  gunzip.receivedEncodedLength = 0;
  payload.on('error', (error) => gunzip.destroy(error));
  return payload.pipe(gunzip);
}
