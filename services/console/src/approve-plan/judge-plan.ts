import { setImmediate } from 'node:timers/promises';
import { hashOf } from '@tocsin/connections';
import type { Config } from '@tocsin/contracts';
import { historyRisks, type PlanRisk, readConfig, weighPlan } from '@tocsin/rules';
import type { Revision } from '../keep-revisions/revision.store.js';
import type { JudgedHistory, Replayed } from '../replay-plan/replay-plan.js';
import type { Approval, ApprovalStore } from './approval.store.js';

/** What a plan makes worse on the revision in force, and who approved exactly it. */
export interface JudgedPlan {
  /** Revision that it was judged on; 0: there was none. */
  readonly base: number;
  /** Of the proposed tree. */
  readonly hash: string;
  readonly risks: readonly PlanRisk[];
  readonly approvals: readonly Approval[];
  /** The tree was approved, but on a revision that is no longer in force. */
  readonly isStale: boolean;
  /** The config in force has operators enough that another could approve. */
  readonly hasSecond: boolean;
  /** Absent where nothing can be worse. */
  readonly history?: JudgedHistory | undefined;
}

interface Proposed {
  readonly tenant: string;
  readonly config: Config;
  readonly document: string;
  /** The header of whoever asks. */
  readonly authorization: string | undefined;
}

/** What a plan is judged with. */
export interface Judges {
  readonly approvals: ApprovalStore;
  readonly replay: (replayed: Replayed) => Promise<JudgedHistory>;
}

/** The first revision of an installation makes nothing worse. */
export async function judgePlan(
  proposed: Proposed,
  newest: Revision | undefined,
  judges: Judges,
): Promise<JudgedPlan> {
  const hash = hashOf(proposed.document);
  const before = newest === undefined ? undefined : readConfig(JSON.parse(newest.document));
  if (newest === undefined || before?.ok !== true)
    return { base: newest?.revision ?? 0, hash, risks: [], approvals: [], isStale: false, hasSecond: false };
  const base = newest.revision;
  const same: Worsened = { risks: [], history: undefined };
  const { risks, history } = newest.hash === hash ? same : await worsened(before.config, proposed, judges);
  const given = risks.length === 0 ? [] : await judges.approvals.approvalsOf(proposed.tenant, hash);
  const exact = given.filter((approval) => approval.base === base);
  const isStale = exact.length === 0 && given.length > 0;
  const hasSecond = operatorsOf(before.config) > 1;
  return { base, hash, risks, approvals: exact, isStale, hasSecond, history };
}

type Worsened = Pick<JudgedPlan, 'risks' | 'history'>;

/** By what will be, and by what was recorded. */
async function worsened(before: Config, proposed: Proposed, { replay }: Judges): Promise<Worsened> {
  const history = await replay(proposed);
  const replayed = 'history' in history ? historyRisks(history.history) : [];
  return { risks: [...(await weighed(before, proposed.config)), ...replayed], history };
}

const operatorsOf = ({ tokens }: Config): number =>
  new Set(
    Object.entries(tokens).flatMap(([name, { role, person }]) =>
      role === 'operator' ? [person ?? name] : [],
    ),
  ).size;

/** Pages are sent by this process too: it takes a turn between two services. */
async function weighed(before: Config, after: Config): Promise<PlanRisk[]> {
  const weighing = weighPlan(before, after, Date.now());
  for (let step = weighing.next(); ; step = weighing.next()) {
    if (step.done === true) return step.value;
    await setImmediate();
  }
}

/** `no-reason`: the glass was to be broken without one. */
export type PlanRefusal = 'p1-uncovered' | 'needs-approver' | 'own-approval' | 'stale-approval' | 'no-reason';

export type Permission =
  | { readonly may: 'apply' }
  | { readonly may: 'apply-with'; readonly approval: Approval | undefined }
  | { readonly may: 'not'; readonly why: PlanRefusal };

/** Who would apply a plan. */
export interface Asking {
  /** Whose token applies. */
  readonly subject: string;
  readonly breakGlass: boolean;
}

/** Whether somebody may apply a plan. Pure. Where one person alone operates, nobody could approve, and nobody is asked. */
export function mayApply(
  { risks, approvals, isStale, hasSecond }: JudgedPlan,
  { subject, breakGlass }: Asking,
): Permission {
  const weighty = risks.filter(({ weight }) => weight !== 'warning');
  if (weighty.length === 0) return { may: 'apply' };
  const approval = approvals.find((one) => one.subject !== subject);
  const blocked = weighty.some(({ weight }) => weight === 'blocks');
  if (!blocked && approval !== undefined) return { may: 'apply-with', approval };
  if (!blocked && !hasSecond) return { may: 'apply' };
  if (breakGlass) return { may: 'apply-with', approval: undefined };
  if (blocked) return { may: 'not', why: 'p1-uncovered' };
  if (approvals.length > 0) return { may: 'not', why: 'own-approval' };
  return { may: 'not', why: isStale ? 'stale-approval' : 'needs-approver' };
}
