import { createHash } from 'node:crypto';
import type { ContactMethod } from '@tocsin/contracts';

/** Only addresses that can die have one. */
type MarkedAddress = { readonly webhook: string } | { readonly email: string };

/**
 * A short mark of an address, the same for the same one. Services tell each other by it which address of a method they
 * mean, without the address itself: many receivers put their secret into the path.
 */
export function addressMark(method: ContactMethod | MarkedAddress): string {
  const address = 'webhook' in method ? method.webhook : 'email' in method ? method.email : '';
  return createHash('sha256').update(address).digest('base64url').slice(0, 16);
}
