import { z } from 'zod';

/** Tenant of every row and every credential; comes from the credential, never from a body or header. */
export const Tenant = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/);
export type Tenant = z.infer<typeof Tenant>;

/** Name of a person, team, schedule, policy, service or source in the config tree. */
export const ConfigName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'lower-case letters, digits, «.», «_», «-»; at most 100');

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A case id as people see it: Crockford base 32 of the database's bigint, such as `4F7K2`. */
export const CaseId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{1,13}$/);
export type CaseId = z.infer<typeof CaseId>;

/** @param id positive 64-bit integer from the database's sequence */
export function caseIdText(id: bigint): CaseId {
  let text = '';
  for (let rest = id; rest > 0n; rest /= 32n) text = CROCKFORD.charAt(Number(rest % 32n)) + text;
  return text === '' ? '0' : text;
}

/**
 * Reads a case id the way people type it: case-insensitive, O for 0, I and L for 1 (Crockford's own rule).
 * @returns undefined when the text is no case id
 */
export function parseCaseId(text: string): bigint | undefined {
  const plain = text.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (!CaseId.safeParse(plain).success) return undefined;
  let id = 0n;
  for (const digit of plain) id = id * 32n + BigInt(CROCKFORD.indexOf(digit));
  return id > 0n && id < 2n ** 63n ? id : undefined;
}
