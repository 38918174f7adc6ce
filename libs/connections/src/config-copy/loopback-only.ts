import type { Config, SecretRef } from '@tocsin/contracts';
import { StartRefused } from '@tocsin/runtime';

/** Every reference to a secret in a config, with the JSON pointer of its object. */
export function secretsOf(config: Config): { pointer: string; ref: SecretRef }[] {
  const sources = Object.entries(config.sources).flatMap(([name, source]) =>
    [...(source.key ?? []), ...(source.secret ?? [])].map((ref) => ({ pointer: `/sources/${name}`, ref })),
  );
  const tokens = Object.entries(config.tokens).map(([name, { token }]) => ({
    pointer: `/tokens/${name}`,
    ref: token,
  }));
  const hooks = Object.entries(config.people).flatMap(([name, person]) =>
    Object.entries(person.contact).flatMap(([method, contact]) =>
      'webhook' in contact && contact.secret !== undefined
        ? [{ pointer: `/people/${name}/contact/${method}`, ref: contact.secret }]
        : [],
    ),
  );
  const heartbeats = Object.entries(config.heartbeats).flatMap(([name, { key }]) =>
    key === undefined ? [] : [{ pointer: `/heartbeats/${name}`, ref: key }],
  );
  const webhooks = Object.entries(config.webhooks).flatMap(([name, { secret }]) =>
    secret.map((ref) => ({ pointer: `/webhooks/${name}`, ref })),
  );
  return [...sources, ...tokens, ...hooks, ...heartbeats, ...webhooks];
}

/** Objects whose secret is a documented example key, as JSON pointers. */
export const loopbackOnlyIn = (config: Config): string[] => [
  ...new Set(
    secretsOf(config).flatMap(({ pointer, ref }) => (ref.startsWith('loopback-only:') ? [pointer] : [])),
  ),
];

/** Does this config hold a key that everybody can read in our documents? */
export const holdsLoopbackOnly = (config: Config): boolean => loopbackOnlyIn(config).length > 0;

/** 127.0.0.0/8, ::1 and localhost: addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * @param host where this process listens (HOST)
 * @returns why this process may not use this config, with the cure; undefined when it may
 */
export function loopbackRefusal(config: Config, host: string): string | undefined {
  if (isLoopback(host)) return undefined;
  const pointers = loopbackOnlyIn(config);
  if (pointers.length === 0) return undefined;
  return (
    `the config holds example keys that everybody knows (loopback-only: at ${pointers.join(', ')}), so this process ` +
    `may not listen on ${host}; start it with HOST=127.0.0.1, or give these objects keys of your own (env:NAME or ` +
    'vault:path) and apply the config'
  );
}

/** @throws StartRefused before the process listens: it ends with one clear line and is not started again */
export function refuseBeyondLoopback(config: Config, host: string): void {
  const refusal = loopbackRefusal(config, host);
  if (refusal !== undefined) throw new StartRefused(`not started: ${refusal}`);
}
