import {
  CASE_FACTS,
  CaseEvent,
  caseIdText,
  type Config,
  type Instant,
  parseCaseId,
  rankOf,
  RecordedInput,
  type TicketEvent,
} from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import {
  methodsOf,
  type QuietWindowRecord,
  type RecordedHistory,
  reweighAt,
  type ShiftChange,
  slaTerms,
  slaWakeAt,
  wakeAtOf,
  type WeighInput,
} from '@tocsin/rules';
import { makeLogger } from '@tocsin/runtime';
import { Registry } from 'prom-client';
import { AdvanceDue } from '../advance-due/advance-due.js';
import type { CaseIds } from '../case-ids.js';
import { parentOf, speakingOf } from '../case-row.js';
import type { CaseStore } from '../case.store.js';
import { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import { CloseDue } from '../close-due/close-due.js';
import { EndFlaps } from '../end-flaps/end-flaps.js';
import { KeepSla } from '../keep-sla/keep-sla.js';
import type { KeptClock, SlaClockStore } from '../keep-sla/sla-clock.store.js';
import { SlaMetrics } from '../keep-sla/sla-metrics.js';
import { LiveChanges } from '../live-changes.js';
import { LiveWindowBook } from '../live-windows.js';
import type { ParentStore } from '../parent.store.js';
import { type LoadedConfigs, PinnedConfigs } from '../pinned-configs.js';
import type { QuietWindowStore, RecordedWindow } from '../quiet-window.store.js';
import { type CaseRequest, RespondToCase } from '../respond-to-case/respond-to-case.js';
import { putWeighed, weighAgain } from '../reweigh-priority/weigh-case.js';
import type { RoutedCase } from '../routed-case.js';
import { RoutingMetrics } from '../routing-metrics.js';
import type { Reads, ShiftChangeStore } from '../shift-change.store.js';
import type { TimelineStore } from '../timeline.store.js';
import { TriageEvent } from '../triage-event/triage-event.js';
import { TurnStore } from '../turn.store.js';
import { WakeSignal } from '../wake-signal.js';
import { parentsIn } from './recorded-parents.given.js';
import { RecordedTickets } from './recorded-tickets.given.js';
import type { UnwrittenInput } from './work-record.js';

const TENANT = 'default';

/** Whatever is due by then has rung by now. */
const SETTLED_MS = 60_000;

/** Something the world will do by itself. */
interface Pending {
  readonly at: Instant;
  readonly happen: () => Promise<void>;
}

/** What a person does, without who sees it. */
export type Wanted = Pick<CaseRequest, 'act' | 'by'> & Partial<Pick<CaseRequest, 'body' | 'wish'>>;

/**
 * Routing without its database: its own triage, acts, timers and recording, on a clock that the spec moves. Timers ring
 * late, as late as `lateness` says, and undeliverable pages are told a little later.
 */
export class RecordedWorld {
  now: Instant;
  readonly lines: RecordedInput[] = [];
  readonly cases = new Map<bigint, RoutedCase>();
  readonly changes: ShiftChange[] = [];
  readonly windows: QuietWindowRecord[] = [];
  private inForce = 1;
  private readonly clocks = new Map<string, KeptClock>();
  private readonly turns = new Map<string, number>();
  private readonly told = new Map<bigint, CaseEvent[]>();
  /** Cases that may still have a timer. */
  private readonly live = new Set<bigint>();
  private readonly pending: Pending[] = [];
  /** By case, until it changes. */
  private readonly timers = new Map<bigint, readonly Pending[]>();
  /** How late each timer will be, once it is known to be due. */
  private readonly late = new Map<string, Instant>();
  private readonly pinned: PinnedConfigs;
  private readonly keepSla: KeepSla;
  private readonly services: Services;
  private versions = { shifts: 0, windows: 0 };
  private nextId = 1n;
  private transactions = 0;
  /** The case that a timer is about to look at. */
  private due = 0n;
  private readonly tx: Tx;

  constructor(
    start: Instant,
    private readonly configs: readonly Config[],
    private readonly lateness: () => number,
  ) {
    this.now = start;
    this.tx = {
      afterCommit: () => undefined,
      query: (statement: { readonly name?: string }) => Promise.resolve(this.answer(statement.name)),
    } as unknown as Tx;
    const revisions = {
      current: () => ({ revision: this.inForce, config: this.configOf(this.inForce) }),
      at: (revision: number) => Promise.resolve(this.configOf(revision)),
    };
    const turns = new TurnStore();
    this.pinned = new PinnedConfigs(
      revisions,
      new LiveChanges({ live: () => Promise.resolve(this.changes) } as unknown as ShiftChangeStore),
      {
        read: (_, read) => turns.read(this.tx, read),
        count: () => Promise.resolve(),
      },
      new LiveWindowBook({ list: () => Promise.resolve(this.presentWindows) } as unknown as QuietWindowStore),
      {
        open: (_: Reads, _tenant: string, services: readonly string[]) =>
          Promise.resolve(parentsIn(this.open, services)),
      } as unknown as ParentStore,
    );
    const clocks = {
      read: (_: Tx, ids: readonly bigint[]) =>
        Promise.resolve([...this.clocks.values()].filter(({ caseId }) => ids.includes(caseId))),
      save: (_: Tx, kept: readonly KeptClock[]) => {
        for (const each of kept) this.clocks.set(`${each.caseId} ${each.clock.kind}`, each);
        return Promise.resolve();
      },
    } as unknown as SlaClockStore;
    const log = makeLogger('silent');
    const metrics = new SlaMetrics(new Registry());
    this.keepSla = new KeepSla({ clocks, wake: new WakeSignal(), metrics, log });
    this.services = this.servicesOn(log);
  }

  get revision(): number {
    return this.inForce;
  }

  configOf(revision: number): Config {
    const config = this.configs[revision - 1];
    if (config === undefined) throw new Error(`no revision ${revision}`);
    return config;
  }

  get history(): RecordedHistory {
    const configs = new Map(this.configs.map((config, n) => [n + 1, config]));
    return {
      inputs: this.lines,
      changes: this.changes,
      windows: this.windows,
      configs,
      newest: this.configOf(this.configs.length),
      until: this.now - SETTLED_MS,
    };
  }

  /** Cases that are not resolved. */
  get open(): RoutedCase[] {
    return [...this.live]
      .flatMap((id) => this.cases.get(id) ?? [])
      .filter(({ state }) => state !== 'resolved');
  }

  /** A batch of events in one transaction. */
  async triage(events: readonly TicketEvent[]): Promise<void> {
    await this.services.triage.triage(
      this.tx,
      events.map((event) => ({ event })),
    );
  }

  /** What persons want of cases, in one transaction. */
  async act(wanted: readonly (Wanted & { readonly id: bigint })[]): Promise<void> {
    await this.services.respond.respondToAllIn(
      this.tx,
      wanted.map(({ id, ...want }) => ({ tenant: TENANT, caseId: id, body: {}, ...want })),
    );
  }

  async pageByHand(priority: RoutedCase['priority'], person: string): Promise<void> {
    const { contextOf, current } = await this.pinned.load(this.tx, []);
    const work = new CaseWork(this.now, contextOf);
    const id = this.nextId++;
    const targets = [{ kind: 'person', name: person }] as const;
    const routed = work.put({
      ...{ id, tenant: TENANT, source: 'by hand', ticketKey: `hand:${id}`, state: 'open', priority },
      ...{ because: { en: '', 'zh-CN': '' }, subject: '', sensitivity: 'normal', targets: [...targets] },
      ...{ revision: current.revision, events: 0, version: 0, openedAt: this.now, fence: 0 },
      escalation: { status: 'none', reason: 'not-opened', epoch: 0, round: 0, step: 0, priority },
    });
    work.hear(routed, { kind: 'paged-by-hand', by: 'ana', priority, targets: [...targets] });
    work.record.opened(routed);
    work.act(routed, { type: 'Opened', priority }, { follows: true });
    await this.save(work);
  }

  /** As `MigrateCase` moves a case to the newest revision. */
  async migrate(id: bigint, by: string): Promise<void> {
    const { work, routed, loaded } = await this.workOn(id);
    const moved = { ...routed, revision: loaded.current.revision };
    const from = { revision: routed.revision, plan: loaded.contextOf(routed).plan };
    if (moved.revision !== routed.revision) work.put(moved);
    const input = { type: 'Migrated', by, from, revision: moved.revision } as const;
    const { refused } = work.act(routed, input);
    if (refused === undefined) await this.save(work);
  }

  /** A pin, its end, or the time that a lower priority has waited for. */
  async weigh(id: bigint, input: WeighInput): Promise<void> {
    const { work, routed, loaded } = await this.workOn(id);
    if (routed.state === 'resolved') return;
    const weighed = weighAgain(routed, input, loaded.current, this.now);
    if (input.type === 'Woke' && weighed.cause === 'too-early') return;
    if (input.type === 'Pinned') {
      const { priority, by, until } = input.pin;
      work.hear(routed, { kind: 'pinned', by, priority, ...(until === undefined ? {} : { until }) });
    } else work.hear(routed, input.type === 'Woke' ? { kind: 'reweighed' } : { kind: 'unpinned', by: 'ana' });
    if (weighed.refused === undefined) putWeighed(work, weighed, {});
    else work.record.refused(id, weighed.refused.reason);
    await this.save(work);
  }

  changeShift(change: ShiftChange): void {
    this.changes.push(change);
    this.versions.shifts += 1;
  }

  makeWindow(window: QuietWindowRecord): void {
    this.windows.push(window);
    this.versions.windows += 1;
  }

  /** Ends the window that was made last, or cancels it before it has begun. */
  stopWindow(): void {
    const last = this.windows.at(-1);
    if (last === undefined || last.until <= this.now || (last.endedAt ?? last.cancelledAt) !== undefined)
      return;
    const stopped = last.from > this.now ? { cancelledAt: this.now } : { endedAt: this.now };
    this.windows[this.windows.length - 1] = { ...last, ...stopped };
    this.versions.windows += 1;
    this.lookAtHushed();
  }

  revise(): void {
    if (this.inForce >= this.configs.length) return;
    this.inForce += 1;
    this.lookAtHushed();
  }

  /** Lets everything ring that is due until an instant, the earliest first. */
  async passUntil(until: Instant): Promise<void> {
    for (let next = this.nextPending(); next !== undefined && next.at <= until; next = this.nextPending()) {
      this.now = Math.max(this.now, next.at);
      const mine = this.pending.indexOf(next);
      if (mine >= 0) this.pending.splice(mine, 1);
      await next.happen();
    }
    this.now = until;
  }

  private servicesOn(log: ReturnType<typeof makeLogger>): Services {
    const cases = {
      lock: (_: Tx, ids: readonly bigint[]) =>
        Promise.resolve({ cases: [...new Set(ids)].map((id) => this.routed(id)), now: this.now }),
      claimDue: () => Promise.resolve({ cases: [this.routed(this.due)], now: this.now }),
    } as unknown as CaseStore;
    const works = { save: (_: Tx, work: CaseWork) => this.save(work) } as unknown as CaseWorkStore;
    const transactions = {
      run: (_: string, act: (tx: Tx) => Promise<unknown>) => act(this.tx),
      query: () => Promise.resolve([{ id: this.due.toString() }]),
    } as unknown as Transactions;
    const timeline = {
      read: ({ id }: RoutedCase) => Promise.resolve(this.told.get(id) ?? []),
      pagedPersons: () => Promise.resolve(new Map()),
    } as unknown as TimelineStore;
    const metrics = new RoutingMetrics(new Registry());
    const common = { transactions, cases, works, configs: this.pinned, timeline, metrics, log };
    const ids = {
      draw: (_: Tx, count: number) => Promise.resolve(Array.from({ length: count }, () => this.nextId++)),
      giveBack: () => undefined,
    } as unknown as CaseIds;
    const kept = new RecordedTickets(this.cases, () => this.now);
    const { ticketStore: tickets, groupStore: groups } = kept;
    return {
      triage: new TriageEvent({ ...common, tickets, groups, ids, pass: () => undefined }),
      respond: new RespondToCase(common),
      advance: new AdvanceDue(common),
      close: new CloseDue(common),
      calm: new EndFlaps(common),
    };
  }

  /** What was quiet for a case that has closed, or become less urgent, is looked at again. */
  private letGo(parent: RoutedCase): void {
    const { urgency = Infinity } = speakingOf(parent);
    for (const child of this.open)
      if (parentOf(child) === parent.id && urgency > rankOf(child.priority)) this.lookAt(child);
  }

  private get presentWindows(): RecordedWindow[] {
    return this.windows
      .filter(({ until, endedAt, cancelledAt }) => until > this.now && (endedAt ?? cancelledAt) === undefined)
      .map((window) => ({ ...window, recordedBy: 'ana' }));
  }

  private lookAtHushed(): void {
    for (const { id, escalation } of this.open) if (escalation.status === 'suppressed') this.lookAt({ id });
  }

  private lookAt({ id }: Pick<RoutedCase, 'id'>): void {
    this.pending.push({ at: this.now + 1 + this.lateness(), happen: () => this.wake(id) });
  }

  private nextPending(): Pending | undefined {
    let first: Pending | undefined;
    const look = (one: Pending): void => {
      if (first === undefined || one.at < first.at) first = one;
    };
    for (const one of this.pending) look(one);
    for (const id of this.live) for (const one of this.timersOf(id)) look(one);
    return first;
  }

  private timersOf(id: bigint): readonly Pending[] {
    const known = this.timers.get(id) ?? this.waitingTimers(this.routed(id));
    this.timers.set(id, known);
    return known;
  }

  private waitingTimers(routed: RoutedCase): Pending[] {
    const { id, escalation, weighing, state, closeAt, group } = routed;
    const wake = wakeAtOf(escalation);
    const weigh = weighing === undefined || state === 'resolved' ? undefined : reweighAt(weighing);
    const clocks = [...this.clocksOf(id)].flatMap(({ clock, policy }) => {
      const terms = slaTerms(this.configOf(routed.revision), policy);
      return terms === undefined ? [] : (slaWakeAt(clock, terms) ?? []);
    });
    const timers: Pending[] = [];
    const add = (name: string, due: Instant | undefined, happen: () => Promise<void>): void => {
      if (due !== undefined) timers.push({ at: this.served(`${name} ${id} ${due}`, due), happen });
    };
    add('wake', wake, () => this.wake(id));
    add('weigh', weigh, () => this.weigh(id, { type: 'Woke' }));
    add('sla', clocks.length === 0 ? undefined : Math.min(...clocks), () => this.wakeSla(id));
    add('close', closeAt, () => this.ring(id, () => this.services.close.close()));
    add('calm', group?.flapping?.calmAt, () => this.ring(id, () => this.services.calm.end()));
    return timers;
  }

  private served(key: string, due: Instant): Instant {
    const at = this.late.get(key) ?? due + this.lateness();
    this.late.set(key, at);
    return at;
  }

  private *clocksOf(id: bigint): Generator<KeptClock> {
    for (const kind of ['acknowledge', 'first-response', 'next-update', 'resolve']) {
      const kept = this.clocks.get(`${id} ${kind}`);
      if (kept !== undefined) yield kept;
    }
  }

  private wake(id: bigint): Promise<void> {
    return this.ring(id, () => this.services.advance.advance());
  }

  private async ring(id: bigint, look: () => Promise<number>): Promise<void> {
    this.due = id;
    await look();
    this.timers.delete(id);
  }

  private async wakeSla(id: bigint): Promise<void> {
    const { work, routed } = await this.workOn(id);
    work.hear(routed, { kind: 'sla-woke' });
    work.sla.hear(work.put(routed), { type: 'Woke' });
    await this.save(work);
  }

  private async workOn(id: bigint): Promise<{ work: CaseWork; routed: RoutedCase; loaded: LoadedConfigs }> {
    const routed = this.routed(id);
    const loaded = await this.pinned.load(this.tx, [routed]);
    return { work: new CaseWork(this.now, loaded.contextOf), routed, loaded };
  }

  private routed(id: bigint): RoutedCase {
    const routed = this.cases.get(id);
    if (routed === undefined) throw new Error(`no case ${id}`);
    return routed;
  }

  private async save(work: CaseWork): Promise<void> {
    await this.keepSla.keep(this.tx, work);
    for (const routed of work.cases) this.keep(routed);
    for (const routed of work.cases) this.letGo(routed);
    for (const { policy } of work.turns) this.turns.set(policy, (this.turns.get(policy) ?? 0) + 1);
    this.transactions += 1;
    for (const line of work.record.lines) this.write(line);
    for (const { payload, topic } of work.events)
      if (topic === 'pages') this.deliver(payload);
      else if (topic === 'cases') this.tell(CaseEvent.parse(JSON.parse(payload)));
  }

  private keep(routed: RoutedCase): void {
    this.cases.set(routed.id, routed);
    this.timers.delete(routed.id);
    // A resolved case may still flap.
    if (routed.state === 'resolved' && routed.group?.flapping === undefined) this.live.delete(routed.id);
    else this.live.add(routed.id);
  }

  private write({ caseId, at, revision, due, input, came }: UnwrittenInput): void {
    const of = caseId === undefined ? {} : { case: caseIdText(caseId) };
    const tx = this.transactions;
    const line = { id: this.lines.length + 1, at, ...of, revision, tx, due, input, came };
    this.lines.push(RecordedInput.parse(JSON.parse(JSON.stringify(line))));
  }

  private tell(event: CaseEvent): void {
    // What is told must have the facts that were promised: a random history finds the writer who leaves one out.
    CASE_FACTS[event.type].parse(event.facts);
    const id = parseCaseId(event.caseId);
    if (id !== undefined) this.told.set(id, [...(this.told.get(id) ?? []), event]);
  }

  /** Notification says of a page to somebody without any way to be reached that it is undeliverable. */
  private deliver(payload: string): void {
    const page = JSON.parse(payload) as { type: string; caseId: string; person: string } & Record<
      'epoch' | 'round' | 'step',
      number
    >;
    if (page.type !== 'PageRequested') return;
    const found = parseCaseId(page.caseId);
    const person = this.configOf(this.inForce).people[page.person];
    if (found === undefined || (person !== undefined && methodsOf(person).length > 0)) return;
    const { epoch, round, step } = page;
    const input = { type: 'StepUnreachable', epoch, round, step, person: page.person } as const;
    const happen = async (): Promise<void> => {
      const { work, routed } = await this.workOn(found);
      work.act(routed, input);
      await this.save(work);
    };
    this.pending.push({ at: this.now + 7, happen });
  }

  private answer(statement: string | undefined): unknown[] {
    if (statement === 'routing.versions-beside') return [this.versions];
    if (statement === 'routing.turns')
      return [...this.turns].map(([policy, turn]) => ({ tenant: TENANT, policy, turn }));
    const owners = Map.groupBy(
      this.open.filter(({ state }) => state === 'acknowledged'),
      ({ acknowledgedBy }) => acknowledgedBy ?? '',
    );
    return [...owners].map(([person, own]) => ({ tenant: TENANT, person, cases: own.length }));
  }
}

/** What happens in this world is decided by routing's own. */
interface Services {
  readonly triage: TriageEvent;
  readonly respond: RespondToCase;
  readonly advance: AdvanceDue;
  readonly close: CloseDue;
  readonly calm: EndFlaps;
}
