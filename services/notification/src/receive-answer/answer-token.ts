import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
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
  private readonly key: KeyObject;
  /** A page is asked for its token once per attempt and once for its hash. */
  private readonly known = new WeakMap<PageId, string>();

  constructor(secret: Buffer) {
    this.key = createSecretKey(secret);
  }

  of(page: PageId): string {
    const known = this.known.get(page);
    if (known !== undefined) return known;
    const token = createHmac('sha256', this.key)
      .update(`acknowledge\n${pageIdText(page)}`)
      .digest()
      .subarray(0, TOKEN_BYTES)
      .toString('base64url');
    this.known.set(page, token);
    return token;
  }

  /** What is stored with the page, in hex. */
  hashOf(page: PageId): string {
    return tokenHash(this.of(page));
  }
}

export const tokenHash = (token: string): string => hash('sha256', token, 'hex');

/** Anything else is not looked up at all. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{22}$/.test(text);
