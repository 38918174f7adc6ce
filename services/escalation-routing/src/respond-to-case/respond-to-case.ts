import type { CaseAct, Instant, Seconds, Target } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import type { CaseInput, Decision, RefusalReason } from '@tocsin/rules';
import { etagOf } from '../case-view.js';
import type { CaseStore } from '../case.store.js';
import { type Cause, CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { RoutedCase } from '../routed-case.js';
import type { RoutingMetrics } from '../routing-metrics.js';
import type { TimelineStore } from '../timeline.store.js';

export type Act =
  | 'acknowledge'
  | 'resolve'
  | 'escalate'
  | 'reopen'
  | 'note'
  | 'snooze'
  | 'reassign'
  | 'add-responder';

/** What an act asks for beside itself. */
export interface Wish {
  /** Of a snooze: until when, or for how many seconds; why. */
  readonly until?: Instant;
  readonly seconds?: Seconds;
  readonly reason?: string;
  /** Of a reassignment. */
  readonly to?: readonly Target[];
  /** The person to be paged too. */
  readonly responder?: string;
}

/** What somebody wants of a case. */
export interface CaseRequest {
  readonly tenant: string;
  readonly caseId: bigint;
  readonly act: Act;
  /** The person, or the name of the token that acts for nobody. */
  readonly by: string;
  readonly body: Pick<CaseAct, 'via' | 'epoch' | 'note'>;
  readonly wish?: Wish;
  /** Refused when the case is not at this version any more: an entity tag as `etagOf` makes it. */
  readonly ifMatch?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** Why an act was refused. Nothing has changed then. */
export type ActRefusal =
  | { readonly reason: 'unknown-case' }
  | { readonly reason: 'other-version'; readonly version: number }
  | { readonly reason: RefusalReason; readonly owner?: string | undefined; readonly at?: number | undefined };

export type ActResult =
  | { readonly ok: true; readonly case: RoutedCase }
  | { readonly ok: false; readonly refused: ActRefusal };

interface RespondParts {
  readonly transactions: Transactions;
  readonly cases: CaseStore;
  readonly works: CaseWorkStore;
  readonly configs: PinnedConfigs;
  readonly timeline: TimelineStore;
  readonly metrics: RoutingMetrics;
}

/** Lets people answer: every act takes the lock of its case, so that the first to commit wins and all others see it. */
export class RespondToCase {
  constructor(private readonly parts: RespondParts) {}

  respond(request: CaseRequest): Promise<ActResult> {
    return this.parts.transactions.run('hot', (tx) => this.respondIn(tx, request));
  }

  /** The same inside a transaction of the caller. */
  async respondIn(tx: Tx, request: CaseRequest): Promise<ActResult> {
    const result = await this.act(tx, request);
    const outcome = result.ok ? 'done' : result.refused.reason;
    tx.afterCommit(() => this.parts.metrics.acts.inc({ act: request.act, outcome }));
    return result;
  }

  private async act(tx: Tx, request: CaseRequest): Promise<ActResult> {
    const locked = await this.parts.cases.lock(tx, [request.caseId]);
    const routed = locked.cases[0];
    if (routed === undefined || locked.now === undefined || routed.tenant !== request.tenant)
      return { ok: false, refused: { reason: 'unknown-case' } };
    if (request.ifMatch !== undefined && request.ifMatch !== etagOf(routed))
      return { ok: false, refused: { reason: 'other-version', version: routed.version } };
    const { contextOf } = await this.parts.configs.load(tx, [routed]);
    const work = new CaseWork(locked.now, contextOf);
    const refused = await this.decide(tx, work, routed, request);
    if (refused !== undefined) {
      await this.parts.works.record(tx, work);
      return { ok: false, refused };
    }
    await this.parts.works.save(tx, work);
    return { ok: true, case: work.latest(routed) };
  }

  private async decide(
    tx: Tx,
    work: CaseWork,
    routed: RoutedCase,
    request: CaseRequest,
  ): Promise<ActRefusal | undefined> {
    const { by, body, traceparent } = request;
    if (request.act !== 'note') {
      const facts = await this.factsOf(tx, routed, request);
      const refused = refusalOf(
        work.act(routed, inputOf(request.act, request, work.now), { traceparent, facts }),
        routed,
      );
      if (refused !== undefined) return refused;
    }
    if (body.note !== undefined) {
      const noted = work.put(work.latest(routed));
      work.tell(noted, { type: 'NoteAdded', by, facts: { note: body.note, ...viaOf(body) }, traceparent });
    }
    return undefined;
  }

  /** An answer of somebody who was not paged counts, and is marked (H1). */
  private async factsOf(tx: Tx, routed: RoutedCase, { act, by, body }: CaseRequest): Promise<Cause['facts']> {
    if (act !== 'acknowledge' || routed.state !== 'open') return viaOf(body);
    const paged = await this.parts.timeline.pagedPersons(tx, routed, routed.escalation.epoch);
    return { ...viaOf(body), ...(paged.has(by) ? {} : { notPaged: true }) };
  }
}

const viaOf = ({ via }: Pick<CaseAct, 'via'>): Readonly<Record<string, unknown>> =>
  via === undefined ? {} : { via };

function inputOf(
  act: Exclude<Act, 'note'>,
  { by, body: { epoch }, wish = {} }: CaseRequest,
  now: Instant,
): CaseInput {
  const { until, seconds = 0, reason = '', to = [], responder = '' } = wish;
  switch (act) {
    case 'acknowledge':
      return { type: 'Acknowledged', by, epoch };
    case 'escalate':
      return { type: 'EscalateNow', by, epoch };
    case 'resolve':
      return { type: 'Resolved', by };
    case 'reopen':
      return { type: 'Reopened', by };
    case 'snooze':
      return { type: 'Snoozed', by, until: until ?? now + seconds * 1000, reason };
    case 'reassign':
      return { type: 'Reassigned', by, to };
    case 'add-responder':
      return { type: 'ResponderAdded', by, person: responder };
  }
}

function refusalOf({ refused }: Decision, routed: RoutedCase): ActRefusal | undefined {
  if (refused === undefined) return undefined;
  const at = refused.reason === 'already-resolved' ? routed.resolvedAt : routed.acknowledgedAt;
  return { ...refused, at };
}
