import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps webhook secrets of the API sealed in the database: AES-256-GCM, stored as iv ‖ tag ‖ text. */
export class SecretBox {
  constructor(private readonly key: Buffer) {}

  seal(text: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @returns undefined when another key sealed it: the page then goes out unsigned rather than not at all */
  open(box: Buffer): string | undefined {
    const decipher = createDecipheriv('aes-256-gcm', this.key, box.subarray(0, IV_BYTES));
    decipher.setAuthTag(box.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(box.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
        'utf8',
      );
    } catch {
      return undefined;
    }
  }
}

/**
 * The key: TOCSIN_SECRET_KEY (32 bytes in base64) where several machines share a database, else a file of this
 * installation that is made at the first start, readable by its owner only.
 * @param home TOCSIN_HOME
 */
export function secretKey(given: string | undefined, home: string): Buffer {
  if (given !== undefined) return Buffer.from(given, 'base64');
  const folder = join(home, 'keys');
  const file = join(folder, 'contact-secrets.key');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // A replica that starts at the same moment made it first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64');
}
