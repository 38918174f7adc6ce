import {
  type CaseEvent,
  type CaseFact,
  type CauseFacts,
  caseIdText,
  type CaseState,
  type Instant,
  isoOf,
} from '@tocsin/contracts';
import type { NewEvent } from '@tocsin/event-log';
import {
  type CaseInput,
  decide,
  type Decision,
  type EscalationCase,
  wakeAtOf,
  wouldHold,
} from '@tocsin/rules';
import { briefOf } from './brief-of.js';
import { pageEventsOf, plansOf } from './page-events.js';
import type { DecisionContext } from './pinned-configs.js';
import { WatchedCases } from './watch-rules/watched-case.js';
import { slaInputOf } from './keep-sla/sla-input-of.js';
import { SlaWork } from './keep-sla/sla-work.js';
import { knownMembers } from './known-members.js';
import {
  recordedInput,
  type UnwrittenInput,
  type UsedTurn,
  WorkRecord,
} from './record-inputs/work-record.js';
import { neverClosing, type RoutedCase, type StepPlan } from './routed-case.js';
import type { TakenTurn } from './turn.store.js';

/** Who caused the work, for the timeline and the trace. */
export interface Cause {
  readonly traceparent?: string | undefined;
  /** Added to the facts of what the decision tells, such as `via`. */
  readonly facts?: CauseFacts | undefined;
  /** It follows from what is recorded already: a replay works it out again. */
  readonly follows?: true | undefined;
}

/** What one transaction has decided about its cases, before any of it is written. Effects are collected as data. */
export class CaseWork {
  private readonly changed = new Map<bigint, RoutedCase>();
  readonly events: NewEvent[] = [];
  readonly plans: StepPlan[] = [];
  /** What the SLA clocks of the cases have to hear. */
  readonly sla = new SlaWork();
  /** What rules that only watch would have decided. */
  readonly watched = new WatchedCases();
  /** Turns of round robins that this transaction has taken. */
  readonly turns: TakenTurn[] = [];
  /** What the engine was given; every input that does not follow from another stands in it. */
  readonly record: WorkRecord;

  /** @param now the database's time, read after the locks were granted */
  constructor(
    readonly now: Instant,
    readonly contextOf: (routed: RoutedCase) => DecisionContext,
  ) {
    this.record = new WorkRecord(now);
  }

  /** Cases to be saved. */
  get cases(): RoutedCase[] {
    return [...this.changed.values()];
  }

  /** When the earliest of the saved cases must be looked at again. */
  get wakeAt(): Instant | undefined {
    const times = this.cases.map((c) => wakeAtOf(c.escalation)).filter((at) => at !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** The case as this transaction has left it so far. */
  latest(routed: RoutedCase): RoutedCase {
    return this.changed.get(routed.id) ?? routed;
  }

  /** Lets the engine decide, keeps the new state and what follows from it. A refusal changes nothing. */
  act(routed: RoutedCase, input: CaseInput, cause: Cause = {}): Decision {
    const before = this.latest(routed);
    const used: UsedTurn[] = [];
    const plain = this.withTurns(before, this.contextOf(before));
    const context = noting(plain, used);
    if (cause.follows === undefined && !this.record.isHearing)
      this.record.add(before, context.inForce.revision, recordedInput(input));
    const decision = decide(before.escalation, input, context, this.now);
    if (decision.refused !== undefined) this.record.refused(before.id, decision.refused.reason);
    if (decision.state === before.escalation) return decision;
    this.record.decided(before, context.inForce.revision, {
      input,
      before: before.escalation,
      ...decision,
      turns: used,
    });
    const after = this.put(afterDecision(before, decision.state, this.now));
    this.sla.hear(after, slaInputOf(input, cause.facts));
    for (const effect of decision.effects) {
      if (effect.type === 'TakeTurn') this.turns.push({ tenant: after.tenant, policy: effect.policy });
      if (effect.type !== 'Tell') continue;
      const { by, epoch, facts } = effect;
      // The type and its facts belong together; what they followed from stands beside them.
      const fact = { type: effect.event, facts: { ...facts, ...cause.facts } } as CaseFact;
      this.tell(after, { ...fact, by, epoch, traceparent: cause.traceparent });
    }
    for (const { pages, ...held } of wouldHold(
      { before: before.escalation, input, context: plain, ...decision },
      plain.inForce.config,
      this.now,
    ))
      this.watched.add(after, [held], plain.inForce.revision, pages);
    this.plans.push(...plansOf(after, decision.effects));
    this.events.push(
      ...pageEventsOf(
        { routed: after, plan: context.plan, now: this.now, traceparent: cause.traceparent },
        decision.effects,
      ),
    );
    return decision;
  }

  /** Records what a case is given before the engine is asked; what it decides from now on came of this. */
  hear(routed: RoutedCase, input: UnwrittenInput['input']): void {
    const before = this.latest(routed);
    this.record.add(before, this.contextOf(before).inForce.revision, input);
  }

  /** The cases of one batch take their turns one after the other. */
  private withTurns({ tenant }: RoutedCase, context: DecisionContext): DecisionContext {
    const { turnOf } = context;
    if (turnOf === undefined || this.turns.length === 0) return context;
    const taken = (policy: string): number =>
      this.turns.filter((t) => t.tenant === tenant && t.policy === policy).length;
    return {
      ...context,
      turnOf: (policy) => {
        const facts = turnOf(policy);
        return { ...facts, turn: facts.turn + taken(policy) };
      },
    };
  }

  /** Keeps a changed case. The version counts the transactions that changed it. */
  put(routed: RoutedCase): RoutedCase {
    const version = this.changed.has(routed.id) ? routed.version : routed.version + 1;
    const kept = { ...routed, version };
    this.changed.set(routed.id, kept);
    return kept;
  }

  /** Adds a row to the timeline, of the case's present epoch unless told. */
  tell(routed: RoutedCase, told: NewTold): void {
    const { epoch } = routed.escalation;
    this.events.push(timelineRow(routed, { epoch, at: this.now, ...told }));
  }
}

/** The same context; what a round robin looks at is noted. */
function noting(context: DecisionContext, used: UsedTurn[]): DecisionContext {
  const { turnOf } = context;
  if (turnOf === undefined) return context;
  return {
    ...context,
    turnOf: (policy) => {
      const facts = turnOf(policy);
      used.push({ policy, turn: facts.turn, loads: facts.loads });
      return facts;
    },
  };
}

/** What is told of a case: a type of event with the facts that it must have. */
export type NewTold = CaseFact & {
  /** A person, a source, or `tocsin`. */
  readonly by: string;
  readonly epoch?: number;
  readonly traceparent?: string | undefined;
};

export type Told = NewTold & { readonly at: Instant };

/**
 * A row of a case's timeline, which is an event of topic `cases` too. Always on the cold lane: what outsiders are told
 * never stands in front of a page, and stays in order when the priority of the case moves.
 * @param of the case, or where it is when nobody holds the case itself
 */
export function timelineRow(
  of: RoutedCase | Pick<RoutedCase, 'tenant' | 'id'>,
  { type, by, facts, at, epoch = 0, traceparent }: Told,
): NewEvent {
  const { tenant } = of;
  const caseId = caseIdText(of.id);
  const event: CaseEvent = { type, tenant, caseId, epoch, at: isoOf(at), by, facts };
  const payload = JSON.stringify('state' in of ? { ...event, case: briefOf(of) } : event);
  return { topic: 'cases', lane: 'cold', key: `${tenant}:${caseId}`, type, payload, traceparent };
}

function stateOf({ status }: EscalationCase): CaseState {
  if (status === 'cancelled') return 'merged';
  return status === 'acknowledged' || status === 'resolved' || status === 'snoozed' ? status : 'open';
}

/** Only a case that is open can be on its way to be closed. */
const whileOpen = (routed: RoutedCase, state: CaseState): RoutedCase =>
  state === 'resolved' ? neverClosing(routed) : routed;

/** The case follows its escalation: nothing else moves its state. An answer is remembered until the case is reopened. */
function afterDecision(before: RoutedCase, escalation: EscalationCase, now: Instant): RoutedCase {
  const state = stateOf(escalation);
  const { acknowledgedAt, acknowledgedBy, resolvedAt, resolution, noEscalation, ...rest } = whileOpen(
    before,
    state,
  );
  const end = knownMembers({ acknowledgedAt, acknowledgedBy, resolution, resolvedAt: resolvedAt ?? now });
  return {
    ...rest,
    state,
    escalation,
    ...(state === 'resolved' ? end : {}),
    ...(escalation.status === 'acknowledged'
      ? { acknowledgedAt: escalation.at, acknowledgedBy: escalation.by }
      : {}),
    ...(escalation.status === 'none' ? { noEscalation: escalation.reason } : {}),
    ...(escalation.status !== 'none' && escalation.epoch === 0 && noEscalation !== undefined
      ? { noEscalation }
      : {}),
  };
}
