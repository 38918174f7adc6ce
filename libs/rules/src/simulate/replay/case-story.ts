import type { Instant, Priority, RecordedPage, SlaKind, TicketEvent } from '@tocsin/contracts';
import type { EscalationCase } from '../../escalation/escalation-case.js';

/** One person asked. */
export interface StoryPage {
  readonly at: Instant;
  readonly person: string;
  readonly stepName: string;
  readonly epoch: number;
  readonly round: number;
  readonly step: number;
}

/** Somebody took the case. */
export interface StoryAnswer {
  readonly at: Instant;
  readonly by: string;
  /** The step that was paged last before; absent when nobody had been paged. */
  readonly after?: string | undefined;
  /** Whether this person had been paged for the case by then. */
  readonly paged: boolean;
}

/** It ended, or was open again. */
export interface StoryTurn {
  readonly at: Instant;
  readonly to: 'resolved' | 'reopened';
}

/** A promise was not kept. */
export interface StoryBreach {
  readonly at: Instant;
  readonly clock: SlaKind;
}

/** What became of one case, as far as people notice. Plain JSON. */
export interface CaseStory {
  readonly case: string;
  readonly openedAt: Instant;
  readonly service?: string | undefined;
  readonly policy?: string | undefined;
  /** The first is that of the opening. */
  readonly priorities: readonly { readonly at: Instant; readonly priority: Priority }[];
  readonly pages: readonly StoryPage[];
  readonly answers: readonly StoryAnswer[];
  readonly turns: readonly StoryTurn[];
  /** Source and key of each ticket that it was opened for or that joined it, in order. */
  readonly tickets: readonly string[];
  /** Targets that led to nobody, each time. */
  readonly empty: readonly string[];
  /** Absent where the recording is too old to tell of breaches. */
  readonly breaches?: readonly StoryBreach[] | undefined;
}

/** Writes one story in the order of time. */
export class StoryWriter {
  private readonly priorities: { at: Instant; priority: Priority }[] = [];
  private readonly pages: StoryPage[] = [];
  private readonly answers: StoryAnswer[] = [];
  private readonly turns: StoryTurn[] = [];
  private readonly tickets = new Set<string>();
  private readonly empty: string[] = [];
  private breaches: StoryBreach[] | undefined;

  constructor(private readonly opened: Pick<CaseStory, 'case' | 'openedAt' | 'service' | 'policy'>) {}

  priority(at: Instant, priority: Priority): void {
    this.priorities.push({ at, priority });
  }

  page(at: Instant, { persons, stepName, epoch, round, step }: RecordedPage): void {
    for (const person of persons) this.pages.push({ at, person, stepName, epoch, round, step });
  }

  answer(at: Instant, by: string): void {
    const after = this.pages.at(-1)?.stepName;
    this.answers.push({ at, by, after, paged: this.pages.some(({ person }) => person === by) });
  }

  /** The state of its escalation from now on. */
  status(at: Instant, status: EscalationCase['status']): void {
    const isOver = this.turns.at(-1)?.to === 'resolved';
    if (isOver === (status === 'resolved')) return;
    this.turns.push({ at, to: isOver ? 'reopened' : 'resolved' });
  }

  ticket({ source, ticketKey }: Pick<TicketEvent, 'source' | 'ticketKey'>): void {
    this.tickets.add(`${source} ${ticketKey}`);
  }

  nobody(targets: readonly string[]): void {
    this.empty.push(...targets);
  }

  get tellsBreaches(): boolean {
    return this.breaches !== undefined;
  }

  /** An empty list says that breaches are told from now on. */
  breached(at: Instant, clocks: readonly SlaKind[]): void {
    this.breaches = [...(this.breaches ?? []), ...clocks.map((clock) => ({ at, clock }))];
  }

  /** Whether this page was asked for. */
  has({ epoch, round, step, person }: Pick<StoryPage, 'epoch' | 'round' | 'step' | 'person'>): boolean {
    return this.pages.some(
      (page) => page.epoch === epoch && page.round === round && page.step === step && page.person === person,
    );
  }

  get story(): CaseStory {
    const { priorities, pages, answers, turns, empty, breaches } = this;
    const told = breaches === undefined ? {} : { breaches };
    return { ...this.opened, priorities, pages, answers, turns, tickets: [...this.tickets], empty, ...told };
  }
}
