import type { Provider } from '@nestjs/common';
import { ApiAccess, ConfigCopy, type Connections, openConnections } from '@tocsin/connections';
import { eventTransport } from '@tocsin/event-log';
import { Access, failpoints, type Host, type ServiceDefinition } from '@tocsin/runtime';
import { ActOnManyController } from './act-on-many/act-on-many.controller.js';
import { ActOnMany } from './act-on-many/act-on-many.js';
import { AdvanceDueLoop } from './advance-due/advance-due.loop.js';
import { AskCoverController } from './ask-cover/ask-cover.controller.js';
import { AskCover } from './ask-cover/ask-cover.js';
import { COVER_TIMERS } from './ask-cover/expire-cover.js';
import { ShowCover } from './ask-cover/show-cover.js';
import { AnswerOnCallController } from './answer-on-call/answer-on-call.controller.js';
import { ChangeShiftsController } from './change-shifts/change-shifts.controller.js';
import { ChangeShifts } from './change-shifts/change-shifts.js';
import { ImportLeave } from './change-shifts/import-leave.js';
import { ListChanges } from './change-shifts/list-changes.js';
import { ChangeTicketsController } from './change-tickets/change-tickets.controller.js';
import { ChangeTickets } from './change-tickets/change-tickets.js';
import { ShowTickets } from './change-tickets/show-tickets.js';
import { ClockStore } from './clock.store.js';
import { CopyConfigConsumer } from './copy-config/copy-config.consumer.js';
import { ROUTING_SWEEPS, SCHEMA } from './escalation-routing.migration.js';
import { ExplainPageController } from './explain-page/explain-page.controller.js';
import { KnowContacts } from './know-contacts/know-contacts.js';
import { KnowContactsConsumer } from './know-contacts/know-contacts.consumer.js';
import { LiveContacts } from './know-contacts/live-contacts.js';
import { ShiftKnowledge } from './known-shifts.js';
import { SLA_TIMERS } from './keep-sla/advance-sla.js';
import { ShowSla } from './keep-sla/show-sla.js';
import { MigrateCaseController } from './migrate-case/migrate-case.controller.js';
import { MigrateCase } from './migrate-case/migrate-case.js';
import { PageByHandController } from './page-by-hand/page-by-hand.controller.js';
import { PageByHand } from './page-by-hand/page-by-hand.js';
import { PinnedConfigs } from './pinned-configs.js';
import { PlanMaintenanceController } from './plan-maintenance/plan-maintenance.controller.js';
import { PlanMaintenance } from './plan-maintenance/plan-maintenance.js';
import { ShowMaintenance } from './plan-maintenance/show-maintenance.js';
import { LeaveFeedStore } from './poll-leave/leave-feed.store.js';
import { LeaveFeedsController } from './poll-leave/leave-feeds.controller.js';
import { openPollLeave } from './poll-leave/open-poll-leave.js';
import { PoolReads } from './pool-reads.js';
import { PublishCalendarController } from './publish-calendar/publish-calendar.controller.js';
import { recordingSweep } from './record-inputs/engine-input.migration.js';
import { RecordingStore } from './record-inputs/recording.store.js';
import { ShowRecordingController } from './record-inputs/show-recording.controller.js';
import { RecordDeliveryConsumer } from './record-delivery/record-delivery.consumer.js';
import { RecordDelivery } from './record-delivery/record-delivery.js';
import { ActOverHttp } from './respond-to-case/act-over-http.js';
import { RedirectCaseController } from './respond-to-case/redirect-case.controller.js';
import { RespondToCaseController } from './respond-to-case/respond-to-case.controller.js';
import { PinPriorityController } from './reweigh-priority/pin-priority.controller.js';
import { PinPriority } from './reweigh-priority/pin-priority.js';
import { RoutingConfig } from './routing-config.js';
import { ROUTING_FAILPOINTS } from './routing-failpoints.js';
import { ROUTING_MIGRATIONS } from './routing-migrations.js';
import { buildRouting } from './routing-parts.js';
import { CaseListStore } from './show-cases/case-list.store.js';
import { CaseMembersStore } from './show-cases/case-members.store.js';
import { ShowCasesController } from './show-cases/show-cases.controller.js';
import { ShowFairnessController } from './show-fairness/show-fairness.controller.js';
import { ShowReadinessController } from './show-readiness/show-readiness.controller.js';
import { CategoryMovesController } from './refile-cases/category-moves.controller.js';
import { FiledCategoryStore } from './refile-cases/filed-category.store.js';
import { ShowGapsController } from './show-gaps/show-gaps.controller.js';
import { ShowShiftsController } from './show-shifts/show-shifts.controller.js';
import { QuietWindowStore } from './quiet-window.store.js';
import { CalendarFeedStore } from './share-calendar/calendar-feed.store.js';
import { FeedReads, ReadFeedController } from './share-calendar/read-feed.controller.js';
import { ShareCalendarController } from './share-calendar/share-calendar.controller.js';
import { ShiftChangeStore } from './shift-change.store.js';
import { maintenanceToldSweep } from './tell-maintenance/maintenance-told.migration.js';
import { MAINTENANCE_TIMERS } from './tell-maintenance/tell-maintenance.js';
import { ShowTimeline } from './show-cases/show-timeline.js';
import { TimelineStore } from './timeline.store.js';
import { LiveCoverReads } from './watch-coverage/live-cover.js';
import { ShowCoverageController } from './watch-coverage/show-coverage.controller.js';
import { ReportWatchedController } from './watch-rules/report-watched.controller.js';
import { ReportWatched } from './watch-rules/report-watched.js';
import { watchedCaseSweep } from './watch-rules/watched-rule.migration.js';
import { WakeSignal } from './wake-signal.js';
import { TriageEventConsumer } from './triage-event/triage-event.consumer.js';
import { TriageEvent } from './triage-event/triage-event.js';

const SERVICE = 'escalation-routing';

/** Revisions of the config, copied from console. */
const TABLE = `${SCHEMA}.config_revision`;

/** Outcomes of attempts become rows of a timeline: nobody waits for them, so they come in larger groups. */
const LINGER = { deliveries: 40 };

const CONTROLLERS = [
  TriageEventConsumer,
  RecordDeliveryConsumer,
  CopyConfigConsumer,
  KnowContactsConsumer,
  RespondToCaseController,
  RedirectCaseController,
  MigrateCaseController,
  ShowCasesController,
  AnswerOnCallController,
  ExplainPageController,
  PageByHandController,
  ChangeShiftsController,
  AskCoverController,
  ShowGapsController,
  CategoryMovesController,
  ShowShiftsController,
  ShowFairnessController,
  ShowCoverageController,
  ShowReadinessController,
  PublishCalendarController,
  ShareCalendarController,
  ReadFeedController,
  LeaveFeedsController,
  PinPriorityController,
  ActOnManyController,
  PlanMaintenanceController,
  ShowRecordingController,
  ChangeTicketsController,
  ReportWatchedController,
];

/** Acts on more than one case, or on their tickets. */
const severalProviders = ({ changeTickets, showTickets, actOnMany }: ReturnType<typeof buildRouting>) => [
  { provide: ChangeTickets, useValue: changeTickets },
  { provide: ShowTickets, useValue: showTickets },
  { provide: ActOnMany, useValue: actOnMany },
];

/** Cases and escalations: who must know of what, by when, and who has answered. */
export const escalationRouting: ServiceDefinition<RoutingConfig> = {
  name: SERVICE,
  config: RoutingConfig,
  async build(config, { log, metrics }) {
    const sweeps = [...ROUTING_SWEEPS, recordingSweep, maintenanceToldSweep, watchedCaseSweep];
    const connections = await openConnections({
      ...{ service: SERVICE, migrations: ROUTING_MIGRATIONS, sweeps, config, log, metrics },
    });
    const { transactions, eventLog, bus } = connections;
    const configCopy = new ConfigCopy({ transactions, table: TABLE, host: config.HOST, log });
    await configCopy.load();
    const pass = failpoints(config.FAILPOINT, ROUTING_FAILPOINTS);
    const routing = buildRouting({ transactions, eventLog, revisions: configCopy, pass, log, metrics });
    const clock = new ClockStore(transactions);
    const timers = timersOf(routing, log);
    const { changes } = routing;
    const calendars = openPollLeave(config, { transactions, changes, revisions: configCopy, log });
    const access = new ApiAccess({ config: configCopy, internalToken: config.TOCSIN_INTERNAL_TOKEN, log });
    return {
      controllers: CONTROLLERS,
      providers: [
        { provide: Access, useValue: access },
        { provide: ConfigCopy, useValue: configCopy },
        { provide: PinnedConfigs, useValue: routing.configs },
        { provide: TriageEvent, useValue: routing.triageEvent },
        { provide: RecordDelivery, useValue: routing.recordDelivery },
        { provide: ActOverHttp, useValue: routing.actOverHttp },
        ...severalProviders(routing),
        { provide: MigrateCase, useValue: routing.migrateCase },
        { provide: PageByHand, useValue: routing.pageByHand },
        { provide: PinPriority, useValue: routing.pinPriority },
        { provide: PlanMaintenance, useValue: routing.planMaintenance },
        { provide: ShowMaintenance, useValue: routing.showMaintenance },
        { provide: ShowSla, useValue: routing.showSla },
        { provide: TimelineStore, useValue: routing.timeline },
        { provide: ShowTimeline, useValue: routing.showTimeline },
        { provide: CaseListStore, useValue: new CaseListStore(transactions) },
        { provide: CaseMembersStore, useValue: new CaseMembersStore(transactions) },
        { provide: ClockStore, useValue: clock },
        ...calendarProviders(connections, calendars.feeds),
        ...readProviders(routing),
        ...shiftProviders(routing, clock),
      ],
      strategy: eventTransport({ service: SERVICE, bus, linger: LINGER }),
      loops: [
        configCopy,
        ...timers,
        routing.auditEscalations,
        routing.reweighDue,
        routing.hushedAfterConfig,
        routing.rememberWatched,
        ...[routing.closeDue, routing.endFlaps, routing.refileCases],
        ...routing.shiftLoops,
        calendars.pollLeave,
      ],
      checks: [...connections.checks, configCopy.check, ...timers.map(({ check }) => check)],
      close: async () => {
        await calendars.close();
        await connections.close();
      },
    };
  },
};

/** Calendars that we publish, and those that we read. */
const calendarProviders = ({ transactions, rateWindow }: Connections, feeds: LeaveFeedStore): Provider[] => [
  { provide: CalendarFeedStore, useValue: new CalendarFeedStore(transactions) },
  { provide: FeedReads, useValue: rateWindow },
  { provide: LeaveFeedStore, useValue: feeds },
];

/** What happens at its instant. */
const timersOf = (routing: ReturnType<typeof buildRouting>, log: Host['log']): AdvanceDueLoop[] => [
  new AdvanceDueLoop(routing.advanceDue, routing.wake, log),
  new AdvanceDueLoop(routing.advanceSla, routing.slaWake, log, SLA_TIMERS),
  new AdvanceDueLoop(routing.expireCover, new WakeSignal(), log, COVER_TIMERS),
  new AdvanceDueLoop(routing.tellMaintenance, routing.tellWake, log, MAINTENANCE_TIMERS),
];

/** What is read without deciding anything. */
const readProviders = ({
  reads,
  changes,
  windows,
  filed,
  reportWatched,
}: ReturnType<typeof buildRouting>): Provider[] => [
  { provide: FiledCategoryStore, useValue: filed },
  { provide: ReportWatched, useValue: reportWatched },
  { provide: PoolReads, useValue: reads },
  { provide: RecordingStore, useValue: new RecordingStore(reads) },
  { provide: ShiftChangeStore, useValue: changes },
  { provide: QuietWindowStore, useValue: windows },
];

/** Who is on call beside the config. */
const shiftProviders = (routing: ReturnType<typeof buildRouting>, clock: ClockStore): Provider[] => [
  { provide: ShiftKnowledge, useValue: routing.knowledge },
  { provide: LiveContacts, useValue: routing.contacts },
  { provide: KnowContacts, useValue: routing.knowContacts },
  { provide: LiveCoverReads, useValue: routing.liveCover },
  { provide: ChangeShifts, useValue: routing.changeShifts },
  { provide: AskCover, useValue: routing.askCover },
  { provide: ShowCover, useValue: routing.showCover },
  { provide: ImportLeave, useValue: routing.importLeave },
  { provide: ListChanges, useValue: new ListChanges(routing.reads, routing.changes, clock) },
];
