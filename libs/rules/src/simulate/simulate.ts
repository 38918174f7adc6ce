import { type Config, type Instant, rankOf, type TicketEvent } from '@tocsin/contracts';
import { caseFactsOf } from '../conditions/case-facts.js';
import { factsOf } from '../conditions/facts-of-event.js';
import { wakeAtOf } from '../escalation/escalation-case.js';
import { decidePriority } from '../priority/decide-priority.js';
import { configWindows } from '../quiet/config-windows.js';
import { dependedOn, type OpenParent } from '../quiet/quiet-by-parent.js';
import type { QuietWindow } from '../quiet/quiet-window.js';
import { pickService } from '../routing/pick-service.js';
import type { Happening, Stimulus } from './happening.js';
import { actOn, newCase, type SimulatedCase } from './simulated-case.js';

/**
 * A small world on a virtual clock: events come in, cases open, escalations wake in the order of time, until
 * `until` (inclusive). What comes from outside at an instant is taken before the wake-ups of that instant: an answer
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
  /** What the events of each case have said of it: updates rarely repeat it. */
  private readonly said = new Map<string, SaidOfCase>();
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
      this.act(next.ticketKey, { type: 'Woke' }, next.at);
  }

  private nextWake(): { readonly at: Instant; readonly ticketKey: string } | undefined {
    const due = [...this.cases].flatMap(([ticketKey, { state }]) => {
      const at = wakeAtOf(state);
      return at === undefined ? [] : [{ at, ticketKey }];
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
      this.raise(found, event, at);
      return this.act(event.ticketKey, { type: 'QuietChanged' }, at);
    }
    // A comment on a ticket that is over opens nothing.
    if (found === undefined || event.type === 'ticket.created' || event.type === 'alert.raised')
      this.open(event, at);
  }

  private open(event: TicketEvent, at: Instant): void {
    const { priority } = decidePriority(event, this.config);
    const { service } = pickService(event, this.config);
    const number = (this.opened.get(event.ticketKey) ?? 0) + 1;
    this.opened.set(event.ticketKey, number);
    const name = `${event.ticketKey}#${number}`;
    this.cases.set(
      event.ticketKey,
      newCase({ name, priority, service, facts: stepFactsOf(event, service) }, this.config),
    );
    this.said.set(event.ticketKey, { ...saidBy(event), ...(service === undefined ? {} : { service }) });
    this.happenings.push({ type: 'opened', at, case: name, priority, service });
    this.act(event.ticketKey, { type: 'Opened', priority }, at);
  }

  private raise(found: SimulatedCase, event: TicketEvent, at: Instant): void {
    const known = { ...this.said.get(event.ticketKey), ...saidBy(event) };
    this.said.set(event.ticketKey, known);
    const facts = stepFactsOf({ ...event, ...known }, found.service, found.facts.events + 1);
    const updated = { ...found, facts };
    this.cases.set(event.ticketKey, updated);
    const { priority, by } = decidePriority({ ...known, ...event }, this.config);
    if (by === 'default' || rankOf(priority) >= rankOf(found.priority)) return;
    this.cases.set(event.ticketKey, { ...updated, priority });
    this.happenings.push({ type: 'raised', at, case: found.name, priority });
    this.act(event.ticketKey, { type: 'PriorityChanged', to: priority }, at);
  }

  private act(ticketKey: string, input: Parameters<typeof actOn>[1], at: Instant): void {
    const found = this.cases.get(ticketKey);
    if (found === undefined) return;
    const { case: next, happenings } = actOn(found, input, this, at);
    this.cases.set(ticketKey, next);
    this.happenings.push(...happenings);
    if (speaks(found.state) && !speaks(next.state)) this.letGo(next, at);
  }

  /** What was quiet for a case that has closed is looked at again. */
  private letGo({ name }: SimulatedCase, at: Instant): void {
    for (const [ticketKey, { state }] of [...this.cases])
      if (state.status === 'suppressed' && state.by.id === name)
        this.act(ticketKey, { type: 'QuietChanged' }, at);
  }
}

const speaks = ({ status }: SimulatedCase['state']): boolean => status !== 'none' && status !== 'resolved';

/** What the conditions of steps see of a case that this event opened, or was the last to change. */
const stepFactsOf = (event: TicketEvent, service = '', events = 1): SimulatedCase['facts'] =>
  caseFactsOf(factsOf(event), { priority: 'P4', service, events, round: 1 });

type SaidOfCase = Partial<
  Pick<TicketEvent, 'category' | 'market' | 'language' | 'channel' | 'requester' | 'parties' | 'service'>
>;

const saidBy = ({ category, market, language, channel, requester, parties }: TicketEvent): SaidOfCase => ({
  ...(category === undefined ? {} : { category }),
  ...(market === undefined ? {} : { market }),
  ...(language === undefined ? {} : { language }),
  ...(channel === undefined ? {} : { channel }),
  ...(requester === undefined ? {} : { requester }),
  ...(parties.length === 0 ? {} : { parties }),
});
