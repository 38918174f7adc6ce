export { configSchema } from './config/config-schema.js';
export { readConfig } from './config/read-config.js';
export { flattenTaxonomy } from './config/flatten-taxonomy.js';
export type * from './config/config-fault.js';
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
export { compareShifts, hoursOf, type ShiftDelta } from './on-call/changes/compare-shifts.js';
export type * from './on-call/changes/shift-change.js';
export { shiftChangeOf } from './on-call/changes/shift-change-of.js';
export { finalShifts } from './on-call/final-shifts.js';
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
export { planPeople } from './plan/plan-people.js';
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
export { EMPTY_FACTS, factsOf } from './conditions/facts-of-event.js';
export { pickService } from './routing/pick-service.js';
export type * from './routing/picked-service.js';
export { resolveTargets, wordsOf } from './routing/resolve-targets.js';
export type * from './routing/resolved-targets.js';
export { coverageOf, type Coverage } from './coverage/coverage-of-config.js';
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
export { caseFactsOf, type CaseFacts } from './sla/case-facts.js';
export { clockStateOf, clockTimes, slaWakeAt } from './sla/clock-times.js';
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
export type { CaseDifference, DifferenceKind } from './simulate/replay/compare-stories.js';
export {
  type RecordedHistory,
  simulateHistory,
  type Simulation,
} from './simulate/replay/simulate-history.js';
export type { Burden, FirstPages, PageCount } from './simulate/replay/weigh-difference.js';
