import {
  anyEqual,
  freshness,
  headerOf,
  type Headers,
  hmacOf,
  type VendorSignature,
} from '../../authenticate-sender/signature.js';

/** HubSpot signs the address with these written out, whatever the address that it calls has. */
const WRITTEN_OUT = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/**
 * Version 3: base64 of HMAC-SHA256 over method, public address, body and timestamp (milliseconds).
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export const hubspotSignature: VendorSignature = {
  isSigned: (headers) =>
    headers['x-hubspot-signature-v3'] !== undefined || headers['x-hubspot-signature'] !== undefined,
  verify: ({ headers, method, url, body, now }, { secrets }) => {
    const signature = headerOf(headers, 'x-hubspot-signature-v3');
    const timestamp = headerOf(headers, 'x-hubspot-request-timestamp');
    // Versions 1 and 2 carry no time: what was overheard once would be true for ever.
    if (signature === undefined || timestamp === undefined || !/^\d{1,16}$/.test(timestamp)) return 'bad';
    const right = addressesOf(headers, url).flatMap((address) =>
      secrets.map((secret) => hmacOf(secret, method, address, body, timestamp)),
    );
    const isRight = anyEqual([Buffer.from(signature, 'base64')], right);
    return isRight ? freshness(Number(timestamp), now) : 'bad';
  },
};

/** What the sender may have called us: behind a proxy it is the forwarded name, and TLS may end before us. */
function addressesOf(headers: Headers, url: string): string[] {
  const path = url.replaceAll(WRITTEN_OUT, (text) => decodeURIComponent(text));
  const hosts = [headerOf(headers, 'x-forwarded-host')?.split(',')[0]?.trim(), headerOf(headers, 'host')];
  return hosts
    .filter((host) => host !== undefined && host !== '')
    .flatMap((host) => [`https://${host}${path}`, `http://${host}${path}`]);
}
