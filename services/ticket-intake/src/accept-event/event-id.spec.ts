import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { eventIdOf, isEventId } from './event-id.js';

/** RFC 4648 section 6, the slow way: the digest as one number. */
const slowly = (text: string): string => {
  const number = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`) << 4n;
  return number
    .toString(32)
    .padStart(52, '0')
    .slice(0, 26)
    .replaceAll(/./g, (digit) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(parseInt(digit, 32)));
};

describe('an event’s id', () => {
  it.each([
    ['acme', 'demo', 'e-1'],
    ['acme', 'demo', ''],
    ['a', 'b', '提现 🚨'],
    ['default', 'zendesk', 'x'.repeat(5000)],
  ])('is base 32 of SHA-256 over %s, %s and the sender’s id', (tenant, source, id) => {
    expect(eventIdOf(tenant, source, id)).toBe(`evt_${slowly(`${tenant}\0${source}\0${id}`)}`);
    expect(isEventId(eventIdOf(tenant, source, id))).toBe(true);
  });

  it('differs where a border between its parts moves', () => {
    expect(eventIdOf('a', 'bc', 'd')).not.toBe(eventIdOf('ab', 'c', 'd'));
  });
});
