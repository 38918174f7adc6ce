import { type Config, type Instant, rankOf, type TicketEvent } from '@tocsin/contracts';
import { caseFactsOf } from '../conditions/case-facts.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { EMPTY_FACTS, factsOf } from '../conditions/facts-of-event.js';
import { wakeAtOf } from '../escalation/escalation-case.js';
import { accumulateFacts } from '../priority/accumulate-facts.js';
import { decideFromFacts } from '../priority/decide-priority.js';
import { configWindows } from '../quiet/config-windows.js';
import { dependedOn, type OpenParent } from '../quiet/quiet-by-parent.js';
import type { QuietWindow } from '../quiet/quiet-window.js';
import { pickService } from '../routing/pick-service.js';
import { promiseOf } from '../sla/promise-of.js';
import type { SlaInput } from '../sla/sla-input.js';
import { toldByTicket } from '../sla/told-by-ticket.js';
import type { Happening, Stimulus } from './happening.js';
import { actOn, newCase, type SimulatedCase } from './simulated-case.js';
import { hearOf, promisedTo, promiseWakeAt, type SimulatedPromise } from './simulated-promise.js';

/**
 * A small world on a virtual clock: events come in, cases open, escalations and SLA clocks wake in the order of time,
 * until `until` (inclusive). What comes from outside at an instant is taken before the wake-ups of that instant: an answer
 * in the very second in which the next step is due still counts.
 *
 * The same arguments give the same happenings: nothing is read but them.
 */
export function simulate(config: Config, stimuli: readonly Stimulus[], until: Instant): Happening[] {
  const world = new World(config);
  for (const stimulus of stimuli.toSorted((a, b) => a.at - b.at)) {
    if (stimulus.at > until) break;
    world.wakeBefore(stimulus.at);
    world.take(stimulus);
  }
  world.wakeBefore(until + 1);
  return world.happenings;
}

class World {
  readonly happenings: Happening[] = [];
  /** By ticket key, the newest case of each. */
  private readonly cases = new Map<string, SimulatedCase>();
  private readonly opened = new Map<string, number>();
  /** What the events of each case have said together: updates rarely repeat it. */
  private readonly said = new Map<string, EventFacts>();
  private readonly promised = new Map<string, SimulatedPromise>();
  readonly turns = new Map<string, number>();

  readonly windows: readonly QuietWindow[];
  private readonly depended: ReadonlySet<string>;

  constructor(readonly config: Config) {
    this.windows = configWindows(config);
    this.depended = new Set(dependedOn(config.services));
  }

  /** Open cases of services that others depend on, for which somebody is or was paged. */
  get parents(): readonly OpenParent[] {
    if (this.depended.size === 0) return [];
    return [...this.cases.values()].flatMap(({ name, service, priority, facts: { market }, state }) =>
      service !== undefined && this.depended.has(service) && speaks(state)
        ? [{ caseId: name, service, market, priority }]
        : [],
    );
  }

  take({ at, act }: Stimulus): void {
    if (act.type === 'event') return this.triage(act.event, at);
    const { by, ticketKey } = act;
    this.act(ticketKey, { type: act.type === 'acknowledge' ? 'Acknowledged' : 'Resolved', by }, at);
  }

  /** Runs every wake-up that is due before an instant, the earliest first. */
  wakeBefore(until: Instant): void {
    for (let next = this.nextWake(); next !== undefined && next.at < until; next = this.nextWake())
      if (next.of === 'case') this.act(next.ticketKey, { type: 'Woke' }, next.at);
      else this.tellClocks(next.ticketKey, { type: 'Woke' }, next.at);
  }

  private nextWake(): Wake | undefined {
    const due = [...this.cases].flatMap(([ticketKey, { state }]): Wake[] => {
      const promised = this.promised.get(ticketKey);
      const at = wakeAtOf(state);
      const clockAt = promised === undefined ? undefined : promiseWakeAt(promised);
      return [
        ...(at === undefined ? [] : [{ at, ticketKey, of: 'case' as const }]),
        ...(clockAt === undefined ? [] : [{ at: clockAt, ticketKey, of: 'clocks' as const }]),
      ];
    });
    return due.toSorted((a, b) => a.at - b.at)[0];
  }

  /** As triage does: a resolve closes, a created opens, another update may raise but never lowers. */
  private triage(event: TicketEvent, at: Instant): void {
    const found = this.cases.get(event.ticketKey);
    const open = found !== undefined && found.state.status !== 'resolved';
    if (event.type === 'ticket.resolved' || event.type === 'alert.cleared')
      return open ? this.act(event.ticketKey, { type: 'Resolved', by: event.source }, at) : undefined;
    if (open) {
      this.hear(found, event, at);
      return this.act(event.ticketKey, { type: 'QuietChanged' }, at);
    }
    // A comment on a ticket that is over opens nothing.
    if (found === undefined || event.type === 'ticket.created' || event.type === 'alert.raised')
      this.open(event, at);
  }

  private open(event: TicketEvent, at: Instant): void {
    const said = factsOf(event);
    const { priority } = decideFromFacts(said, this.config, at);
    const { service } = pickService(event, this.config);
    const number = (this.opened.get(event.ticketKey) ?? 0) + 1;
    this.opened.set(event.ticketKey, number);
    const name = `${event.ticketKey}#${number}`;
    const facts = stepFactsOf(said, service);
    this.cases.set(event.ticketKey, newCase({ name, priority, service, facts }, this.config));
    this.said.set(event.ticketKey, said);
    const promised = promisedTo({ ...facts, priority, round: 1 }, event, this.config, at);
    if (promised === undefined) this.promised.delete(event.ticketKey);
    else this.promised.set(event.ticketKey, promised);
    this.happenings.push({ type: 'opened', at, case: name, priority, service });
    this.act(event.ticketKey, { type: 'Opened', priority }, at);
  }

  private hear(found: SimulatedCase, event: TicketEvent, at: Instant): void {
    const { ticketKey, type } = event;
    const reports = type === 'ticket.created' || type === 'alert.raised' ? 1 : 0;
    const said = accumulateFacts(this.saidOf(ticketKey), { ...factsOf(event), reports }, true);
    this.said.set(ticketKey, said);
    this.cases.set(ticketKey, {
      ...found,
      facts: stepFactsOf(said, found.service, found.facts.events + 1),
    });
    this.raise(ticketKey, at);
    this.tellClocks(ticketKey, toldByTicket(event, true), at);
  }

  private saidOf(ticketKey: string): EventFacts {
    return this.said.get(ticketKey) ?? EMPTY_FACTS;
  }

  private raise(ticketKey: string, at: Instant): void {
    const found = this.cases.get(ticketKey);
    const { priority, by } = decideFromFacts(this.saidOf(ticketKey), this.config, at);
    if (found === undefined || by === 'default' || rankOf(priority) >= rankOf(found.priority)) return;
    this.cases.set(ticketKey, { ...found, priority });
    this.happenings.push({ type: 'raised', at, case: found.name, priority });
    this.act(ticketKey, { type: 'PriorityChanged', to: priority }, at);
  }

  /** What the clocks of a case hear may make it more urgent, which they hear again; each time it is more urgent. */
  private tellClocks(ticketKey: string, input: SlaInput, at: Instant): void {
    const before = this.promised.get(ticketKey);
    if (before === undefined) return;
    const { promised, breaches } = hearOf(before, input, at);
    this.promised.set(ticketKey, promised);
    const said = this.saidOf(ticketKey);
    const promise = promiseOf(promised.clocks);
    this.said.set(ticketKey, { ...said, promise });
    for (let n = 0; n < breaches; n += 1) this.act(ticketKey, { type: 'EscalateNow', by: 'tocsin' }, at);
    if (promise !== said.promise && this.cases.get(ticketKey)?.state.status !== 'resolved')
      this.raise(ticketKey, at);
  }

  private act(ticketKey: string, input: Parameters<typeof actOn>[1], at: Instant): void {
    const found = this.cases.get(ticketKey);
    if (found === undefined) return;
    const { case: next, happenings } = actOn(found, input, this, at);
    this.cases.set(ticketKey, next);
    this.happenings.push(...happenings);
    if (speaks(found.state) && !speaks(next.state)) this.letGo(next, at);
    if (next.state === found.state) return;
    if (input.type === 'PriorityChanged' || input.type === 'Acknowledged' || input.type === 'Resolved')
      this.tellClocks(ticketKey, input, at);
  }

  /** What was quiet for a case that has closed is looked at again. */
  private letGo({ name }: SimulatedCase, at: Instant): void {
    for (const [ticketKey, { state }] of [...this.cases])
      if (state.status === 'suppressed' && state.by.id === name)
        this.act(ticketKey, { type: 'QuietChanged' }, at);
  }
}

const speaks = ({ status }: SimulatedCase['state']): boolean => status !== 'none' && status !== 'resolved';

/** What the conditions of steps see of a case that an event opened, or was the last to change. */
const stepFactsOf = (said: EventFacts, service = '', events = 1): SimulatedCase['facts'] =>
  caseFactsOf(said, { priority: 'P4', service, events, round: 1 });

interface Wake {
  readonly at: Instant;
  readonly ticketKey: string;
  readonly of: 'case' | 'clocks';
}
