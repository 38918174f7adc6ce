import { createHash, createHmac } from 'node:crypto';
import { type PageId, pageIdText } from '../ledger/attempt.js';

const TOKEN_BYTES = 16;

/**
 * Answer tokens: opaque, 128 bit, 22 characters of base64url. The token of a page is the head of HMAC-SHA256 over the
 * page's identity and the act, keyed by a 256-bit secret of this installation. Without that secret it cannot be told
 * from a random one (HMAC is a pseudo-random function), and nothing in it can be changed to mean another page: only
 * its SHA-256 is stored, with the page, and leads back to tenant, case, epoch and person. Deriving it means that a
 * try after a crash shows the same link as the one before, although no token is stored anywhere.
 */
export class AnswerTokens {
  constructor(private readonly secret: Buffer) {}

  of(page: PageId): string {
    return createHmac('sha256', this.secret)
      .update(`acknowledge\n${pageIdText(page)}`)
      .digest()
      .subarray(0, TOKEN_BYTES)
      .toString('base64url');
  }

  /** What is stored with the page, in hex. */
  hashOf(page: PageId): string {
    return tokenHash(this.of(page));
  }
}

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Anything else is not looked up at all. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{22}$/.test(text);
