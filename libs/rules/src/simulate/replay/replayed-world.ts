import type { CaseTimer, Config, Instant, Target } from '@tocsin/contracts';
import type { CaseInput } from '../../escalation/case-input.js';
import { decide } from '../../escalation/decide.js';
import type { Decision } from '../../escalation/decision.js';
import type { Effect, RequestPages } from '../../escalation/effect.js';
import { type EscalationCase, wakeAtOf } from '../../escalation/escalation-case.js';
import type { EscalationContext, TurnFacts } from '../../escalation/escalation-context.js';
import { planByHand } from '../../escalation/plan-by-hand.js';
import type { PolicyPlan } from '../../escalation/policy-plan.js';
import { speaksOf } from '../../escalation/speakers.js';
import { startPlan } from '../../escalation/start-plan.js';
import type { ChangeBook } from '../../on-call/changes/change-book.js';
import { own } from '../../own.js';
import { methodsOf } from '../../paging/plan-attempts.js';
import { priorityOf, reweigh, type WeighInput } from '../../priority/reweigh.js';
import { reweighAt } from '../../priority/weighing.js';
import { resolveTargets } from '../../routing/resolve-targets.js';
import { caseFactsOf } from '../../sla/case-facts.js';
import { factsOf } from '../../conditions/facts-of-event.js';
import { changesKnownAt } from './known-changes.js';
import type { InputGroup, OrderedHistory, PagePlace, ReplayableInput } from './ordered-history.js';
import { type ClockStep, clocksWakeAt, runClocks, toldByDecision, toldByTicket } from './replay-clocks.js';
import { heard, openedByEvent, openedByHand, type ReplayConfig, type ReplayedCase } from './replayed-case.js';
import { ticketOf } from './recorded-event.js';
import type { Replay, ReplayedHistory } from './replay-history.js';
import type { WaitingTimer } from './timer-queue.js';

/** The config that takes the place of a revision; undefined when nobody has it. */
export type ConfigAt = (revision: number) => ReplayConfig | undefined;

/** When something happens, and by what config. */
interface Moment {
  readonly at: Instant;
  readonly config: ReplayConfig;
  /** The line that this repeats; absent for a timer that never really rang. */
  readonly row: ReplayableInput | undefined;
  /** What the transaction has for the clocks of its case. */
  readonly clockSteps: ClockStep[];
}

/** All cases of a replay, and what they share: turns and loads. Does what routing does around the engine. */
export class ReplayedWorld {
  private readonly history: OrderedHistory;
  private readonly configThen: ReplayedHistory['configThen'];
  private readonly cases = new Map<string, ReplayedCase>();
  private readonly dropped = new Map<number, Set<string>>();
  private readonly plans = new Map<Config, Map<string, PolicyPlan>>();
  private readonly turns = new Map<string, number>();
  /** Acknowledged cases by person. */
  private readonly loads = new Map<string, number>();
  private readonly knownAt: (at: Instant) => ChangeBook;
  /** The revision of the latest line: a timer rings only after the line that set it. */
  private latest = 0;
  private actsLost = 0;

  constructor(
    { history, changes, configThen }: ReplayedHistory,
    private readonly configAt: ConfigAt,
  ) {
    this.history = history;
    this.configThen = configThen;
    this.knownAt = changesKnownAt(changes);
  }

  get replay(): Replay {
    const names = [...this.cases.keys()].sort();
    return {
      stories: new Map(
        names.flatMap((name) => {
          const found = this.cases.get(name);
          return found === undefined ? [] : [[name, found.story.story]];
        }),
      ),
      actsLost: this.actsLost,
      withoutConfig: new Map([...this.dropped].map(([revision, cases]) => [revision, [...cases].sort()])),
    };
  }

  dueOf(name: string, timer: CaseTimer): Instant | undefined {
    const found = this.cases.get(name);
    if (found === undefined) return undefined;
    if (timer === 'wake') return wakeAtOf(found.escalation);
    if (timer === 'sla') return clocksWakeAt(found.clocks);
    return found.escalation.status === 'resolved' ? undefined : reweighAt(found.weighing);
  }

  /** What one transaction did to one case, its clocks last. */
  take({ case: name, at, rows }: InputGroup): void {
    const clockSteps: ClockStep[] = [];
    let moment: Moment | undefined;
    for (const row of rows) {
      this.latest = row.revision;
      const config = this.configAt(row.revision);
      if (config === undefined) return this.drop(name, row.revision);
      moment = { at, config, row, clockSteps };
      this.takeOne(name, row, moment);
    }
    const found = this.cases.get(name);
    if (found !== undefined && moment !== undefined) this.runClocks(found, moment);
  }

  /** A timer that is due, as the revision in force at that time has it. */
  ring({ case: name, at, timer, row }: WaitingTimer): void {
    const found = this.cases.get(name);
    if (found === undefined) return;
    const revision = row?.revision ?? this.latest;
    const config = this.configAt(revision);
    if (config === undefined) return this.drop(name, revision);
    const moment: Moment = { at, config, row, clockSteps: [] };
    if (timer === 'wake') this.act(found, { type: 'Woke' }, moment);
    else if (timer === 'sla') moment.clockSteps.push({ input: { type: 'Woke' } });
    else this.weigh(found, { type: 'Woke' }, moment);
    this.runClocks(found, moment);
  }

  /** A case that cannot be followed any more tells no story. */
  private drop(name: string, revision: number): void {
    this.cases.delete(name);
    this.dropped.set(revision, (this.dropped.get(revision) ?? new Set()).add(name));
  }

  private takeOne(name: string, row: ReplayableInput, moment: Moment): void {
    const { input } = row;
    if (input.kind === 'opened' || input.kind === 'paged-by-hand') return this.open(name, input, moment);
    const found = this.cases.get(name);
    if (found === undefined) return;
    switch (input.kind) {
      case 'said':
        return this.hear(found, input, moment);
      case 'closed':
        found.facts = {
          ...found.facts,
          status: input.status ?? found.facts.status,
          events: found.facts.events + 1,
        };
        this.act(found, { type: 'Resolved', by: input.by }, moment);
        return;
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
      case 'woke':
      case 'sla-woke':
      case 'reweighed':
        // Timers are the engine's own; these lines only tell when they were served.
        return;
    }
  }

  private open(
    name: string,
    input: Extract<ReplayableInput['input'], { kind: 'opened' | 'paged-by-hand' }>,
    moment: Moment,
  ): void {
    const { at, config } = moment;
    const planOf = (service: string | undefined, targets?: readonly Target[]): PolicyPlan =>
      this.planOf(config.config, service, targets);
    const opening = { name, at, config, planOf };
    const opened =
      input.kind === 'opened' ? openedByEvent(input.event, opening) : openedByHand(input, opening);
    this.cases.set(name, opened);
    opened.story.priority(at, opened.priority);
    if (input.kind === 'opened') {
      const ticket = ticketOf(input.event);
      const facts = caseFactsOf(ticket, opened.priority, opened.service);
      moment.clockSteps.push({ facts, told: toldByTicket(ticket, true) });
    }
    this.act(opened, { type: 'Opened', priority: opened.priority }, moment);
  }

  private hear(
    found: ReplayedCase,
    { event, newest }: Extract<ReplayableInput['input'], { kind: 'said' }>,
    moment: Moment,
  ): void {
    const ticket = ticketOf(event);
    found.facts = heard(found.facts, ticket, newest);
    moment.clockSteps.push({ input: toldByTicket(ticket, newest) });
    const invented = ticket.flags?.includes('subject-from-key') === true;
    const facts = invented ? { ...factsOf(ticket), subject: '' } : factsOf(ticket);
    this.weigh(found, { type: 'Said', facts, newest }, moment);
  }

  /**
   * People act as they did, at the same instant. What counted for the pages of then counts for those of the replay, so
   * its epoch is left to the engine; what was refused is tried again as it was.
   */
  private repeatAct(
    found: ReplayedCase,
    act: Extract<ReplayableInput['input'], { kind: 'act' }>['act'],
    moment: Moment,
  ): void {
    if (act.type === 'StepUnreachable') {
      if (act.person === undefined || this.wasReally(found, { ...act, person: act.person }))
        this.act(found, act, moment);
      return;
    }
    const counted = moment.row?.came.refused === undefined;
    const { refused } = this.act(
      found,
      counted && 'epoch' in act ? { ...act, epoch: undefined } : act,
      moment,
    );
    if (counted && refused !== undefined) this.actsLost += 1;
  }

  private migrate(found: ReplayedCase, by: string, moment: Moment): void {
    const { config } = moment;
    const { pinned, plan } = found;
    const after = this.planOf(config.config, found.service, found.targets);
    const before = found.escalation;
    Object.assign(found, { pinned: config, plan: after });
    const from = { revision: pinned.revision, plan };
    this.act(found, { type: 'Migrated', by, from, revision: config.revision }, moment);
    if (found.escalation === before) Object.assign(found, { pinned, plan });
  }

  private weigh(found: ReplayedCase, input: WeighInput, moment: Moment): void {
    if (found.escalation.status === 'resolved' && input.type !== 'Said') return;
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

  private runClocks(found: ReplayedCase, moment: Moment): void {
    for (const step of moment.clockSteps) {
      const { clocks, escalates } = runClocks(found.clocks, step, found.pinned.config, moment.at);
      found.clocks = clocks;
      escalates.forEach(() => this.act(found, { type: 'EscalateNow', by: 'tocsin' }, moment));
    }
  }

  private act(found: ReplayedCase, input: CaseInput, moment: Moment): Decision {
    const before = found.escalation;
    const used = new Map<string, TurnFacts>();
    const decision = decide(before, input, this.contextOf(found, moment, used), moment.at);
    if (decision.state === before) return decision;
    found.escalation = decision.state;
    this.countLoads(before, decision.state);
    const told = toldByDecision(input);
    if (told !== undefined) moment.clockSteps.push({ input: told });
    const { status } = decision.state;
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
    if (effect.type === 'TakeTurn') this.turns.set(effect.policy, (used.get(effect.policy)?.turn ?? 0) + 1);
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

  private countLoads(before: EscalationCase, after: EscalationCase): void {
    if (before.status === 'acknowledged') this.loads.set(before.by, (this.loads.get(before.by) ?? 1) - 1);
    if (after.status === 'acknowledged') this.loads.set(after.by, (this.loads.get(after.by) ?? 0) + 1);
  }

  private contextOf(
    { plan, facts, pinned, service }: ReplayedCase,
    { at, row }: Moment,
    used: Map<string, TurnFacts>,
  ): EscalationContext {
    const { config } = pinned;
    return {
      plan,
      facts,
      resolve: (targets, when) =>
        resolveTargets(targets, { config, service, at: when, changes: this.knownAt(at) }),
      turnOf: (policy) => {
        const really = row?.came.turns?.find((turn) => turn.policy === policy);
        const { turn, loads } = really ?? {
          turn: this.turns.get(policy) ?? 0,
          loads: Object.fromEntries(this.loads),
        };
        const facts = { turn, loads, speaks: speaksOf(config, policy) };
        used.set(policy, facts);
        return facts;
      },
    };
  }

  private planOf(
    config: Config,
    service: string | undefined,
    targets: readonly Target[] | undefined,
  ): PolicyPlan {
    if (targets !== undefined) return planByHand(targets, config);
    const known = this.plans.get(config) ?? new Map<string, PolicyPlan>();
    this.plans.set(config, known);
    const plan = known.get(service ?? '') ?? startPlan(undefined, config, service);
    known.set(service ?? '', plan);
    return plan;
  }
}

/** No contact method leads to this person. */
function isMute(config: Config, person: string): boolean {
  const found = own(config.people, person);
  return found === undefined || methodsOf(found).length === 0;
}

/** The targets of a skipped step that led to nobody; a step that its condition skipped has none. */
const emptyIn = ({ targets }: Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(targets) ? targets.filter((target) => typeof target === 'string') : [];
