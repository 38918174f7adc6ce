import type { CaseTimer, EngineInput, InputOutcome, Instant } from '@tocsin/contracts';
import { type CaseInput, type Effect, type EscalationCase, reweighAt, wakeAtOf } from '@tocsin/rules';
import type { RoutedCase } from '../routed-case.js';

/** A line of the recording that is not written yet. */
export interface UnwrittenInput {
  readonly tenant: string;
  readonly caseId: bigint;
  readonly at: Instant;
  /** The config revision in force. */
  readonly revision: number;
  readonly due: Partial<Record<CaseTimer, Instant>>;
  readonly input: EngineInput | UnknownAct;
  readonly came: InputOutcome;
}

/** An input of the engine that no kind of the recording has: a replay will name it as a fault. */
interface UnknownAct {
  readonly kind: 'act';
  readonly act: CaseInput;
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
  readonly after: EscalationCase;
  readonly effects: readonly Effect[];
  /** Everything that a round robin has looked at. */
  readonly turns: readonly UsedTurn[];
}

/** What one transaction gives to the engine, and what came of it: written with everything that follows from it. */
export class WorkRecord {
  readonly lines: UnwrittenInput[] = [];
  /** The line that what comes now belongs to, by case. */
  private readonly open = new Map<bigint, OpenLine>();

  constructor(private readonly now: Instant) {}

  /** @param routed the case as it was before, or a new one */
  add(routed: RoutedCase, revision: number, input: UnwrittenInput['input']): void {
    const { id: caseId, tenant } = routed;
    const line: OpenLine = {
      tenant,
      caseId,
      at: this.now,
      revision,
      due: this.dueOf(routed),
      input,
      came: {},
    };
    this.lines.push(line);
    this.open.set(caseId, line);
  }

  /** Service and policy of a case that was opened. */
  opened({ id, service, policy }: RoutedCase): void {
    this.come(id, {
      ...(service === undefined ? {} : { service }),
      ...(policy === undefined ? {} : { policy }),
    });
  }

  /** When a clock had to be looked at; it counts where that was before this input came. */
  clockDue(caseId: bigint, at: Instant): void {
    const line = this.open.get(caseId);
    if (line !== undefined && at <= this.now) line.due.sla = Math.min(at, line.due.sla ?? at);
  }

  refused(caseId: bigint, reason: string): void {
    this.come(caseId, { refused: reason });
  }

  decided({ id }: RoutedCase, { input, before, after, effects, turns }: Decided): void {
    const priority = priorityIn(input);
    const came = this.open.get(id)?.came ?? {};
    const grown = {
      pages: [...(came.pages ?? []), ...pagesIn(effects)],
      empty: [...(came.empty ?? []), ...emptyIn(effects)],
      turns: [...(came.turns ?? []), ...takenOf(turns, effects)],
    };
    const filled = Object.entries(grown).filter(([, list]) => list.length > 0);
    this.come(id, {
      ...(priority === undefined ? {} : { priority }),
      ...(before.status === after.status ? {} : { status: after.status }),
      ...(Object.fromEntries(filled) as Partial<typeof grown>),
    });
  }

  private come(caseId: bigint, came: InputOutcome): void {
    const line = this.open.get(caseId);
    if (line !== undefined) line.came = { ...line.came, ...came };
  }

  private dueOf({ escalation, weighing, state }: RoutedCase): UnwrittenInput['due'] {
    const wake = wakeAtOf(escalation);
    const weigh = weighing === undefined || state === 'resolved' ? undefined : reweighAt(weighing);
    return {
      ...(wake === undefined || wake > this.now ? {} : { wake }),
      ...(weigh === undefined || weigh > this.now ? {} : { weigh }),
    };
  }
}

/** What the engine is given, as it is recorded. A snooze's reason is somebody's own words and decides nothing. */
export function recordedInput(input: CaseInput): UnwrittenInput['input'] {
  switch (input.type) {
    case 'Woke':
      return { kind: 'woke' };
    case 'Migrated':
      return { kind: 'migrated', by: input.by };
    case 'Snoozed':
      return { kind: 'act', act: { ...input, reason: '' } };
    default:
      return { kind: 'act', act: input };
  }
}

const pagesIn = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'RequestPages' ? [pageOf(effect)] : []));

const emptyIn = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'Tell' && effect.event === 'StepSkipped' ? targetsIn(effect.facts) : [],
  );

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

const priorityIn = (input: CaseInput): InputOutcome['priority'] => {
  if (input.type === 'Opened') return input.priority;
  return input.type === 'PriorityChanged' ? input.to : undefined;
};
