import { type Config, type Instant, moreUrgent, type Priority, rankOf, type Texts } from '@tocsin/contracts';
import { compiledRules } from '../conditions/compiled-rules.js';
import type { EventFacts } from '../conditions/event-facts.js';
import type { PromiseState } from '../conditions/gathered-facts.js';
import { watchedOf } from '../watched/watched-rules.js';
import { accumulateFacts } from './accumulate-facts.js';
import { categoryOwning, knownCategory } from './category-owning.js';
import { counterfactual, notComputed } from './counterfactual.js';
import { decideFromFacts } from './decide-priority.js';
import { pinReason } from './pin-reason.js';
import type { PriorityDecision } from './priority-decision.js';
import type { Pin, StandingDecision, Weighing } from './weighing.js';

/** What may change the priority of a case. */
export type WeighInput =
  /** An event of the case; `newest` as `foldTicket` found it. */
  | { readonly type: 'Said'; readonly facts: EventFacts; readonly newest: boolean }
  /** What the SLA clocks of the case say now; the same again changes nothing. */
  | { readonly type: 'Promised'; readonly promise: PromiseState }
  | { readonly type: 'Pinned'; readonly pin: Omit<Pin, 'at'> }
  | { readonly type: 'Unpinned' }
  /** The time of `reweighAt`, or any other: before it nothing happens. */
  | { readonly type: 'Woke' };

/** By what config: its number stands in the record. */
export interface WeighContext {
  readonly config: Config;
  readonly revision: number;
  /** Nobody will read why: what would have changed the priority, which costs more than the priority, is left out. */
  readonly unexplained?: true | undefined;
}

export type WeighRefusal =
  | { readonly reason: 'below-floor'; readonly floor: Priority; readonly category: string }
  | { readonly reason: 'not-pinned' | 'past-until' };

/**
 * What follows. `cause` says what moved or kept the priority; a refusal changes nothing.
 * `raised` at once, `lowered` after its stable time, `lowering-waits` for it, `stays`, `pinned`, `unpinned`,
 * `pin-ended` by its time, `too-early` to do anything.
 */
export interface Reweighed {
  readonly weighing: Weighing;
  readonly cause:
    | 'raised'
    | 'lowered'
    | 'lowering-waits'
    | 'stays'
    | 'pinned'
    | 'unpinned'
    | 'pin-ended'
    | 'too-early';
  readonly refused?: WeighRefusal | undefined;
}

/** The first weighing of a case. */
export function firstWeighing(facts: EventFacts, context: WeighContext, now: Instant): Weighing {
  const standing = standingOf(decideFromFacts(facts, context.config, now), context);
  return { ...known(facts, context.config), standing };
}

/** The weighing of a case whose priority a person gave, or whose facts were not kept: no machine lowers it. */
export function givenWeighing(
  { priority, because }: { readonly priority: Priority; readonly because: Texts },
  facts: EventFacts,
  revision: number,
): Weighing {
  const record = { inputs: {}, erred: [] };
  const decision = { priority, because, by: 'given' as const, record };
  return { facts, standing: { ...decision, revision, counterfactual: notComputed(priority) } };
}

/**
 * Weighs the priority of a case anew. A raise holds at once. A lower one holds only after the config's stable time,
 * during which the facts must ask for the same; without that setting, or where the priority was not computed, only a
 * person lowers it. A default never raises: an event that says nothing of urgency changes nothing. A pin stands above
 * what is computed, and the floor of the category above the pin.
 * @param now from the database's clock
 */
export function reweigh(state: Weighing, input: WeighInput, context: WeighContext, now: Instant): Reweighed {
  switch (input.type) {
    case 'Said':
      return afterEvent(state, input, context, now);
    case 'Promised':
      return afterPromise(state, input.promise, context, now);
    case 'Pinned':
      return pinned(state, input.pin, context, now);
    case 'Unpinned':
      if (state.pin === undefined)
        return { weighing: state, cause: 'stays', refused: { reason: 'not-pinned' } };
      return { weighing: { ...state, pin: undefined }, cause: 'unpinned' };
    case 'Woke':
      return afterTime(state, context, now);
  }
}

/** The priority that a case has: the pin but never below the floor, else what is computed. */
export function priorityOf({ facts, standing, pin }: Weighing, config: Config): Priority {
  if (pin === undefined) return standing.priority;
  const floor = categoryOwning(config, facts.category, 'floor')?.priority;
  return floor === undefined ? pin.priority : moreUrgent(pin.priority, floor);
}

/** Why it has it; under 240 characters in each language. */
export const becauseOf = (weighing: Weighing, config: Config): Texts =>
  weighing.pin === undefined
    ? weighing.standing.because
    : pinReason(weighing.pin, weighing.standing.priority, priorityOf(weighing, config));

function afterEvent(
  state: Weighing,
  { facts: said, newest }: Extract<WeighInput, { type: 'Said' }>,
  context: WeighContext,
  now: Instant,
): Reweighed {
  const { config } = context;
  const facts = accumulateFacts(state.facts, said, newest);
  const computed = decideFromFacts(facts, config, now);
  // A P1 that was overtaken by a comment counts: a late event is judged as if it were the newest, but only raises.
  const late = newest ? undefined : decideFromFacts(accumulateFacts(state.facts, said, true), config, now);
  const decision = late !== undefined && raises(late, computed) ? late : computed;
  return settled(
    { ...state, ...known(facts, config) },
    raises(decision, state.standing) ? decision : computed,
    {
      ...context,
      now,
    },
  );
}

function afterPromise(
  state: Weighing,
  promise: PromiseState,
  context: WeighContext,
  now: Instant,
): Reweighed {
  if (state.facts.promise === promise) return { weighing: state, cause: 'stays' };
  const facts = { ...state.facts, promise };
  return settled({ ...state, facts }, decideFromFacts(facts, context.config, now), { ...context, now });
}

const raises = ({ by, priority }: PriorityDecision, over: PriorityDecision): boolean =>
  by !== 'default' && rankOf(priority) < rankOf(over.priority);

function settled(
  state: Weighing,
  decision: PriorityDecision,
  scene: WeighContext & { now: Instant },
): Reweighed {
  const { standing, lowering } = state;
  const rest: Weighing = { ...state, lowering: undefined };
  if (raises(decision, standing))
    return { weighing: { ...rest, standing: standingOf(decision, scene) }, cause: 'raised' };
  if (decision.priority === standing.priority)
    return { weighing: { ...rest, standing: refreshed(standing, decision, scene) }, cause: 'stays' };
  const { lower: stable } = scene.config.priority.recalculate;
  const mayLower =
    stable !== undefined && standing.by !== 'given' && rankOf(decision.priority) > rankOf(standing.priority);
  if (!mayLower) return { weighing: rest, cause: 'stays' };
  const waits =
    lowering?.to === decision.priority ? lowering : { to: decision.priority, at: scene.now + stable * 1000 };
  return { weighing: { ...state, lowering: waits }, cause: 'lowering-waits' };
}

function afterTime(state: Weighing, context: WeighContext, now: Instant): Reweighed {
  const { pin, lowering } = state;
  const pinEnds = pin?.until !== undefined && pin.until <= now;
  const unpinned = pinEnds ? { ...state, pin: undefined } : state;
  const weighed: Reweighed =
    lowering !== undefined && lowering.at <= now
      ? lower(unpinned, lowering.to, context, now)
      : { weighing: unpinned, cause: 'too-early' };
  return pinEnds ? { ...weighed, cause: 'pin-ended' } : weighed;
}

function lower(state: Weighing, to: Priority, context: WeighContext, now: Instant): Reweighed {
  const { config } = context;
  const decision = decideFromFacts(state.facts, config, now);
  const waited = { ...state, lowering: undefined };
  // The config may have changed while it waited: then the wait begins again, or there is nothing to wait for.
  if (decision.priority !== to || config.priority.recalculate.lower === undefined)
    return settled(waited, decision, { ...context, now });
  return { weighing: { ...waited, standing: standingOf(decision, context) }, cause: 'lowered' };
}

function pinned(state: Weighing, pin: Omit<Pin, 'at'>, { config }: WeighContext, now: Instant): Reweighed {
  const refuse = (refused: WeighRefusal): Reweighed => ({ weighing: state, cause: 'stays', refused });
  if (pin.until !== undefined && pin.until <= now) return refuse({ reason: 'past-until' });
  const floor = categoryOwning(config, state.facts.category, 'floor');
  if (floor !== undefined && rankOf(pin.priority) > rankOf(floor.priority))
    return refuse({ reason: 'below-floor', floor: floor.priority, category: floor.category });
  return { weighing: { ...state, pin: { ...pin, at: now } }, cause: 'pinned' };
}

const standingOf = (
  decision: PriorityDecision,
  { config, revision, unexplained }: WeighContext,
): StandingDecision => ({
  ...decision,
  revision,
  counterfactual:
    unexplained === true ? notComputed(decision.priority) : counterfactual(decision.record, config),
});

/** The same priority by newer facts: its reason follows them. The same facts by the same revision say the same. */
function refreshed(
  standing: StandingDecision,
  decision: PriorityDecision,
  context: WeighContext,
): StandingDecision {
  const inputsOf = ({ record }: PriorityDecision): string => JSON.stringify(record.inputs);
  const same = standing.revision === context.revision && inputsOf(standing) === inputsOf(decision);
  return same ? standing : standingOf(decision, context);
}

const known = (facts: EventFacts, config: Config): Pick<Weighing, 'facts' | 'category'> => ({
  facts: kept(facts, config),
  category: knownCategory(config, facts.category),
});

/** Body and attributes are kept only where a rule reads them, watching or live: they may be longer than everything else together. */
function kept(facts: EventFacts, config: Config): EventFacts {
  const rules = [config, ...watchedOf(config, 'priority').map(({ live }) => live)];
  const reads = rules.flatMap((each) => compiledRules(each).priorityReads);
  return {
    ...facts,
    body: reads.includes('body') ? facts.body : '',
    attributes: reads.includes('attributes') ? facts.attributes : {},
  };
}
