import { hash } from 'node:crypto';
import type { Config, SecretRef, Source } from '@tocsin/contracts';
import { packOf } from '../sources/registry.js';
import type { MappingPack } from '../sources/mapping-pack.js';

/** A source of the config with its keys looked up: what a request is checked against. */
export interface KnownSource {
  readonly name: string;
  readonly config: Source;
  readonly pack: MappingPack;
  /** SHA-256 of each bearer key. */
  readonly keys: readonly Buffer[];
  /** Signing secrets as the config has them. */
  readonly secrets: readonly string[];
  /** `authorization` headers that were found right under this revision: a sender's next request need not be hashed. */
  readonly proven: Set<string>;
}

/** One revision's sources. */
export interface Directory {
  readonly revision: number;
  readonly config: Config;
  readonly byName: ReadonlyMap<string, KnownSource>;
  /** PagerDuty's routing key is its only credential: SHA-256 in hex → source. */
  readonly byRoutingKey: ReadonlyMap<string, KnownSource>;
}

export type SecretLookup = (ref: SecretRef) => { ok: true; value: string } | { ok: false; error: string };

export const digestOf = (key: string): Buffer => hash('sha256', key, 'buffer');

/**
 * @param unusable told of each secret that cannot be looked up; the source works on with the others
 */
export function directoryOf(
  { revision, config }: { revision: number; config: Config },
  lookUp: SecretLookup,
  unusable: (source: string, reason: string) => void,
): Directory {
  const byName = new Map<string, KnownSource>();
  const byRoutingKey = new Map<string, KnownSource>();
  for (const [name, source] of Object.entries(config.sources)) {
    const values = (refs: readonly SecretRef[] | undefined): string[] =>
      (refs ?? []).flatMap((ref) => {
        const found = lookUp(ref);
        if (found.ok) return [found.value];
        unusable(name, found.error);
        return [];
      });
    const keys = values(source.key).map(digestOf);
    const known: KnownSource = {
      name,
      config: source,
      pack: packOf(source.kind),
      keys,
      secrets: values(source.secret),
      proven: new Set(),
    };
    byName.set(name, known);
    if (source.kind === 'pagerduty') for (const key of keys) byRoutingKey.set(key.toString('hex'), known);
  }
  return { revision, config, byName, byRoutingKey };
}
