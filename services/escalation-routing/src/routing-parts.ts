import type { ConfigRevisions } from './pinned-configs.js';
import type { EventLog, Transactions } from '@tocsin/event-log';
import type { Host } from '@tocsin/runtime';
import { FiledCategoryStore } from './refile-cases/filed-category.store.js';
import { RefileCases } from './refile-cases/refile-cases.js';
import { ActOnMany } from './act-on-many/act-on-many.js';
import { AdvanceDue } from './advance-due/advance-due.js';
import { AskCover } from './ask-cover/ask-cover.js';
import { CoverRequestStore } from './ask-cover/cover-request.store.js';
import { ExpireCover } from './ask-cover/expire-cover.js';
import { ShiftNoticeStore } from './ask-cover/shift-notice.store.js';
import { ShowCover } from './ask-cover/show-cover.js';
import { AuditEscalations } from './audit-escalations/audit-escalations.js';
import { ChangeShifts } from './change-shifts/change-shifts.js';
import { ClockStore } from './clock.store.js';
import { ImportLeave } from './change-shifts/import-leave.js';
import { CaseTicketsStore } from './change-tickets/case-tickets.store.js';
import { ChangeTickets } from './change-tickets/change-tickets.js';
import { MovedMembersStore } from './change-tickets/moved-members.store.js';
import { ShowTickets } from './change-tickets/show-tickets.js';
import { TicketChangeStore } from './change-tickets/ticket-change.store.js';
import { ContactFactStore } from './know-contacts/contact-fact.store.js';
import { KnowContacts } from './know-contacts/know-contacts.js';
import { LiveContacts } from './know-contacts/live-contacts.js';
import { LiveChanges } from './live-changes.js';
import { LiveWindowBook } from './live-windows.js';
import { ShiftChangeStore } from './shift-change.store.js';
import { ShiftKnowledge } from './known-shifts.js';
import { EndFlaps } from './end-flaps/end-flaps.js';
import { CaseIds } from './case-ids.js';
import { CaseStore } from './case.store.js';
import { CloseDue } from './close-due/close-due.js';
import { CaseWorkStore } from './case-work.store.js';
import { AdvanceSla } from './keep-sla/advance-sla.js';
import { KeepSla } from './keep-sla/keep-sla.js';
import { ShowSla } from './keep-sla/show-sla.js';
import { SlaClockStore } from './keep-sla/sla-clock.store.js';
import { SlaMetrics } from './keep-sla/sla-metrics.js';
import { EngineInputStore } from './record-inputs/engine-input.store.js';
import type { PassRoutingFailpoint } from './routing-failpoints.js';
import { MigrateCase } from './migrate-case/migrate-case.js';
import { PageByHand } from './page-by-hand/page-by-hand.js';
import { ParentStore } from './parent.store.js';
import { PinnedConfigs } from './pinned-configs.js';
import { HushedAfterConfig } from './plan-maintenance/hushed-after-config.js';
import { PastCasesStore } from './plan-maintenance/past-cases.store.js';
import { PlanMaintenance } from './plan-maintenance/plan-maintenance.js';
import { ShowMaintenance } from './plan-maintenance/show-maintenance.js';
import { PoolReads } from './pool-reads.js';
import { QuietWindowStore } from './quiet-window.store.js';
import { RecordDelivery } from './record-delivery/record-delivery.js';
import { ActOverHttp } from './respond-to-case/act-over-http.js';
import { AnswerOnce } from './respond-to-case/answer-once.js';
import { KeptAnswerStore } from './respond-to-case/kept-answer.store.js';
import { RespondToCase } from './respond-to-case/respond-to-case.js';
import { CaseListStore } from './show-cases/case-list.store.js';
import { ShowTimeline } from './show-cases/show-timeline.js';
import { PinPriority } from './reweigh-priority/pin-priority.js';
import { ReweighDue } from './reweigh-priority/reweigh-due.js';
import { RoutingMetrics } from './routing-metrics.js';
import { MaintenanceToldStore } from './tell-maintenance/maintenance-told.store.js';
import { TellMaintenance } from './tell-maintenance/tell-maintenance.js';
import { TimelineStore } from './timeline.store.js';
import { GroupStore } from './triage-event/group.store.js';
import { TicketStore } from './triage-event/ticket.store.js';
import { TurnStore } from './turn.store.js';
import { TriageEvent } from './triage-event/triage-event.js';
import { CoverageHoleStore } from './watch-coverage/coverage-hole.store.js';
import { LiveCoverReads } from './watch-coverage/live-cover.js';
import { WatchCoverage } from './watch-coverage/watch-coverage.js';
import { WatchConflicts } from './watch-conflicts/watch-conflicts.js';
import { RememberWatched } from './watch-rules/remember-watched.js';
import { ReportWatched } from './watch-rules/report-watched.js';
import { WatchedRuleStore } from './watch-rules/watched-rule.store.js';
import { WakeSignal } from './wake-signal.js';

/** What the capabilities of routing stand on. */
export interface RoutingGround {
  readonly transactions: Transactions;
  readonly eventLog: EventLog;
  readonly revisions: ConfigRevisions;
  readonly pass: PassRoutingFailpoint;
  readonly log: Host['log'];
  readonly metrics: Host['metrics'];
}

/** All capabilities, wired by hand: specs build the same ones. */
export function buildRouting(ground: RoutingGround) {
  const { transactions, eventLog, pass, log } = ground;
  const metrics = new RoutingMetrics(ground.metrics);
  const wake = new WakeSignal();
  const changes = new ShiftChangeStore();
  const reads = new PoolReads(transactions);
  const turns = new TurnStore();
  const { windows, parents, configs } = liveConfigs(ground.revisions, changes, turns);
  const cases = new CaseStore();
  const ids = new CaseIds();
  const kept = new KeptAnswerStore();
  const timeline = new TimelineStore(transactions);
  const { works, slaWake, clocks, slaMetrics } = workParts(ground, {
    ...{ cases, wake, turns, windows, parents, metrics },
  });
  const groups = new GroupStore();
  const contactFacts = new ContactFactStore();
  const knowContacts = new KnowContacts(contactFacts);
  const contacts = new LiveContacts(reads, contactFacts);
  const respondToCase = new RespondToCase({ transactions, cases, works, configs, timeline, metrics });
  return {
    wake,
    configs,
    timeline,
    respondToCase,
    changes,
    reads,
    windows,
    contacts,
    knowContacts,
    knowledge: new ShiftKnowledge(reads, configs, changes),
    ...shiftParts({ ground, reads, changes, windows, configs, metrics, contacts }),
    ...watchParts({ ...ground, reads, configs }),
    ...fileParts(ground),
    ...maintenanceParts({ ...ground, reads, windows, configs, wake }),
    actOverHttp: new ActOverHttp(new AnswerOnce(transactions, kept, respondToCase), configs),
    ...handParts({ transactions, reads, cases, works, configs, kept, ids, metrics, groups }),
    actOnMany: new ActOnMany(transactions, kept, respondToCase),
    migrateCase: new MigrateCase({ transactions, cases, works, configs }),
    triageEvent: new TriageEvent({
      ...{ tickets: new TicketStore(), groups },
      ...{ cases, works, ids, configs, metrics, pass },
    }),
    advanceDue: new AdvanceDue({ transactions, cases, works, configs, metrics, log }),
    recordDelivery: new RecordDelivery({ cases, works, configs, respondToCase, eventLog, knowContacts, log }),
    pageByHand: new PageByHand({ transactions, ids, works, configs, kept, metrics }),
    pinPriority: new PinPriority({ transactions, cases, works, configs, kept }),
    reweighDue: new ReweighDue({ transactions, cases, works, configs, log }),
    closeDue: new CloseDue({ transactions, cases, works, configs, timeline, log }),
    endFlaps: new EndFlaps({ transactions, cases, works, configs, log }),
    slaWake,
    advanceSla: new AdvanceSla({ transactions, clocks, cases, works, configs, metrics: slaMetrics, log }),
    showSla: new ShowSla(clocks, configs, reads),
    showTimeline: new ShowTimeline(timeline, configs),
    auditEscalations: new AuditEscalations(transactions, metrics, wake, log),
  };
}

type HandGround = Omit<
  ConstructorParameters<typeof ChangeTickets>[0],
  'tickets' | 'changes' | 'members' | 'shown'
> &
  Pick<ShiftGround, 'reads'>;

/** What people do to the tickets of cases. */
function handParts({ reads, ...ground }: HandGround) {
  const [tickets, changes] = [new CaseTicketsStore(), new TicketChangeStore()];
  return {
    changeTickets: new ChangeTickets({
      ...{ ...ground, tickets, changes, members: new MovedMembersStore() },
      shown: new CaseListStore(ground.transactions),
    }),
    showTickets: new ShowTickets(reads, tickets, changes),
  };
}

/** The config that decisions see, with what changes by the hour beside it. */
function liveConfigs(revisions: ConfigRevisions, changes: ShiftChangeStore, turns: TurnStore) {
  const windows = new QuietWindowStore();
  const parents = new ParentStore();
  const beside = new LiveWindowBook(windows);
  return {
    windows,
    parents,
    configs: new PinnedConfigs(revisions, new LiveChanges(changes), turns, beside, parents),
  };
}

/** Under which category cases that are over stand. */
function fileParts({ transactions, eventLog, revisions, log }: RoutingGround) {
  const filed = new FiledCategoryStore();
  const clock = new ClockStore(transactions);
  return { filed, refileCases: new RefileCases({ transactions, eventLog, filed, clock, revisions, log }) };
}

interface WorkGround {
  readonly cases: CaseStore;
  readonly wake: WakeSignal;
  readonly turns: TurnStore;
  readonly windows: QuietWindowStore;
  readonly parents: ParentStore;
  readonly metrics: RoutingMetrics;
}

/** What is written together: cases, their clocks, what is told of them, what was recorded. */
function workParts(
  { transactions, eventLog, pass, log, metrics: registry }: RoutingGround,
  shared: WorkGround,
) {
  const slaWake = new WakeSignal();
  const clocks = new SlaClockStore(transactions);
  const slaMetrics = new SlaMetrics(registry);
  const keepSla = new KeepSla({ clocks, wake: slaWake, metrics: slaMetrics, log });
  const inputs = new EngineInputStore();
  const watched = new WatchedRuleStore();
  const works = new CaseWorkStore({ ...shared, eventLog, keepSla, pass, inputs, watched });
  return { works, slaWake, clocks, slaMetrics };
}

interface ShiftGround {
  readonly ground: RoutingGround;
  readonly reads: PoolReads;
  readonly changes: ShiftChangeStore;
  readonly windows: QuietWindowStore;
  readonly configs: PinnedConfigs;
  readonly metrics: RoutingMetrics;
  readonly contacts: LiveContacts;
}

/** Who takes whose turn, and whether somebody always has one. */
function shiftParts({ ground, reads, changes, windows, configs, metrics, contacts }: ShiftGround) {
  const { transactions, revisions, log } = ground;
  const config = () => configs.current().config;
  const requests = new CoverRequestStore();
  const notices = new ShiftNoticeStore();
  const clock = new ClockStore(transactions);
  const watchConflicts = new WatchConflicts({ transactions, changes, notices, revisions, log });
  const books = [new LiveChanges(changes), new LiveWindowBook(windows)] as const;
  const liveCover = new LiveCoverReads(reads, configs, ...books, contacts);
  const watchCoverage = new WatchCoverage({
    ...{ transactions, clock, live: liveCover, notices, revisions, metrics, log },
    holes: new CoverageHoleStore(),
  });
  return {
    changeShifts: new ChangeShifts(transactions, changes, config),
    importLeave: new ImportLeave({ transactions, changes, requests, config }),
    askCover: new AskCover({ transactions, requests, notices, changes, config }),
    showCover: new ShowCover({ reads, clock, requests, notices, changes, config }),
    expireCover: new ExpireCover(transactions, reads, requests, notices),
    watchConflicts,
    watchCoverage,
    liveCover,
    shiftLoops: [watchConflicts, watchCoverage],
  };
}

/** Rules that only watch. */
function watchParts({
  transactions,
  revisions,
  log,
  reads,
  configs,
}: RoutingGround & Pick<ShiftGround, 'reads' | 'configs'>) {
  const [clock, watched] = [new ClockStore(transactions), new WatchedRuleStore()];
  return {
    rememberWatched: new RememberWatched({ transactions, clock, watched, revisions, log }),
    reportWatched: new ReportWatched({ reads, clock, configs, watched }),
  };
}

interface MaintenanceGround
  extends Pick<RoutingGround, 'transactions' | 'revisions' | 'log' | 'eventLog' | 'pass'>,
    Pick<ShiftGround, 'reads' | 'configs'> {
  readonly windows: QuietWindowStore;
  readonly wake: WakeSignal;
}

/** Planned silence. */
function maintenanceParts(ground: MaintenanceGround) {
  const { transactions, reads, windows, configs, wake, log, revisions, eventLog, pass } = ground;
  const clock = new ClockStore(transactions);
  const tellWake = new WakeSignal();
  const told = new MaintenanceToldStore();
  return {
    planMaintenance: new PlanMaintenance({
      ...{ transactions, windows, wake, tellWake },
      config: () => configs.current().config,
    }),
    showMaintenance: new ShowMaintenance({
      ...{ reads, windows, configs, pastCases: new PastCasesStore(), clock, told },
    }),
    hushedAfterConfig: new HushedAfterConfig({ transactions, windows, wake, log, revisions }),
    tellWake,
    tellMaintenance: new TellMaintenance({
      transactions,
      eventLog,
      reads,
      revisions,
      windows,
      told,
      pass,
      log,
    }),
  };
}
