import {
  anyEqual,
  freshness,
  headerOf,
  hmacOf,
  type VendorSignature,
} from '../../authenticate-sender/signature.js';

const SIGNATURE = 'x-grafana-alerting-signature';
/** Grafana has no name of its own for this header: docs/sources/grafana.md says which one to write. */
const TIMESTAMP = 'x-grafana-alerting-timestamp';

/** Hex of HMAC-SHA256 over the body, or over `timestamp:body` where a timestamp header (seconds) is set (Grafana 12+). */
export const grafanaSignature: VendorSignature = {
  isSigned: (headers) => headers[SIGNATURE] !== undefined,
  verify: ({ headers, body, now }, { secrets }) => {
    const sent = [Buffer.from(headerOf(headers, SIGNATURE) ?? '', 'hex')];
    const timestamp = headerOf(headers, TIMESTAMP);
    if (timestamp === undefined)
      return anyEqual(
        sent,
        secrets.map((secret) => hmacOf(secret, body)),
      )
        ? 'ok'
        : 'bad';
    const right = secrets.map((secret) => hmacOf(secret, `${timestamp}:`, body));
    return anyEqual(sent, right) ? freshness(Number(timestamp) * 1000, now) : 'bad';
  },
};
