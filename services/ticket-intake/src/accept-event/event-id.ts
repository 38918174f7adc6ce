import { hash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 26;

/**
 * The id by which an event is known outside: `evt_` + 26 characters of base 32 (RFC 4648, lower case) of SHA-256 over
 * tenant, source and the sender's id, NUL between them. A duplicate gets the same one without a look-up.
 */
export function eventIdOf(tenant: string, source: string, senderId: string): string {
  const digest = hash('sha256', `${tenant}\0${source}\0${senderId}`, 'buffer');
  let text = 'evt_';
  let bits = 0;
  let held = 0;
  for (let at = 0; text.length < LENGTH + 4; at++) {
    held = ((held << 8) | (digest[at] ?? 0)) & 0xfff;
    for (bits += 8; bits >= 5 && text.length < LENGTH + 4; bits -= 5)
      text += ALPHABET.charAt((held >> (bits - 5)) & 31);
  }
  return text;
}

export const isEventId = (text: string): boolean => /^evt_[a-z2-7]{26}$/.test(text);
