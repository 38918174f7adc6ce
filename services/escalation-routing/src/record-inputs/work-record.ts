import {
  caseIdText,
  type CaseTimer,
  type EngineInput,
  type InputOutcome,
  type Instant,
  type Priority,
  type Resolution,
  RESOLUTION_MEMBERS,
  type SlaKind,
} from '@tocsin/contracts';
import {
  type CaseInput,
  type Effect,
  type EscalationCase,
  reweighAt,
  type Ticket,
  wakeAtOf,
} from '@tocsin/rules';
import type { RoutedCase } from '../routed-case.js';

/** A line of the recording that is not written yet. */
export interface UnwrittenInput {
  readonly tenant: string;
  /** Absent for an event that no case heard. */
  readonly caseId?: bigint | undefined;
  readonly at: Instant;
  /** The config revision in force. */
  readonly revision: number;
  readonly due: Partial<Record<CaseTimer, Instant>>;
  readonly input: EngineInput | UnknownAct | TicketsMoved;
  readonly came: InputOutcome;
}

/** An input of the engine that no kind of the recording has: a replay will name it as a fault. */
interface UnknownAct {
  readonly kind: 'act';
  readonly act: CaseInput;
}

/** Somebody moved tickets by hand: to be said of every case that has part in it, until the replay can do it too. */
interface TicketsMoved {
  readonly kind: 'tickets-moved';
  readonly act: 'merge' | 'split' | 'move' | 'undo';
}

interface OpenLine extends UnwrittenInput {
  came: InputOutcome;
}

/** What a turn stood on when it was taken. */
export type UsedTurn = NonNullable<InputOutcome['turns']>[number];

/** What the engine decided. */
interface Decided {
  readonly input: CaseInput;
  readonly before: EscalationCase;
  readonly state: EscalationCase;
  readonly effects: readonly Effect[];
  /** Everything that a round robin has looked at. */
  readonly turns: readonly UsedTurn[];
}

/** An event that is being triaged: which case hears it is not known before its end. */
interface HeardEvent extends Pick<UnwrittenInput, 'tenant' | 'revision' | 'input'> {
  /** What came of it, by case. */
  readonly lines: Map<bigint, OpenLine>;
  /** The case that it has opened; triage calls it opening too when a case returns. */
  opened?: bigint;
}

/** What one transaction gives to the engine, and what came of it: written with everything that follows from it. */
export class WorkRecord {
  readonly lines: UnwrittenInput[] = [];
  /** The line that what comes now belongs to, by case. */
  private readonly open = new Map<bigint, OpenLine>();
  private event: HeardEvent | undefined;

  constructor(private readonly now: Instant) {}

  /** Whether an event is being triaged: whatever is decided meanwhile follows from it. */
  get isHearing(): boolean {
    return this.event !== undefined;
  }

  /** @param routed the case as it was before, or a new one */
  add(routed: RoutedCase, revision: number, input: UnwrittenInput['input']): void {
    const line = this.lineOf(routed, revision, input);
    this.lines.push(line);
    this.open.set(routed.id, line);
  }

  /** Begins an event. What came of the ones before it in the same transaction is complete. */
  hear(tenant: string, revision: number, input: EngineInput): void {
    this.event = { tenant, revision, input, lines: new Map() };
    this.open.clear();
  }

  /**
   * Ends the event.
   * @param routed the case that heard it, as it is now
   * @param ticket its ticket before it
   */
  heard(routed: RoutedCase | undefined, went: string, ticket: Ticket): void {
    const { event } = this;
    if (event === undefined) return;
    this.event = undefined;
    const { tenant, revision, lines } = event;
    const input = { ...event.input, ...beforeIn(routed, ticket) };
    const mine = routed === undefined ? undefined : lines.get(routed.id);
    const due = mine?.due ?? (routed === undefined ? {} : this.dueOf(routed));
    const caseId = routed?.id;
    const line = {
      tenant,
      caseId,
      at: this.now,
      revision,
      due,
      input,
      came: { went: wentOf(event, went, caseId), ...mine?.came },
    };
    const others = [...lines.values()].filter((other) => other !== mine);
    for (const each of [line, ...others]) {
      this.lines.push(each);
      if (each.caseId !== undefined) this.open.set(each.caseId, each);
    }
  }

  /** Service and policy of a case that was opened. */
  opened({ service, policy, ...routed }: RoutedCase): void {
    this.ensure(routed, routed.revision);
    if (this.event !== undefined) this.event.opened = routed.id;
    this.come(routed.id, {
      ...(service === undefined ? {} : { service }),
      ...(policy === undefined ? {} : { policy }),
      breached: [],
    });
  }

  /** SLA clocks of a case have run out. */
  breached(routed: RoutedCase, revision: number, clocks: readonly SlaKind[]): void {
    const { came } = this.ensure(routed, revision);
    this.come(routed.id, { breached: [...(came.breached ?? []), ...clocks] });
  }

  /** When a clock had to be looked at; it counts where that was before this input came. */
  clockDue(routed: RoutedCase, revision: number, at: Instant): void {
    if (at > this.now) return;
    const line = this.ensure(routed, revision);
    line.due.sla = Math.min(at, line.due.sla ?? at);
  }

  /** An event would have reopened another case, had this one not been in its way. */
  cameBeside(routed: RoutedCase, revision: number, other: bigint): void {
    this.ensure(routed, revision);
    this.come(routed.id, { beside: caseIdText(other) });
  }

  refused(caseId: bigint, reason: string): void {
    this.come(caseId, { refused: reason });
  }

  /** @param routed the case as it was before */
  decided(routed: RoutedCase, revision: number, { input, before, state, effects, turns }: Decided): void {
    const { came } = this.ensure(routed, revision);
    const grown = {
      priorities: [...(came.priorities ?? []), ...prioritiesIn(input)],
      pages: [...(came.pages ?? []), ...pagesIn(effects)],
      empty: [...(came.empty ?? []), ...emptyIn(effects)],
      turns: [...(came.turns ?? []), ...takenOf(turns, effects)],
    };
    const filled = Object.entries(grown).filter(([, list]) => list.length > 0);
    this.come(routed.id, {
      ...(before.status === state.status ? {} : { status: state.status }),
      ...(isAnswer(before, state) ? { answeredBy: state.by } : {}),
      ...quietForIn(state),
      ...(Object.fromEntries(filled) as Partial<typeof grown>),
    });
  }

  come(caseId: bigint, came: InputOutcome): void {
    const line = this.linesNow.get(caseId);
    if (line !== undefined) line.came = { ...line.came, ...came };
  }

  private get linesNow(): Map<bigint, OpenLine> {
    return this.event?.lines ?? this.open;
  }

  /** The line of a case; one of its own where it is moved by what is recorded of another. */
  private ensure(routed: RoutedCase, revision: number): OpenLine {
    const known = this.linesNow.get(routed.id);
    if (known !== undefined) return known;
    const line = this.lineOf(routed, revision, { kind: 'followed' });
    this.linesNow.set(routed.id, line);
    if (this.event === undefined) this.lines.push(line);
    return line;
  }

  private lineOf(routed: RoutedCase, revision: number, input: UnwrittenInput['input']): OpenLine {
    const { id: caseId, tenant } = routed;
    return { tenant, caseId, at: this.now, revision, due: this.dueOf(routed), input, came: {} };
  }

  private dueOf({ escalation, weighing, state, closeAt, group }: RoutedCase): UnwrittenInput['due'] {
    const timers = {
      wake: wakeAtOf(escalation),
      weigh: weighing === undefined || state === 'resolved' ? undefined : reweighAt(weighing),
      close: closeAt,
      calm: group?.flapping?.calmAt,
    };
    const due = Object.entries(timers).filter(([, at]) => at !== undefined && at <= this.now);
    return Object.fromEntries(due);
  }
}

const wentOf = ({ opened }: HeardEvent, went: string, caseId: bigint | undefined): string =>
  went === 'open' && opened !== caseId ? 'reopen' : went;

/** Of a ticket that comes into another case than it was in. */
function beforeIn(
  routed: RoutedCase | undefined,
  { versionBy, seen, opened, resolved, status, caseId }: Ticket,
): { readonly before?: object } {
  if (versionBy === undefined || routed === undefined || routed.id === caseId) return {};
  return { before: { versionBy, seen, opened, resolved, status } };
}

/**
 * What the engine is given, as it is recorded. What somebody says in their own words decides nothing: only that they
 * said it, where the config asks for it.
 */
export function recordedInput(input: CaseInput, resolution: Resolution = {}): UnwrittenInput['input'] {
  switch (input.type) {
    case 'Woke':
      return { kind: 'woke' };
    case 'Migrated':
      return { kind: 'migrated', by: input.by };
    case 'Snoozed':
    case 'OwnerTimesChanged':
      return { kind: 'act', act: { ...input, reason: '' } };
    case 'Resolved':
      return { kind: 'act', act: { ...input, ...saidOf(resolution) } };
    default:
      return { kind: 'act', act: input };
  }
}

const saidOf = (resolution: Resolution): object => {
  const said = RESOLUTION_MEMBERS.filter((member) => resolution[member] !== undefined);
  const { code } = resolution;
  return { ...(code === undefined ? {} : { code }), ...(said.length === 0 ? {} : { said }) };
};

const pagesIn = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'RequestPages' ? [pageOf(effect)] : []));

const emptyIn = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'Tell' && effect.event === 'StepSkipped' ? targetsIn(effect.facts) : [],
  );

const isAnswer = (
  before: EscalationCase,
  state: EscalationCase,
): state is Extract<EscalationCase, { status: 'acknowledged' }> =>
  state.status === 'acknowledged' && before.status !== 'acknowledged';

const quietForIn = (state: EscalationCase): Pick<InputOutcome, 'quietFor'> =>
  state.status === 'suppressed' && state.by.kind === 'parent' ? { quietFor: state.by.id } : {};

const takenOf = (turns: readonly UsedTurn[], effects: readonly Effect[]): UsedTurn[] =>
  turns.filter(({ policy }) =>
    effects.some((effect) => effect.type === 'TakeTurn' && effect.policy === policy),
  );

const pageOf = (effect: Extract<Effect, { type: 'RequestPages' }>) => {
  const { epoch, round, step, stepName, persons } = effect;
  return { epoch, round, step, stepName, persons: persons.map(({ person }) => person) };
};

const targetsIn = ({ targets }: Readonly<Record<string, unknown>>): string[] =>
  Array.isArray(targets) ? targets.filter((target) => typeof target === 'string') : [];

const prioritiesIn = (input: CaseInput): Priority[] => {
  if (input.type === 'Opened') return [input.priority];
  return input.type === 'PriorityChanged' ? [input.to] : [];
};
