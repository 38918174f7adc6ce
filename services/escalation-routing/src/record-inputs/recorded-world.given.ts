import {
  caseIdText,
  type Config,
  type Instant,
  isoOf,
  parseCaseId,
  RecordedInput,
  type TicketEvent,
} from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import {
  type CaseInput,
  methodsOf,
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
import { CaseWork } from '../case-work.js';
import { KeepSla } from '../keep-sla/keep-sla.js';
import type { KeptClock, SlaClockStore } from '../keep-sla/sla-clock.store.js';
import { SlaMetrics } from '../keep-sla/sla-metrics.js';
import { LiveChanges } from '../live-changes.js';
import { type LoadedConfigs, PinnedConfigs } from '../pinned-configs.js';
import { putWeighed, weighAgain } from '../reweigh-priority/weigh-case.js';
import type { RoutedCase } from '../routed-case.js';
import type { ShiftChangeStore } from '../shift-change.store.js';
import { BatchTriage, keyOf } from '../triage-event/batch-triage.js';
import type { KeyedTicket } from '../triage-event/ticket.store.js';
import { TurnStore } from '../turn.store.js';
import { WakeSignal } from '../wake-signal.js';

const TENANT = 'default';

/** Whatever is due by then has rung by now. */
const SETTLED_MS = 60_000;

/** Something the world will do by itself. */
interface Pending {
  readonly at: Instant;
  readonly happen: () => Promise<void>;
}

/**
 * Routing without its database: the same triage, the same acts, the same clocks, the same recording, on a clock that
 * the spec moves. Timers ring late, as late as `lateness` says, and undeliverable pages are told a little later.
 */
export class RecordedWorld {
  now: Instant;
  readonly lines: RecordedInput[] = [];
  readonly cases = new Map<bigint, RoutedCase>();
  readonly changes: ShiftChange[] = [];
  revision = 1;
  private readonly tickets = new Map<string, KeyedTicket>();
  private readonly clocks = new Map<string, KeptClock>();
  private readonly turns = new Map<string, number>();
  /** Cases that may still have a timer. */
  private readonly live = new Set<bigint>();
  private readonly pending: Pending[] = [];
  /** By case, until it changes. */
  private readonly timers = new Map<bigint, readonly Pending[]>();
  /** How late each timer will be, once it is known to be due. */
  private readonly late = new Map<string, Instant>();
  private readonly pinned: PinnedConfigs;
  private readonly keepSla: KeepSla;
  private changesVersion = 0;
  private nextId = 1n;
  private readonly tx = { afterCommit: () => undefined } as unknown as Tx;

  constructor(
    start: Instant,
    private readonly configs: readonly Config[],
    private readonly lateness: () => number,
  ) {
    this.now = start;
    const changeStore = {
      version: () => Promise.resolve(this.changesVersion),
      live: () => Promise.resolve(this.changes),
    } as unknown as ShiftChangeStore;
    const revisions = {
      current: () => ({ revision: this.revision, config: this.configOf(this.revision) }),
      at: (revision: number) => Promise.resolve(this.configOf(revision)),
    };
    const turns = new TurnStore();
    const tx = {
      query: (statement: { readonly name?: string }) => Promise.resolve(this.answer(statement.name)),
    };
    this.pinned = new PinnedConfigs(revisions, new LiveChanges(changeStore), {
      read: (_, configs) => turns.read(tx as unknown as Tx, configs),
      count: () => Promise.resolve(),
    });
    const clocks = {
      read: (_: Tx, ids: readonly bigint[]) =>
        Promise.resolve([...this.clocks.values()].filter(({ caseId }) => ids.includes(caseId))),
      save: (_: Tx, kept: readonly KeptClock[]) => {
        for (const each of kept) this.clocks.set(`${each.caseId} ${each.clock.kind}`, each);
        return Promise.resolve();
      },
    } as unknown as SlaClockStore;
    const metrics = new SlaMetrics(new Registry());
    this.keepSla = new KeepSla({ clocks, wake: new WakeSignal(), metrics, log: makeLogger('silent') });
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
    const keys = new Map(events.map((event) => [keyOf(event), event]));
    const tickets = [...keys].map(
      ([key, { tenant, source, ticketKey }]) =>
        this.tickets.get(key) ?? { tenant, source, ticketKey, ticket: {} },
    );
    const cases = tickets.flatMap(({ ticket }) =>
      ticket.caseId === undefined ? [] : [this.routed(ticket.caseId)],
    );
    const loaded = await this.pinned.load(this.tx, cases);
    const work = new CaseWork(this.now, loaded.contextOf);
    const freeIds = events.map(() => this.nextId++);
    const triage = new BatchTriage(work, { tickets, cases, config: loaded.current, freeIds });
    for (const event of events) triage.apply({ event });
    triage.finish();
    for (const keyed of triage.tickets) this.tickets.set(keyOf(keyed), keyed);
    await this.save(work);
  }

  /** What a person wants of a case. */
  async act(id: bigint, input: CaseInput): Promise<void> {
    const { work, routed } = await this.workOn(id);
    work.act(routed, input);
    await this.save(work);
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
    this.changesVersion += 1;
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
    const { id, escalation, weighing, state } = routed;
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

  private async wake(id: bigint): Promise<void> {
    const { work, routed } = await this.workOn(id);
    const { stayed } = work.act(routed, { type: 'Woke' });
    if (stayed !== undefined) work.put(work.latest(routed));
    await this.save(work);
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
    for (const routed of work.cases) {
      this.cases.set(routed.id, routed);
      this.timers.delete(routed.id);
      if (routed.state === 'resolved') this.live.delete(routed.id);
      else this.live.add(routed.id);
    }
    for (const { policy } of work.turns) this.turns.set(policy, (this.turns.get(policy) ?? 0) + 1);
    for (const { caseId, at, revision, due, input, came } of work.record.lines) {
      const line = { id: this.lines.length + 1, at, case: caseIdText(caseId), revision, due, input, came };
      this.lines.push(RecordedInput.parse(JSON.parse(JSON.stringify(line))));
    }
    for (const { payload, topic } of work.events) if (topic === 'pages') this.deliver(payload);
  }

  /** Notification says of a page to somebody without any way to be reached that it is undeliverable. */
  private deliver(payload: string): void {
    const page = JSON.parse(payload) as { type: string; caseId: string; person: string } & Record<
      'epoch' | 'round' | 'step',
      number
    >;
    if (page.type !== 'PageRequested') return;
    const found = parseCaseId(page.caseId);
    const person = this.configOf(this.revision).people[page.person];
    if (found === undefined || (person !== undefined && methodsOf(person).length > 0)) return;
    const { epoch, round, step } = page;
    const input = { type: 'StepUnreachable', epoch, round, step, person: page.person } as const;
    this.pending.push({ at: this.now + 7, happen: () => this.act(found, input) });
  }

  private answer(statement: string | undefined): unknown[] {
    if (statement === 'routing.turns')
      return [...this.turns].map(([policy, turn]) => ({ tenant: TENANT, policy, turn }));
    const owners = Map.groupBy(
      this.open.filter(({ state }) => state === 'acknowledged'),
      ({ acknowledgedBy }) => acknowledgedBy ?? '',
    );
    return [...owners].map(([person, own]) => ({ tenant: TENANT, person, cases: own.length }));
  }
}

let number = 0;

/** An event of source demo at an instant; later ones are newer. */
export const eventAt = (at: Instant, said: Partial<TicketEvent>): TicketEvent => {
  number += 1;
  return {
    ...{ id: `evt_${number}`, tenant: TENANT, source: 'demo', kind: 'ticket', type: 'ticket.created' },
    ...{ ticketKey: 'T', version: { by: 'sender', at: number, tie: '' }, receivedAt: isoOf(at) },
    ...{ subject: 'said', tags: [], parties: [], attributes: {}, restricted: false },
    ...said,
  };
};
