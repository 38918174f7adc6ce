import { anyEqual, headerOf, hmacOf, type VendorSignature } from '../../authenticate-sender/signature.js';

/**
 * `sha256=` + hex of HMAC-SHA256 over the body. It has no time: a repeat is known by its delivery id.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/#secure-admin-webhooks
 */
export const jiraSignature: VendorSignature = {
  isSigned: (headers) => headers['x-hub-signature'] !== undefined,
  verify: ({ headers, body }, { secrets }) => {
    const [, hex = ''] = /^sha256=([0-9a-f]{64})$/i.exec(headerOf(headers, 'x-hub-signature') ?? '') ?? [];
    const right = secrets.map((secret) => hmacOf(secret, body));
    return anyEqual([Buffer.from(hex, 'hex')], right) ? 'ok' : 'bad';
  },
};
