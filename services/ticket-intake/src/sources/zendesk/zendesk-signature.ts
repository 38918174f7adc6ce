import {
  anyEqual,
  freshness,
  headerOf,
  hmacOf,
  type VendorSignature,
} from '../../authenticate-sender/signature.js';

/**
 * base64 of HMAC-SHA256 over timestamp + body, keyed with the secret as the text it is (not decoded), no separator.
 * https://developer.zendesk.com/documentation/webhooks/verifying/
 */
export const zendeskSignature: VendorSignature = {
  isSigned: (headers) => headers['x-zendesk-webhook-signature'] !== undefined,
  verify: ({ headers, body, now }, { secrets }) => {
    const signature = headerOf(headers, 'x-zendesk-webhook-signature');
    const timestamp = headerOf(headers, 'x-zendesk-webhook-signature-timestamp');
    if (signature === undefined || timestamp === undefined) return 'bad';
    const right = secrets.map((secret) => hmacOf(secret, timestamp, body));
    if (!anyEqual([Buffer.from(signature, 'base64')], right)) return 'bad';
    return freshness(Date.parse(timestamp), now);
  },
};
