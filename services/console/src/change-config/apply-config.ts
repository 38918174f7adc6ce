import type { SourceFile } from '@tocsin/config-files';
import { isLoopback, loopbackOnlyIn, resolveSecret } from '@tocsin/connections';
import { APPLY_TEXTS, type Config, say, type Texts } from '@tocsin/contracts';
import { flattenTaxonomy, readConfig } from '@tocsin/rules';
import { canonicalJson } from '../keep-revisions/canonical-json.js';
import type { RevisionStore, Stored } from '../keep-revisions/revision.store.js';

/** What is wrong with a tree: where, and a sentence with the cure. */
export interface TreeFault {
  readonly pointer: string;
  readonly texts: Texts;
}

export type ReadTree =
  | {
      readonly ok: true;
      readonly config: Config;
      readonly document: string;
      readonly warnings: readonly TreeFault[];
    }
  | { readonly ok: false; readonly faults: readonly TreeFault[] };

/** Who applies, and what they knew. */
export interface Applying {
  readonly tenant: string;
  readonly author: string;
  readonly reason: string;
  readonly expected?: string | undefined;
  readonly onlyFirst?: boolean;
  /** What the tree was written in, to keep its comments. */
  readonly files?: readonly SourceFile[] | undefined;
}

export type Applied =
  | { readonly ok: true; readonly result: Stored; readonly warnings: readonly TreeFault[] }
  | { readonly ok: false; readonly faults: readonly TreeFault[] };

/** Applies config trees: one revision or nothing. */
export class ConfigApplication {
  constructor(
    private readonly revisions: RevisionStore,
    private readonly here: {
      /** Where this process listens: example keys are refused beyond loopback. */
      readonly host: string;
      /** Is there an operator's token beside the tree? Else the tree must keep one. */
      readonly hasOperatorToken: boolean;
    },
    /** Runs once a new revision is committed. */
    private readonly committed: () => void,
  ) {}

  /** Checks a tree as `apply` would, and makes the document that would be stored. */
  read(tree: unknown, tenant: string): ReadTree {
    const read = readConfig(tree);
    if (!read.ok) return read;
    const faults = [...this.tenantFaults(read.config, tenant), ...this.loopbackFaults(read.config)];
    return faults.length > 0
      ? { ok: false, faults }
      : { ok: true, config: read.config, document: documentOf(tree), warnings: read.warnings };
  }

  async apply(tree: unknown, applying: Applying): Promise<Applied> {
    const read = this.read(tree, applying.tenant);
    if (!read.ok) return read;
    const lockedOut = applying.onlyFirst === true ? [] : this.lockOutFaults(read.config);
    if (lockedOut.length > 0) return { ok: false, faults: lockedOut };
    const result = await this.revisions.store({ ...applying, document: read.document }, this.committed);
    return { ok: true, result, warnings: read.warnings };
  }

  private tenantFaults({ tenant }: Config, own: string): TreeFault[] {
    return tenant === own
      ? []
      : [{ pointer: '/tenant', texts: filled(APPLY_TEXTS.otherTenant, { tenant, own }) }];
  }

  /** A revision after which nobody could apply another one is a mistake, whoever sends it. */
  private lockOutFaults({ tokens }: Config): TreeFault[] {
    if (this.here.hasOperatorToken) return [];
    const operators = Object.values(tokens).filter(({ role }) => role === 'operator');
    const found = operators.map(({ token }) => resolveSecret(token));
    if (found.some(({ ok }) => ok)) return [];
    const why = found.flatMap((secret) => (secret.ok ? [] : [` (${secret.error})`]))[0] ?? '';
    return [{ pointer: '/tokens', texts: filled(APPLY_TEXTS.noOperatorLeft, { why }) }];
  }

  private loopbackFaults(config: Config): TreeFault[] {
    const { host } = this.here;
    if (isLoopback(host)) return [];
    const texts = filled(APPLY_TEXTS.exampleKey, { host });
    return loopbackOnlyIn(config).map((pointer) => ({ pointer, texts }));
  }
}

const filled = (texts: Texts, facts: Readonly<Record<string, string>>): Texts => ({
  en: say(texts, 'en', facts),
  'zh-CN': say(texts, 'zh-CN', facts),
});

/**
 * The tree as written, with what the reader resolves beyond the schema (the nested taxonomy) in its flat form: every
 * service must be able to read the document with the schema alone.
 */
function documentOf(tree: unknown): string {
  const written = { ...(tree as Record<string, unknown>) };
  if (written['taxonomy'] !== undefined)
    written['taxonomy'] = flattenTaxonomy(written['taxonomy']).categories;
  return canonicalJson(written);
}
