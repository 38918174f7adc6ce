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
export type * from './escalation/policy-plan.js';
export { startPlan } from './escalation/start-plan.js';
export type * from './on-call/on-call-shift.js';
export { whoIsOnCall } from './on-call/who-is-on-call.js';
export * from './paging/attempt-plan.js';
export { nextTry } from './paging/next-try.js';
export { type PageKeyParts, pageKeyOf } from './paging/page-key.js';
export { methodsOf, planAttempts } from './paging/plan-attempts.js';
export type * from './paging/retry-verdict.js';
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
