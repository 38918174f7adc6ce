import type { ConfigRevisions } from './pinned-configs.js';
import type { EventLog, Transactions } from '@tocsin/event-log';
import type { Host } from '@tocsin/runtime';
import { AdvanceDue } from './advance-due/advance-due.js';
import { AuditEscalations } from './audit-escalations/audit-escalations.js';
import { ChangeShifts } from './change-shifts/change-shifts.js';
import { LiveChanges } from './live-changes.js';
import { ShiftChangeStore } from './shift-change.store.js';
import { ShiftKnowledge } from './known-shifts.js';
import { CaseIds } from './case-ids.js';
import { CaseStore } from './case.store.js';
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
import { PinnedConfigs } from './pinned-configs.js';
import { PoolReads } from './pool-reads.js';
import { RecordDelivery } from './record-delivery/record-delivery.js';
import { ActOverHttp } from './respond-to-case/act-over-http.js';
import { AnswerOnce } from './respond-to-case/answer-once.js';
import { KeptAnswerStore } from './respond-to-case/kept-answer.store.js';
import { RespondToCase } from './respond-to-case/respond-to-case.js';
import { PinPriority } from './reweigh-priority/pin-priority.js';
import { ReweighDue } from './reweigh-priority/reweigh-due.js';
import { RoutingMetrics } from './routing-metrics.js';
import { TimelineStore } from './timeline.store.js';
import { TicketStore } from './triage-event/ticket.store.js';
import { TurnStore } from './turn.store.js';
import { TriageEvent } from './triage-event/triage-event.js';
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
  const configs = new PinnedConfigs(ground.revisions, new LiveChanges(changes), turns);
  const cases = new CaseStore();
  const ids = new CaseIds();
  const kept = new KeptAnswerStore();
  const timeline = new TimelineStore(transactions);
  const slaWake = new WakeSignal();
  const clocks = new SlaClockStore(transactions);
  const slaMetrics = new SlaMetrics(ground.metrics);
  const keepSla = new KeepSla({ clocks, wake: slaWake, metrics: slaMetrics, log });
  const works = new CaseWorkStore(cases, eventLog, wake, keepSla, pass, turns, new EngineInputStore());
  const respondToCase = new RespondToCase({ transactions, cases, works, configs, timeline, metrics });
  return {
    wake,
    configs,
    timeline,
    respondToCase,
    changes,
    changeShifts: new ChangeShifts(transactions, changes, () => configs.current().config),
    reads,
    knowledge: new ShiftKnowledge(reads, configs, changes),
    actOverHttp: new ActOverHttp(new AnswerOnce(transactions, kept, respondToCase), configs),
    migrateCase: new MigrateCase({ transactions, cases, works, configs }),
    triageEvent: new TriageEvent({ tickets: new TicketStore(), cases, works, ids, configs, metrics, pass }),
    advanceDue: new AdvanceDue({ transactions, cases, works, configs, metrics, log }),
    recordDelivery: new RecordDelivery({ cases, works, configs, respondToCase, eventLog, log }),
    pageByHand: new PageByHand({ transactions, ids, works, configs, kept, metrics }),
    pinPriority: new PinPriority({ transactions, cases, works, configs, kept }),
    reweighDue: new ReweighDue({ transactions, cases, works, configs, log }),
    slaWake,
    advanceSla: new AdvanceSla({ transactions, clocks, cases, works, configs, metrics: slaMetrics, log }),
    showSla: new ShowSla(clocks, configs, reads),
    auditEscalations: new AuditEscalations(transactions, metrics, wake, log),
  };
}
