import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SecretBox, secretKey } from './secret-box.js';

describe('the secrets of contact methods', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'tocsin-keys-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it('open with the key that sealed them only', () => {
    const sealed = new SecretBox(Buffer.alloc(32, 1)).seal('whsec_x');
    expect(sealed.toString('latin1')).not.toContain('whsec_x');
    expect(new SecretBox(Buffer.alloc(32, 1)).open(sealed)).toBe('whsec_x');
    expect(new SecretBox(Buffer.alloc(32, 2)).open(sealed)).toBeUndefined();
  });

  it('keep their key in a file of the installation that its owner alone can read', () => {
    const key = secretKey(undefined, home);
    expect(key).toHaveLength(32);
    expect(secretKey(undefined, home)).toEqual(key);
    expect(statSync(join(home, 'keys', 'contact-secrets.key')).mode & 0o777).toBe(0o600);
  });
});
