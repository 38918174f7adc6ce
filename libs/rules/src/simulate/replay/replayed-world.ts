import { type Instant, isIgnored, type RecordedAct, type Target, type TicketEvent } from '@tocsin/contracts';
import { caseFactsOf } from '../../conditions/case-facts.js';
import { saidBy } from '../../conditions/facts-of-event.js';
import type { CaseInput } from '../../escalation/case-input.js';
import { decide } from '../../escalation/decide.js';
import type { Decision } from '../../escalation/decision.js';
import type { Effect, RequestPages } from '../../escalation/effect.js';
import type { TurnFacts } from '../../escalation/escalation-context.js';
import type { PolicyPlan } from '../../escalation/policy-plan.js';
import { priorityOf, reweigh, type WeighInput } from '../../priority/reweigh.js';
import { isFitting, type PersonsAct, withoutEpoch } from './persons-act.js';
import { changesKnownAt } from './known-changes.js';
import { promiseOf } from '../../sla/promise-of.js';
import { toldByTicket } from '../../sla/told-by-ticket.js';
import type { KnownWindows } from './known-windows.js';
import { LostCases } from './lost-cases.js';
import { emptyIn, isMute } from './led-to-nobody.js';
import type { Moment } from './moment.js';
import type {
  HeardEvent,
  InputGroup,
  OrderedHistory,
  PagePlace,
  ReplayableInput,
} from './ordered-history.js';
import { runClocks, toldByDecision } from './replay-clocks.js';
import {
  isOver,
  joinOf,
  openedByEvent,
  openedByHand,
  type Opening,
  type ReplayConfig,
  type ReplayedCase,
  unrealName,
} from './replayed-case.js';
import { calmedBy, closedBy } from './replayed-closing.js';
import { ReplayedGround } from './replayed-ground.js';
import { ReplayedParents } from './replayed-parents.js';
import { dueOf } from './replayed-timers.js';
import { ReplayedTriage } from './replayed-triage.js';
import { ticketOf } from './recorded-event.js';
import type { Replay, ReplayedHistory } from './replay-history.js';
import type { ReplayTimer, WaitingTimer } from './timer-queue.js';

/** The config that takes the place of a revision; undefined when nobody has it. */
export type ConfigAt = (revision: number) => ReplayConfig | undefined;

/** All cases of a replay. Does what routing does around the engine. */
export class ReplayedWorld {
  private readonly history: OrderedHistory;
  private readonly configThen: ReplayedHistory['configThen'];
  private readonly cases = new Map<string, ReplayedCase>();
  private readonly lost = new LostCases();
  private readonly parents = new ReplayedParents();
  private readonly ground: ReplayedGround;
  /** The revision of the latest line: a timer rings only after the line that set it. */
  private latest = 0;
  private actsLost = 0;

  private readonly triage: ReplayedTriage;
  /** What the last step has moved. */
  private touched = new Set<string>();
  /** The case that goes on in place of one that is not opened in the replay, by the name of that one. */
  private readonly standsFor = new Map<string, ReplayedCase>();
  private readonly heardBy = new Map<number, string>();

  constructor(
    { history, changes, configThen }: ReplayedHistory,
    windows: KnownWindows,
    private readonly configAt: ConfigAt,
  ) {
    this.history = history;
    this.configThen = configThen;
    this.ground = new ReplayedGround(changesKnownAt(changes), windows, this.parents);
    this.triage = new ReplayedTriage({
      act: (found, input, moment) => void this.act(found, input, moment),
      weigh: this.weigh.bind(this),
      begin: (event, moment) => this.keep(openedByEvent(event, this.openingOf(moment))),
      start: this.start.bind(this),
    });
  }

  get replay(): Replay {
    const cases = [...this.cases].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      stories: new Map(cases.map(([name, { story }]) => [name, story.story])),
      heardBy: this.heardBy,
      joins: cases.flatMap(([, found]) => joinOf(found)),
      actsLost: this.actsLost,
      lost: this.lost.names,
      withoutConfig: this.lost.withoutConfig,
    };
  }

  /** @param looks when what hushes cases was changed, in order */
  dueOf(name: string, timer: ReplayTimer, looks: readonly Instant[]): Instant | undefined {
    const found = this.cases.get(name);
    return found === undefined ? undefined : dueOf(found, timer, looks);
  }

  /**
   * What came from outside at one instant, the clocks of its cases last.
   * @returns the cases that it has moved
   */
  take({ at, rows }: InputGroup): Iterable<string> {
    this.touched = new Set();
    const clockSteps: Moment['clockSteps'] = [];
    let moment: Moment | undefined;
    for (const row of rows) {
      this.latest = row.revision;
      const config = this.configAt(row.revision);
      if (config === undefined) {
        this.drop(row, row.revision);
        continue;
      }
      moment = { at, config, row, clockSteps };
      this.takeOne(row, moment);
    }
    if (moment !== undefined) this.end(moment);
    return this.touched;
  }

  /**
   * A timer that is due, as the revision in force at that time has it.
   * @returns the cases that it has moved
   */
  ring({ case: name, at, timer, row }: WaitingTimer): Iterable<string> {
    this.touched = new Set([name]);
    const found = this.cases.get(name);
    if (found === undefined) return [];
    const revision = row?.revision ?? this.latest;
    const config = this.configAt(revision);
    if (config === undefined) {
      this.lose(name, revision);
      return [];
    }
    const moment: Moment = { at, config, row, clockSteps: [] };
    this.ringIn(found, timer, moment);
    this.end(moment);
    return this.touched;
  }

  /** What comes at the end of a transaction: clocks, and whom its cases no longer keep quiet. */
  private end(moment: Moment): void {
    this.runClocks(moment);
    for (const name of [...this.touched]) {
      const found = this.cases.get(name);
      const letGo = found === undefined ? [] : this.parents.moved(found, moment.config.config, moment.at);
      for (const child of letGo) this.touched.add(child.name);
    }
  }

  private ringIn(found: ReplayedCase, timer: ReplayTimer, moment: Moment): void {
    switch (timer) {
      case 'wake':
        this.act(found, { type: 'Woke' }, moment);
        return;
      case 'look':
        Object.assign(found, { lookedAt: moment.at, letGoAt: undefined });
        this.act(found, { type: 'QuietChanged' }, moment);
        return;
      case 'sla':
        moment.clockSteps.push({ found, step: { input: { type: 'Woke' } } });
        return;
      case 'weigh':
        return this.weigh(found, { type: 'Woke' }, moment);
      case 'close':
        return this.actIf(found, closedBy(found, moment), moment);
      case 'calm':
        return this.actIf(found, calmedBy(found, moment), moment);
    }
  }

  /** A case that cannot be followed any more tells no story; whatever its tickets say later begins anew. */
  private drop({ case: name, input }: ReplayableInput, revision: number): void {
    if (input.kind === 'event') this.triage.forget(ticketOf(input.event));
    if (name !== undefined) this.lose(name, revision);
  }

  private lose(name: string, revision: number): void {
    this.cases.delete(name);
    this.lost.add(name, revision);
  }

  private takeOne(row: ReplayableInput, moment: Moment): void {
    const { input, case: name = '' } = row;
    if (input.kind === 'event') return this.hear(row, input, moment);
    if (input.kind === 'paged-by-hand') return this.openByHand(input, moment);
    const found = this.caseNow(name);
    if (found === undefined) return;
    switch (input.kind) {
      case 'act':
        return this.repeatAct(found, input.act, moment);
      case 'migrated':
        return this.migrate(found, input.by, moment);
      case 'pinned':
        return this.weigh(
          found,
          { type: 'Pinned', pin: { priority: input.priority, by: input.by, reason: '', until: input.until } },
          moment,
        );
      case 'unpinned':
        return this.weigh(found, { type: 'Unpinned' }, moment);
      case 'followed':
      case 'woke':
      case 'sla-woke':
      case 'reweighed':
      case 'closing-looked':
      case 'calmed':
        // They come of themselves: these lines only tell when, and what really came of it.
        return;
    }
  }

  /** The case of that name, or what goes on in its place. */
  private caseNow(name: string): ReplayedCase | undefined {
    // Who really acted on a case that is part of another in the replay would have seen that one.
    let found = this.cases.get(name) ?? this.standsFor.get(name);
    const really = this.history.byCase.get(name)?.some(({ came }) => came.refused === 'joined') === true;
    while (!really && found?.joinedInto !== undefined) found = found.joinedInto;
    return found;
  }

  private hear(row: ReplayableInput, { event: recorded, before }: HeardEvent, moment: Moment): void {
    const event = ticketOf(recorded);
    if (!this.isHeard(row, event)) return this.triage.forget(event);
    if (before !== undefined) this.triage.remember(event, before);
    const { case: name, came } = row;
    const { found, ignored } = this.triage.hear(event, moment);
    if (found === undefined) return;
    this.touched.add(found.name);
    this.heardBy.set(row.id, found.name);
    if (came.went === 'open' && name !== undefined && found.name !== name) this.standsFor.set(name, found);
    if (!ignored) found.story.ticket(event);
  }

  /** Events of cases that are not followed are not heard. */
  private isHeard({ case: name, came }: ReplayableInput, event: TicketEvent): boolean {
    if (name !== undefined) return this.history.byCase.has(name);
    // What really did nothing would open a case only because nothing is known of before the recording.
    return !isIgnored(came) || this.triage.knows(event) || !this.triage.wouldOpen(event);
  }

  private openingOf({ at, config, row }: Moment): Opening {
    const planOf = (service: string | undefined, targets?: readonly Target[]): PolicyPlan =>
      this.ground.planOf(config.config, service, targets);
    const really = row?.came.went === 'open' || row?.input.kind === 'paged-by-hand' ? row.case : undefined;
    const free = really === undefined || this.cases.has(really) ? undefined : really;
    return { name: free ?? unrealName(row?.id ?? 0), at, config, planOf };
  }

  private keep(opened: ReplayedCase): ReplayedCase {
    this.cases.set(opened.name, opened);
    this.touched.add(opened.name);
    return opened;
  }

  private openByHand(
    input: Extract<ReplayableInput['input'], { kind: 'paged-by-hand' }>,
    moment: Moment,
  ): void {
    const opened = this.keep(openedByHand(input, this.openingOf(moment)));
    opened.story.priority(moment.at, opened.priority);
    this.act(opened, { type: 'Opened', priority: opened.priority }, moment);
  }

  private start(opened: ReplayedCase, event: TicketEvent, moment: Moment): void {
    const { priority, service = '' } = opened;
    opened.story.priority(moment.at, priority);
    const facts = caseFactsOf(saidBy(event), { priority, service, events: 1, round: 1 });
    moment.clockSteps.push({ found: opened, step: { facts, told: toldByTicket(event, true) } });
    this.act(opened, { type: 'Opened', priority }, moment);
  }

  /**
   * People act as they did, at the same instant. What counted for the pages of then counts for those of the replay, so
   * its epoch is left to the engine; what was refused is tried again as it was.
   */
  private repeatAct(found: ReplayedCase, act: RecordedAct, moment: Moment): void {
    if (act.type === 'StepUnreachable') {
      if (act.person === undefined || this.wasReally(found, { ...act, person: act.person }))
        this.act(found, act, moment);
      return;
    }
    const counted = moment.row?.came.refused === undefined;
    const refused = !this.isTaken(found, counted ? withoutEpoch(act) : act, moment);
    if (counted && refused) this.actsLost += 1;
    if (!refused) found.heardAt = moment.at;
  }

  private isTaken(found: ReplayedCase, act: PersonsAct, moment: Moment): boolean {
    if (found.joinedInto !== undefined || !isFitting(found, act, moment.config.config)) return false;
    return this.act(found, act, moment).refused === undefined;
  }

  private migrate(found: ReplayedCase, by: string, moment: Moment): void {
    const { config } = moment;
    const { pinned, plan } = found;
    const after = this.ground.planOf(config.config, found.service, found.targets);
    const before = found.escalation;
    Object.assign(found, { pinned: config, plan: after });
    const from = { revision: pinned.revision, plan };
    this.act(found, { type: 'Migrated', by, from, revision: config.revision }, moment);
    if (found.escalation === before) Object.assign(found, { pinned, plan });
  }

  private weigh(found: ReplayedCase, input: WeighInput, moment: Moment): void {
    if (isOver(found) && input.type !== 'Said') return;
    const { weighing, refused } = reweigh(
      found.weighing,
      input,
      { ...moment.config, unexplained: true },
      moment.at,
    );
    if (refused !== undefined) return;
    found.weighing = weighing;
    const priority = priorityOf(weighing, moment.config.config);
    if (priority === found.priority) return;
    found.priority = priority;
    found.story.priority(moment.at, priority);
    this.act(found, { type: 'PriorityChanged', to: priority }, moment);
  }

  /** Clocks move, and what they say now is weighed, which they hear in turn. */
  private runClocks(moment: Moment, heard = 0): void {
    const { clockSteps, at } = moment;
    for (const { found, step } of clockSteps.slice(heard)) {
      const { clocks, escalates, breached } = runClocks(found.clocks, step, found.pinned.config, at);
      found.clocks = clocks;
      found.story.breached(at, breached);
      this.touched.add(found.name);
      escalates.forEach(() => this.act(found, { type: 'EscalateNow', by: 'tocsin' }, moment));
    }
    const before = clockSteps.length;
    for (const found of new Set(clockSteps.map((step) => step.found))) {
      const promise = promiseOf(found.clocks?.clocks ?? []);
      if (promise !== found.weighing.facts.promise && !isOver(found))
        this.weigh(found, { type: 'Promised', promise }, moment);
    }
    if (clockSteps.length > before) this.runClocks(moment, before);
  }

  private actIf(found: ReplayedCase, input: CaseInput | undefined, moment: Moment): void {
    if (input !== undefined) this.act(found, input, moment);
  }

  private act(found: ReplayedCase, input: CaseInput, moment: Moment): Decision {
    const before = found.escalation;
    this.touched.add(found.name);
    const used = new Map<string, TurnFacts>();
    const decision = decide(before, input, this.ground.contextOf(found, moment, used), moment.at);
    if (decision.state === before) return decision;
    found.escalation = decision.state;
    this.ground.countLoads(before, decision.state);
    const told = toldByDecision(input);
    if (told !== undefined) moment.clockSteps.push({ found, step: { input: told } });
    const { status } = decision.state;
    found.story.status(moment.at, status);
    found.resolvedAt = status === 'resolved' ? (found.resolvedAt ?? moment.at) : undefined;
    if (status === 'resolved') Object.assign(found, { resolving: undefined, closeAt: undefined });
    if (status === 'acknowledged' && before.status !== status)
      found.story.answer(moment.at, decision.state.by);
    for (const effect of decision.effects) this.follow(found, effect, moment, used);
    return decision;
  }

  private follow(
    found: ReplayedCase,
    effect: Effect,
    moment: Moment,
    used: ReadonlyMap<string, TurnFacts>,
  ): void {
    if (effect.type === 'TakeTurn') this.ground.takeTurn(effect.policy, used);
    else if (effect.type === 'Tell' && effect.event === 'StepSkipped')
      found.story.nobody(emptyIn(effect.facts));
    else if (effect.type === 'RequestPages') this.page(found, effect, moment);
  }

  /** Whom no way leads to is told back at once, unless it is recorded what really became of this page. */
  private page(found: ReplayedCase, effect: RequestPages, moment: Moment): void {
    const persons = effect.persons.map(({ person }) => person);
    found.story.page(moment.at, { ...effect, persons });
    for (const person of persons) {
      const { epoch, round, step } = effect;
      const page = { epoch, round, step, person };
      if (isMute(found.pinned.config, person) && !this.wasReally(found, page))
        this.act(found, { type: 'StepUnreachable', ...page }, moment);
    }
  }

  /** Whether this page was really made, to a person who was as reachable then as in the replay. */
  private wasReally({ name, pinned, story }: ReplayedCase, page: PagePlace): boolean {
    const revision = this.history.pageThen(name, page);
    if (revision === undefined || !story.has(page)) return false;
    const then = this.configThen(revision);
    return then === undefined || isMute(then, page.person) === isMute(pinned.config, page.person);
  }
}
