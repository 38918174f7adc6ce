import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resolveSecret } from './resolve-secret.js';

describe('looking up a secret', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-secrets-'));
    writeFileSync(join(folder, 'zendesk'), 's3cret\n');
    writeFileSync(join(folder, 'empty'), '\n');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const lookUp = (ref: string) => resolveSecret(ref, { env: { KEY: 'from-env', BLANK: '' }, folder });

  it('finds it in the environment, in a file without its last newline, and in an example itself', () => {
    expect(lookUp('env:KEY')).toEqual({ ok: true, value: 'from-env' });
    expect(lookUp('vault:zendesk')).toEqual({ ok: true, value: 's3cret' });
    expect(lookUp('loopback-only:a:b')).toEqual({ ok: true, value: 'a:b' });
  });

  it.each([
    ['env:MISSING', /env:MISSING is not set; set the environment variable MISSING/],
    ['env:BLANK', /env:BLANK is not set/],
    ['vault:nothing', /cannot read .*nothing \(ENOENT\); write the secret into that file/],
    ['vault:empty', /is empty; write the secret into it/],
    ['vault:../etc/passwd', /leads out of TOCSIN_SECRETS/],
    ['plain-text', /is written env:NAME or vault:path/],
  ])('says where it looked for %s and what to do', (ref, message) => {
    expect(lookUp(ref)).toEqual({ ok: false, error: expect.stringMatching(message) });
  });

  it('says that files need TOCSIN_SECRETS', () => {
    expect(resolveSecret('vault:x', { env: {} })).toEqual({
      ok: false,
      error: expect.stringContaining('TOCSIN_SECRETS'),
    });
  });
});
