export { configSchema } from './config/config-schema.js';
export { readConfig } from './config/read-config.js';
export { flattenTaxonomy } from './config/flatten-taxonomy.js';
export { conditionFault } from './config/maintenance-faults.js';
export type * from './config/config-fault.js';
export { type CaseFacts, caseFactsOf } from './conditions/case-facts.js';
export type { EventFacts } from './conditions/event-facts.js';
export { decide } from './escalation/decide.js';
export type * from './escalation/case-input.js';
export type * from './escalation/decision.js';
export type * from './escalation/effect.js';
export { type EscalationCase, NOT_OPENED, wakeAtOf } from './escalation/escalation-case.js';
export type * from './escalation/escalation-context.js';
export { placeIn } from './escalation/migrate.js';
export type * from './escalation/policy-plan.js';
export { remainingSteps } from './escalation/remaining-steps.js';
export { startPlan } from './escalation/start-plan.js';
export { type ChangeBook, changeBook, knownAt, NO_CHANGES } from './on-call/changes/change-book.js';
export { recurrenceFault } from './on-call/changes/recurrence.js';
export { layersFaults } from './config/schedule-faults.js';
export { compareShifts, hoursOf, type ShiftDelta } from './on-call/changes/compare-shifts.js';
export type * from './on-call/changes/shift-change.js';
export { shiftChangeOf } from './on-call/changes/shift-change-of.js';
export {
  acceptanceOf,
  answerCover,
  type CoverAnswer,
  type CoverRefusal,
  type CoverRequest,
  coverState,
  type HeldStretch,
} from './on-call/cover/cover-request.js';
export { type ShiftConflict, shiftConflicts } from './on-call/conflicts/shift-conflicts.js';
export {
  type ConflictLead,
  dueLead,
  nextLeadAt,
  toldOfConflict,
} from './on-call/conflicts/warn-of-conflict.js';
export { loadOfPeople, type PersonLoad } from './on-call/load/load-of-people.js';
export { proposeCover, type ProposedCover } from './on-call/load/propose-cover.js';
export { eligibleForCover } from './on-call/cover/eligible-for-cover.js';
export { holdingOf } from './on-call/cover/holding.js';
export type { ImportedLeave, ImportFault, ReadLeave } from './on-call/import-leave/imported-leave.js';
export { type ImportPlan, planImport } from './on-call/import-leave/plan-import.js';
export { readCsv } from './on-call/import-leave/read-csv.js';
export { readIcs } from './on-call/import-leave/read-ics.js';
export type { HolidayFile, HolidaysAsked, ReadHolidays } from './import-holidays/holiday-file.js';
export { readHolidaysCsv } from './import-holidays/read-holidays-csv.js';
export { readHolidaysIcs } from './import-holidays/read-holidays-ics.js';
export { finalShifts } from './on-call/final-shifts.js';
export { namedIn } from './on-call/paging-lanes.js';
export { requiredHours } from './on-call/required-hours.js';
export { gapsOf } from './on-call/gaps.js';
export type { Lane } from './on-call/lane.js';
export { onCallPath, type PathEntry } from './on-call/on-call-path.js';
export { WAIT_BY_HAND } from './escalation/timing.js';
export type * from './on-call/on-call-shift.js';
export { onCallAt, whoIsOnCall } from './on-call/who-is-on-call.js';
export * from './paging/attempt-plan.js';
export { nextTry } from './paging/next-try.js';
export { type PageKeyParts, pageKeyOf } from './paging/page-key.js';
export { methodsOf, planAttempts } from './paging/plan-attempts.js';
export type * from './paging/retry-verdict.js';
export { durationWords } from './lint/duration-words.js';
export type * from './plan/people-plan.js';
export { historyRisks, planHistory } from './plan/plan-history.js';
export { planPeople } from './plan/plan-people.js';
export { type PlanRisk, weighPlan, zoneOf } from './plan/plan-risks.js';
export { type PolicyTestResult, runPolicyTests } from './policy-tests/run-policy-test.js';
export { type MutationScore, scoreMutants } from './policy-tests/surviving-mutants.js';
export { decideAgain, decidePriority, laneHint } from './priority/decide-priority.js';
export type * from './priority/priority-decision.js';
export { counterfactualOf } from './priority/pin-reason.js';
export {
  becauseOf,
  firstWeighing,
  givenWeighing,
  priorityOf,
  reweigh,
  type Reweighed,
  type WeighContext,
  type WeighInput,
  type WeighRefusal,
} from './priority/reweigh.js';
export { type Pin, reweighAt, type StandingDecision, type Weighing } from './priority/weighing.js';
export { EMPTY_FACTS, factsOf, saidBy } from './conditions/facts-of-event.js';
export { pickService } from './routing/pick-service.js';
export type * from './routing/picked-service.js';
export type { CaseGroup } from './grouping/case-group.js';
export { countChange, type FlapState, isCalm, STEADY } from './grouping/flap.js';
export { type EventGrouping, eventTime, groupingOf, type KeyField } from './grouping/group-key.js';
export { hullOf } from './grouping/group-window.js';
export {
  bridgeReason,
  calmReason,
  flapReason,
  fullReason,
  groupingReason,
} from './grouping/grouping-reason.js';
export { type PlacedCase, type Placement, placeRaise, returnWithin } from './grouping/place-raise.js';
export { codeLabel, judgeResolution, type ResolutionFault } from './resolution/judge-resolution.js';
export {
  beforeChange,
  type ChangeRefusal,
  judgeChange,
  type JudgedChange,
} from './membership/judge-change.js';
export { placeAmongMerged } from './membership/place-merged.js';
export { placedByHand, takenFrom } from './membership/placed-by-hand.js';
export { judgeUndo, UNDO_WITHIN, undoInput, type UndoRefusal } from './membership/judge-undo.js';
export type * from './membership/member-case.js';
export { resolveTargets, wordsOf } from './routing/resolve-targets.js';
export type * from './routing/resolved-targets.js';
export {
  closeIfInactive,
  closesAfterResolve,
  closingOf,
  inactiveAt,
  reopens,
} from './closing/closing-times.js';
export {
  calmed,
  changedGroup,
  counted,
  countedIn,
  countedTickets,
  type Grouped,
  heldBy,
  type HeardTicket,
  isRekeyed,
  joinedGroups,
  type Membership,
  newGroup,
  placedOf,
} from './grouping/grow-group.js';
export {
  foldTicket,
  type IgnoreReason,
  isResolved,
  type Meaning,
  type Ticket,
  type Version,
} from './triage/fold-ticket.js';
export { saidAgain } from './triage/said-again.js';
export { isFace, mayOpen } from './triage/ticket-events.js';
export { quietOfCase } from './quiet/quiet-of-case.js';
export { quietWindowOf, type QuietWindowRecord, windowRecordOf } from './quiet/recorded-window.js';
export { configWindows, scopeOf, windowOfRule } from './quiet/config-windows.js';
export { type PastCase, previewWindow, type WindowVerdict } from './quiet/preview-window.js';
export { type ExplainAsked, explainPage } from './explain/explain-page.js';
export { PAGING_EVENTS, personsPaged } from './explain/persons-paged.js';
export { dependedOn, type OpenParent, quietByParent } from './quiet/quiet-by-parent.js';
export { quietAt, windowsFor } from './quiet/quiet-at.js';
export type * from './quiet/quiet-window.js';
export { spanFrom } from './quiet/window-times.js';
export { type HooksDue, hooksDue } from './quiet/tell/hooks-due.js';
export { type MaintenanceHook, maintenanceEventOf } from './quiet/tell/maintenance-hook.js';
export { recordedChanges } from './quiet/tell/recorded-changes.js';
export { type ToldWindows, windowIdOf } from './quiet/tell/told-windows.js';
export type { WindowsChange } from './quiet/tell/change-windows.js';
export { wouldHold } from './watched/would-hold.js';
export { type WatchedRule, watchedRules } from './watched/watched-rules.js';
export {
  type WouldBe,
  wouldGroup,
  wouldPromise,
  wouldRoute,
  wouldSetPriority,
} from './watched/would-be.js';
export {
  coverageOf,
  coverageOfService,
  type Coverage,
  type LiveCover,
} from './coverage/coverage-of-config.js';
export { coverageText } from './coverage/coverage-texts.js';
export {
  decideHeartbeat,
  dueAtOf,
  type HeartbeatDecision,
  type HeartbeatEffect,
  type HeartbeatInput,
  type HeartbeatState,
  newHeartbeat,
  retireHeartbeat,
} from './heartbeats/heartbeat.js';
export { clockStateOf, clockTimes, slaWakeAt } from './sla/clock-times.js';
export { promiseOf } from './sla/promise-of.js';
export { recomputeDue } from './sla/recompute-clock.js';
export { runClock, startClock } from './sla/run-clock.js';
export { presentPause, type SlaClock } from './sla/sla-clock.js';
export type * from './sla/sla-effect.js';
export type * from './sla/sla-input.js';
export { kindsOf, pickSla, type SlaTerms, slaTerms } from './sla/sla-terms.js';
export { evidenceOf } from './sla/tell-clock.js';
export { planByHand } from './escalation/plan-by-hand.js';
export { speaksOf } from './escalation/speakers.js';
export { recordedEvent } from './simulate/replay/recorded-event.js';
export type { CaseStory } from './simulate/replay/case-story.js';
export { type DatedHistory, historyOf } from './simulate/replay/history-of.js';
export type { CaseDifference, DifferenceKind } from './simulate/replay/compare-stories.js';
export {
  type RecordedHistory,
  simulateHistory,
  type Simulation,
} from './simulate/replay/simulate-history.js';
export type { Burden, FirstPages, PageCount } from './simulate/replay/weigh-difference.js';
export { knownCategory } from './priority/category-owning.js';
export { formerCategories, presentCategory } from './taxonomy/present-category.js';
export { sayCaseEvent } from './timeline/say-event.js';
export { toldByTicket } from './sla/told-by-ticket.js';
export { type Bucket, fullBucket, nextTokenAt, refilled } from './outgoing/rate-bucket.js';
export {
  nextWebhookTry,
  type WebhookAnswer,
  type WebhookVerdict,
} from './outgoing/next-webhook-try.js';
export { type OutgoingAbout, wantsOutgoing } from './outgoing/wants-outgoing.js';
export {
  changeBy,
  type ContactFact,
  mergedFact,
} from './contacts/contact-fact.js';
export { contactsOfConfig, knownContacts, type KnownContacts } from './contacts/known-contacts.js';
export { missingText } from './readiness/readiness-texts.js';
export { type Missing, reachLackOf, type Readiness, readinessOf } from './readiness/readiness.js';
export {
  afterReading,
  believedAt,
  type FeedReading,
  isLeaveTitle,
  type LeaveFeed,
  mayBeSame,
  NEW_FEED,
} from './on-call/import-leave/leave-feed.js';
