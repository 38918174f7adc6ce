import { anyEqual, headerOf, hmacOf, type VendorSignature } from '../../authenticate-sender/signature.js';

/**
 * Hex of HMAC-SHA256 over the body. Sentry's documents verify the parsed body written out again: where the bytes do not
 * match, that is tried too.
 * https://docs.sentry.io/organization/integrations/integration-platform/webhooks/
 */
export const sentrySignature: VendorSignature = {
  isSigned: (headers) => headers['sentry-hook-signature'] !== undefined,
  verify: ({ headers, body }, { secrets }) => {
    const sent = [Buffer.from(headerOf(headers, 'sentry-hook-signature') ?? '', 'hex')];
    const fits = (text: string | Buffer): boolean =>
      anyEqual(
        sent,
        secrets.map((secret) => hmacOf(secret, text)),
      );
    if (fits(body)) return 'ok';
    const again = writtenAgain(body);
    return again !== undefined && fits(again) ? 'ok' : 'bad';
  },
};

function writtenAgain(body: Buffer): string | undefined {
  try {
    return JSON.stringify(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}
