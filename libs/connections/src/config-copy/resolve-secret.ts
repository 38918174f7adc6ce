import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { SecretRef } from '@tocsin/contracts';

/** Where secrets are looked up: environment variables, and a folder of files (TOCSIN_SECRETS) for `vault:`. */
export interface SecretPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder?: string | undefined;
}

export type ResolvedSecret =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly error: string };

const found = (value: string): ResolvedSecret => ({ ok: true, value });
const missing = (error: string): ResolvedSecret => ({ ok: false, error });

// The names of `env:` references stand in the config tree, so no schema can list them beforehand.
const ofThisProcess = (): SecretPlaces => ({ env: process.env, folder: process.env['TOCSIN_SECRETS'] });

/**
 * Looks up a secret that the config tree refers to: `env:NAME`, `vault:path` (the file TOCSIN_SECRETS/path, without
 * the newline at its end) or `loopback-only:value`.
 * Reads a file: resolve once per revision, not per request.
 * @returns the secret, or an error that names the place and the cure; it never holds a secret itself
 */
export function resolveSecret(ref: SecretRef, places: SecretPlaces = ofThisProcess()): ResolvedSecret {
  const colon = ref.indexOf(':');
  const form = ref.slice(0, colon);
  const name = ref.slice(colon + 1);
  switch (form) {
    case 'env':
      return fromEnvironment(name, places);
    case 'vault':
      return fromFile(name, places);
    case 'loopback-only':
      return found(name);
    default:
      return missing(`a secret is written env:NAME or vault:path, not «${form}:…»`);
  }
}

function fromEnvironment(name: string, { env }: SecretPlaces): ResolvedSecret {
  const value = env[name];
  return value === undefined || value === ''
    ? missing(
        `env:${name} is not set; set the environment variable ${name} for this process and start it again`,
      )
    : found(value);
}

function fromFile(path: string, { folder }: SecretPlaces): ResolvedSecret {
  if (folder === undefined || folder === '')
    return missing(
      `vault:${path} needs TOCSIN_SECRETS, the folder that holds the secrets as files; set it and start again`,
    );
  const file = resolve(folder, path);
  if (!file.startsWith(resolve(folder) + sep))
    return missing(`vault:${path} leads out of TOCSIN_SECRETS; name a file inside it`);
  try {
    const value = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return value === ''
      ? missing(`vault:${path}: the file ${file} is empty; write the secret into it`)
      : found(value);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
    return missing(
      `vault:${path}: cannot read ${file} (${code}); write the secret into that file, readable by this process`,
    );
  }
}
