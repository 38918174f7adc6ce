import type { CaseAct, Config, Instant, Resolution, Seconds, Target } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import {
  type CaseInput,
  codeLabel,
  type Decision,
  judgeResolution,
  type RefusalReason,
  type ResolutionFault,
} from '@tocsin/rules';
import type { CaseStore } from '../case.store.js';
import type { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import { type CaseWanted, type ClosedTo, openCases } from '../open-case.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import { recordedInput } from '../record-inputs/work-record.js';
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
  | 'owner-times'
  | 'reassign'
  | 'add-responder';

/** What an act asks for beside itself. */
export interface Wish {
  /** Of a snooze or of times for the owner: until when, or for how many seconds; why. */
  readonly until?: Instant;
  readonly seconds?: Seconds;
  readonly reason?: string;
  /** Of times for the owner: seconds of silence. */
  readonly remind?: Seconds | undefined;
  readonly reopen?: Seconds | undefined;
  /** Of a reassignment. */
  readonly to?: readonly Target[];
  /** The person to be paged too. */
  readonly responder?: string;
  /** Of a resolution. */
  readonly resolution?: Resolution;
}

/** What somebody wants of a case. */
export interface CaseRequest extends CaseWanted {
  readonly act: Act;
  /** The person, or the name of the token that acts for nobody. */
  readonly by: string;
  readonly body: Pick<CaseAct, 'via' | 'epoch' | 'note'>;
  readonly wish?: Wish;
  readonly traceparent?: string | undefined;
}

/** Why an act was refused. Nothing has changed then. */
export type ActRefusal =
  | ClosedTo
  /** The case is part of another, which goes on in its place. */
  | { readonly reason: 'joined'; readonly into: bigint }
  /** The config asks for more than was said, or knows no such code. */
  | { readonly reason: 'unfit-resolution'; readonly faults: readonly ResolutionFault[] }
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
    const [result] = await this.respondToAllIn(tx, [request]);
    if (result === undefined) throw new Error('an act without its result');
    return result;
  }

  /**
   * Several acts, at most one of a case, in one transaction of the caller: each has its own result, in their order.
   * @param allOrNone nothing is done when one is refused; `ok` of the others then means that they could have been
   */
  async respondToAllIn(
    tx: Tx,
    requests: readonly CaseRequest[],
    { allOrNone = false }: { readonly allOrNone?: boolean } = {},
  ): Promise<readonly ActResult[]> {
    const results = await this.answer(tx, requests, allOrNone);
    tx.afterCommit(() => {
      for (const [n, { act }] of requests.entries())
        this.parts.metrics.acts.inc({ act, outcome: outcomeOf(results[n]) });
    });
    return results;
  }

  private async answer(
    tx: Tx,
    requests: readonly CaseRequest[],
    allOrNone: boolean,
  ): Promise<readonly ActResult[]> {
    const ids = requests.map(({ caseId }) => caseId);
    const opened = await openCases(tx, this.parts, ids);
    if (opened === undefined) return requests.map(() => ({ ok: false, refused: UNKNOWN_CASE }));
    const { work, configs } = opened;
    const scene = { work, config: configs.current.config };
    const found = requests.map((request) => ({ request, ...opened.find(request) }));
    const answered = found.flatMap((each) =>
      'routed' in each && isFirstAnswer(each.request, each.routed) ? [each.routed] : [],
    );
    const paged = await this.parts.timeline.pagedPersons(tx, answered);
    const results = found.map((each): ActResult => {
      if ('refused' in each) return { ok: false, refused: each.refused };
      const refused = decide(scene, each.routed, each.request, paged.get(each.routed.id));
      return refused === undefined ? { ok: true, case: work.latest(each.routed) } : { ok: false, refused };
    });
    if (allOrNone && results.some(({ ok }) => !ok)) return results;
    await this.parts.works.save(tx, work);
    // Saving tells the SLA clocks, which may move a case once more.
    return results.map((result) => (result.ok ? { ok: true, case: work.latest(result.case) } : result));
  }
}

const UNKNOWN_CASE: ActRefusal = { reason: 'unknown-case' };

const outcomeOf = (result: ActResult | undefined): string =>
  result === undefined || result.ok ? 'done' : result.refused.reason;

/** What one transaction decides with. */
interface Scene {
  readonly work: CaseWork;
  readonly config: Config;
}

const isFirstAnswer = ({ act }: CaseRequest, { state }: RoutedCase): boolean =>
  act === 'acknowledge' && state === 'open';

/** @param paged who was paged in the case's present epoch; read for first answers only */
function decide(
  scene: Scene,
  routed: RoutedCase,
  request: CaseRequest,
  paged: ReadonlySet<string> | undefined,
): ActRefusal | undefined {
  const { work } = scene;
  const { by, body, traceparent } = request;
  const refused =
    request.act === 'note' ? undefined : move(scene, routed, { ...request, act: request.act }, paged);
  if (refused !== undefined) return refused;
  if (body.note !== undefined) {
    const noted = work.put(work.latest(routed));
    work.tell(noted, { type: 'NoteAdded', by, facts: { note: body.note, ...viaOf(body) }, traceparent });
  }
  return undefined;
}

/** Whatever is more than a note. */
function move(
  { work, config }: Scene,
  routed: RoutedCase,
  request: CaseRequest & { readonly act: Exclude<Act, 'note'> },
  paged: ReadonlySet<string> | undefined,
): ActRefusal | undefined {
  const { by, body, traceparent } = request;
  const input = inputOf(request.act, request, work.now);
  work.hear(routed, recordedInput(input, request.wish?.resolution));
  const refuse = <R extends ActRefusal>(refused: R): R => {
    work.record.refused(routed.id, refused.reason);
    return refused;
  };
  if (routed.joinedInto !== undefined) return refuse({ reason: 'joined', into: routed.joinedInto });
  const { faults, resolution } = endingOf(routed, request, config);
  if (faults.length > 0) return refuse({ reason: 'unfit-resolution', faults });
  // An answer of somebody who was not paged counts, and is marked (H1).
  const notPaged = isFirstAnswer(request, routed) && paged?.has(by) !== true;
  const facts = { ...viaOf(body), ...(notPaged ? { notPaged: true } : {}), ...resolution };
  const refused = refusalOf(work.act(routed, input, { traceparent, facts, follows: true }), routed);
  if (refused === undefined && resolution !== undefined) work.put({ ...work.latest(routed), resolution });
  return refused;
}

/** What is said of the end of a case, by the config in force: its codes are those that people see now. */
function endingOf(
  { state, priority }: RoutedCase,
  { act, wish }: CaseRequest,
  config: Config,
): { readonly faults: readonly ResolutionFault[]; readonly resolution?: RoutedCase['resolution'] } {
  if (act !== 'resolve' || state === 'resolved') return { faults: [] };
  const said = wish?.resolution ?? {};
  const faults = judgeResolution(said, priority, config.resolution);
  return Object.keys(said).length === 0 ? { faults } : { faults, resolution: withLabel(said, config) };
}

const withLabel = (said: Resolution, config: Config): NonNullable<RoutedCase['resolution']> => {
  const label = said.code === undefined ? undefined : codeLabel(said.code, config.resolution);
  return { ...said, ...(label === undefined ? {} : { codeLabel: label }) };
};

const viaOf = ({ via }: Pick<CaseAct, 'via'>): { readonly via?: string } =>
  via === undefined ? {} : { via };

const ownerTimes = (by: string, wish: Wish, now: Instant): CaseInput => {
  const { until, seconds = 0, reason = '', remind, reopen } = wish;
  const times = { ...(remind === undefined ? {} : { remind }), ...(reopen === undefined ? {} : { reopen }) };
  return { type: 'OwnerTimesChanged', by, until: until ?? now + seconds * 1000, reason, ...times };
};

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
    case 'owner-times':
      return ownerTimes(by, wish, now);
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
