import { loopbackOnlyIn, loopbackRefusal } from '@tocsin/connections';
import { Config } from '@tocsin/contracts';
import { flattenTaxonomy, readConfig } from '@tocsin/rules';
import { canonicalJson } from '../keep-revisions/canonical-json.js';
import type { RevisionStore, Stored } from '../keep-revisions/revision.store.js';

/** What is wrong with a tree: where, and a sentence with the cure. */
export interface TreeFault {
  readonly pointer: string;
  readonly message: string;
}

export type ReadTree =
  | { readonly ok: true; readonly config: Config; readonly document: string }
  | { readonly ok: false; readonly faults: readonly TreeFault[] };

/** Who applies, and what they knew. */
export interface Applying {
  readonly tenant: string;
  readonly author: string;
  readonly reason: string;
  readonly expected?: string | undefined;
  readonly onlyFirst?: boolean;
}

export type Applied =
  | { readonly ok: true; readonly result: Stored }
  | { readonly ok: false; readonly faults: readonly TreeFault[] };

/** Applies config trees: one revision or nothing. */
export class ConfigApplication {
  constructor(
    private readonly revisions: RevisionStore,
    /** Where this process listens: example keys are refused beyond loopback. */
    private readonly host: string,
    private readonly committed: () => void,
  ) {}

  /** Checks a tree as `apply` would, and makes the document that would be stored. */
  read(tree: unknown, tenant: string): ReadTree {
    const read = readConfig(tree);
    if (!read.ok) return read;
    const faults = [...this.tenantFaults(read.config, tenant), ...this.loopbackFaults(read.config)];
    return faults.length > 0
      ? { ok: false, faults }
      : { ok: true, config: read.config, document: documentOf(tree) };
  }

  async apply(tree: unknown, applying: Applying): Promise<Applied> {
    const read = this.read(tree, applying.tenant);
    if (!read.ok) return read;
    return {
      ok: true,
      result: await this.revisions.store({ ...applying, document: read.document }, this.committed),
    };
  }

  private tenantFaults(config: Config, tenant: string): TreeFault[] {
    if (config.tenant === tenant) return [];
    return [
      {
        pointer: '/tenant',
        message: `the tree is of tenant «${config.tenant}», your token of «${tenant}»; leave «tenant» out`,
      },
    ];
  }

  private loopbackFaults(config: Config): TreeFault[] {
    const refusal = loopbackRefusal(config, this.host);
    return refusal === undefined
      ? []
      : loopbackOnlyIn(config).map((pointer) => ({ pointer, message: refusal }));
  }
}

/**
 * The tree as written, with what the reader resolves beyond the schema (the nested taxonomy) in its flat form: every
 * service must be able to read the document with the schema alone.
 */
function documentOf(tree: unknown): string {
  const written = { ...(tree as Record<string, unknown>) };
  if (written['taxonomy'] !== undefined)
    written['taxonomy'] = flattenTaxonomy(written['taxonomy']).categories;
  Config.parse(written);
  return canonicalJson(written);
}
