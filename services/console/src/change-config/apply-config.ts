import type { SourceFile } from '@tocsin/config-files';
import { isLoopback, loopbackOnlyIn, resolveSecret } from '@tocsin/connections';
import { APPLY_TEXTS, type Config, say, type Texts } from '@tocsin/contracts';
import { flattenTaxonomy, type PlanRisk, readConfig } from '@tocsin/rules';
import {
  type Asking,
  type Judges,
  judgePlan,
  mayApply,
  type PlanRefusal,
} from '../approve-plan/judge-plan.js';
import { canonicalJson } from '../keep-revisions/canonical-json.js';
import type { PassedRisks, Revision, RevisionStore, Stored } from '../keep-revisions/revision.store.js';

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

type SoundTree = Extract<ReadTree, { ok: true }>;

type Permitted =
  | { readonly may: 'apply'; readonly passed?: PassedRisks }
  | { readonly may: 'not'; readonly why: PlanRefusal; readonly risks: readonly PlanRisk[] };

/** Who applies, and what they knew. */
export interface Applying {
  readonly tenant: string;
  readonly author: string;
  /** Whose token that is. */
  readonly subject?: string;
  /** Apply at once what would need a second approver; leaves a problem until another operator reviews it. */
  readonly breakGlass?: boolean;
  /** The header of the request, to read the recording as its author. */
  readonly authorization?: string | undefined;
  readonly reason: string;
  readonly expected?: string | undefined;
  readonly onlyFirst?: boolean;
  /** What the tree was written in, to keep its comments. */
  readonly files?: readonly SourceFile[] | undefined;
}

export type Applied =
  | { readonly ok: true; readonly result: Stored; readonly warnings: readonly TreeFault[] }
  | { readonly ok: false; readonly faults: readonly TreeFault[] }
  | { readonly ok: false; readonly why: PlanRefusal; readonly risks: readonly PlanRisk[] };

/** A plan is judged on a base that moves: so often it is judged anew when its author named none. */
const MOST_JUDGED = 3;

/** Applies config trees: one revision or nothing. */
export class ConfigApplication {
  constructor(
    private readonly revisions: RevisionStore,
    private readonly judges: Judges,
    private readonly here: {
      /** Where this process listens: example keys are refused beyond loopback. */
      readonly host: string;
      /** Is there an operator's token beside the tree? Else the tree must keep one. */
      readonly hasOperatorToken: boolean;
    },
    private readonly then: {
      /** Runs once a new revision is committed. */
      readonly committed: () => void;
      /** Runs once a revision is in force that one person applied behind broken glass. */
      readonly brokeGlass: (revision: number, by: Applying) => void;
    },
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
    for (let judged = 1; ; judged += 1) {
      const applied = await this.applyRead(read, applying);
      const hasMoved = applied.ok && applied.result.stored === 'moved-on';
      if (!hasMoved || applying.expected !== undefined || judged === MOST_JUDGED) return applied;
    }
  }

  /** One try on the revision that is in force now. */
  private async applyRead(read: SoundTree, applying: Applying): Promise<Applied> {
    const newest = await this.revisions.newest(applying.tenant);
    const permission = await this.permit(read, applying, newest);
    if (permission.may === 'not') return { ok: false, why: permission.why, risks: permission.risks };
    const { passed } = permission;
    const base = applying.onlyFirst === true ? undefined : (newest?.revision ?? 0);
    const next = { ...applying, document: read.document, base, passed };
    const result = await this.revisions.store(next, this.then.committed);
    if (result.stored === 'new' && passed !== undefined && passed.approval === undefined)
      this.then.brokeGlass(result.revision, applying);
    return { ok: true, result, warnings: read.warnings };
  }

  /** A first revision needs nobody; one that was planned on another revision is refused by the store. */
  private async permit(
    read: SoundTree,
    applying: Applying,
    newest: Revision | undefined,
  ): Promise<Permitted> {
    const { tenant, expected, reason, authorization } = applying;
    const hasMoved = expected !== undefined && expected !== newest?.hash;
    if (applying.onlyFirst === true || hasMoved) return { may: 'apply' };
    const plan = await judgePlan({ ...read, tenant, authorization }, newest, this.judges);
    const { risks } = plan;
    const permission = mayApply(plan, askedBy(applying));
    if (permission.may === 'not') return { ...permission, risks };
    if (permission.may === 'apply') return permission;
    const { approval } = permission;
    return approval === undefined && reason.trim() === ''
      ? { may: 'not', why: 'no-reason', risks }
      : { may: 'apply', passed: { worsens: risks.map(({ texts }) => texts), approval } };
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

const askedBy = ({ author, subject = author, breakGlass = false }: Applying): Asking => ({
  subject,
  breakGlass,
});

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
