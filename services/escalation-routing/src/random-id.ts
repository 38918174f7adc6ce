import { randomBytes } from 'node:crypto';

/** Of an id no letter can be taken for a digit. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** `chg_` or another prefix, and 26 characters. */
export const randomId = (prefix: string): string =>
  `${prefix}_${Array.from(randomBytes(26), (byte) => LETTERS.charAt(byte % 32)).join('')}`;
