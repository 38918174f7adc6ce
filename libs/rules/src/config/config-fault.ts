import type { Config, Texts } from '@tocsin/contracts';

/** One fault of a config tree: where (RFC 6901 pointer) and the cure, in a sentence. */
export interface ConfigFault {
  readonly pointer: string;
  /** An error refuses the tree; a warning is shown and changes nothing. */
  readonly severity: 'error' | 'warning';
  /** The sentence in English. */
  readonly message: string;
  readonly texts: Texts;
}

/** Warnings stand beside either: they need a tree whose shape is sound. */
export type ReadConfig =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly ConfigFault[] }
  | {
      readonly ok: false;
      readonly faults: readonly ConfigFault[];
      readonly warnings: readonly ConfigFault[];
    };
