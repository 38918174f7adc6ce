import { createHash } from 'node:crypto';
import type { LoggedEvent } from '@tocsin/event-log';
import type { Endpoint } from './webhook-book.js';

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** The `webhook-id`: of one event for one endpoint always the same, whoever records it and however often it is sent. */
export function deliveryId(
  { tenant, name }: Pick<Endpoint, 'tenant' | 'name'>,
  { topic, batch, n }: Pick<LoggedEvent, 'topic' | 'batch' | 'n'>,
): string {
  const hash = createHash('sha256').update(`${tenant}/${name}/${topic}/${batch}.${n}`).digest();
  return `msg_${Array.from(hash.subarray(0, 26), (byte) => LETTERS.charAt(byte % 32)).join('')}`;
}
