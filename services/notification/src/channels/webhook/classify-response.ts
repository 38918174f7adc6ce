import type { DeliveryOutcome } from '../channel.js';
import { BlockedAddress } from '@tocsin/connections';

/** Errors that arise before a byte of the request has left: surely not delivered. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_HAS_EXPIRED',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What a receiver's status means. 3xx is a wrong address: redirects are not followed, so that the guard holds. */
export function outcomeOfStatus(status: number, retryAfter: string | undefined): DeliveryOutcome {
  const reason = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { type: 'delivered' };
  if (status === 429 || status === 408 || status >= 500)
    return { type: 'retryable', reason, after: secondsOf(retryAfter) };
  if (status === 401 || status === 403) return { type: 'permanent', of: 'config', reason };
  return { type: 'permanent', of: 'address', reason };
}

/** @param sent whether any of the request had been written */
export function outcomeOfError(error: Error, sent: boolean): DeliveryOutcome {
  if (error instanceof BlockedAddress)
    return { type: 'permanent', of: 'config', reason: `address refused: ${error.message}` };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  if (!sent || BEFORE_SENDING.has(code)) return { type: 'retryable', reason: `not reached: ${code}` };
  return { type: 'unknown', reason: `no answer after the request was sent: ${code}` };
}

/** Delta seconds only; a date would be compared with this machine's clock. At most a minute: pages do not wait longer. */
function secondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined || !/^\d{1,6}$/.test(retryAfter.trim())) return undefined;
  return Math.min(Number(retryAfter), 60);
}
