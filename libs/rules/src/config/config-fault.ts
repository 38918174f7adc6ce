import type { Config, Texts } from '@tocsin/contracts';

/** One fault of a config tree: where (RFC 6901 pointer) and the cure, in a sentence. */
export interface ConfigFault {
  readonly pointer: string;
  /** The sentence in English. */
  readonly message: string;
  readonly texts: Texts;
}

export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };
