import { createHash, randomBytes } from 'node:crypto';

/** By its beginning people and scanners for leaked secrets know what it is. */
const KIND = 'tcf_';
const FORM = /^tcf_[\w-]{43}$/;

/** Characters of the secret that are shown in lists, its kind included. */
const SHOWN = KIND.length + 6;

/** 256 random bits, so that an address cannot be guessed and its hash needs no salt. */
export const newSecret = (): string => KIND + randomBytes(32).toString('base64url');

/** How the database knows it. Looked up by the hash, so that no comparison takes longer the more of it is right. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const prefixOf = (secret: string): string => secret.slice(0, SHOWN);

/** @param file last part of the path, `{secret}.ics` @returns undefined for what no secret looks like */
export function secretOf(file: string): string | undefined {
  const secret = file.endsWith('.ics') ? file.slice(0, -'.ics'.length) : '';
  return FORM.test(secret) ? secret : undefined;
}
