import type { CaseFactsOf, Config, Instant, TicketEvent } from '@tocsin/contracts';
import {
  becauseOf,
  counterfactualOf,
  EMPTY_FACTS,
  factsOf,
  firstWeighing,
  givenWeighing,
  priorityOf,
  reweigh,
  type Reweighed,
  type Weighing,
  type WeighInput,
  type WouldBe,
  wouldSetPriority,
} from '@tocsin/rules';
import type { Cause, CaseWork } from '../case-work.js';
import type { RoutedCase } from '../routed-case.js';

/** The config by which priorities are weighed: the one in force, unlike the policy that a case has pinned. */
export interface CurrentConfig {
  readonly config: Config;
  readonly revision: number;
}

/** A case with its priority weighed anew, not yet put; `refused` and `cause` as the engine says them. */
export interface WeighedCase extends Pick<Reweighed, 'cause' | 'refused'> {
  readonly after: RoutedCase;
  readonly changed: boolean;
  /** What rules that only watch would have made of these facts. */
  readonly wouldBe: readonly WouldBe[];
  readonly revision: number;
}

export const openedWeighing = (event: TicketEvent, current: CurrentConfig, now: Instant): Weighing =>
  firstWeighing(factsOf(event), current, now);

export function weighAgain(
  routed: RoutedCase,
  input: WeighInput,
  current: CurrentConfig,
  now: Instant,
): WeighedCase {
  const { weighing, cause, refused } = reweigh(weighingOf(routed), input, current, now);
  const priority = priorityOf(weighing, current.config);
  const after = { ...routed, weighing, priority, because: becauseOf(weighing, current.config) };
  const wouldBe = watchedWeighing(weighing, current, now);
  return {
    ...{ after, cause, refused, wouldBe },
    changed: priority !== routed.priority,
    revision: current.revision,
  };
}

/** A priority that a person has pinned is theirs, whatever the rules say. */
export const watchedWeighing = (
  { facts, pin }: Weighing,
  { config }: CurrentConfig,
  now: Instant,
): WouldBe[] => (pin === undefined ? wouldSetPriority(facts, config, now) : []);

/** Keeps the weighed case; a changed priority goes through the engine, which may start the escalation, and is told. */
export function putWeighed(
  work: CaseWork,
  { after, cause, changed, wouldBe, revision }: WeighedCase,
  why: Cause,
): void {
  const kept = work.put(after);
  work.watched.add(kept, wouldBe, revision);
  if (!changed) return;
  const facts = { ...why.facts, cause, ...explained(after) };
  work.act(kept, { type: 'PriorityChanged', to: after.priority }, { ...why, facts, follows: true });
}

/** What the timeline tells of a priority: the result, its reason, the record it can be decided from again. */
export function explained({ priority, because, weighing }: RoutedCase): CaseFactsOf<'CaseOpened'> {
  if (weighing === undefined) return { priority, because };
  const { by, rule, record, revision } = weighing.standing;
  return {
    priority,
    priorityBy: weighing.pin === undefined ? by : 'pin',
    ...(rule === undefined ? {} : { rule }),
    because,
    record,
    revision,
    counterfactual: counterfactualOf(weighing, priority),
  };
}

/**
 * A case made by hand, or before weighings were kept: its priority is given, its columns are all that is known.
 * A weighing that was kept before a fact was known lacks it.
 */
function weighingOf(routed: RoutedCase): Weighing {
  if (routed.weighing !== undefined)
    return { ...routed.weighing, facts: { ...EMPTY_FACTS, ...routed.weighing.facts } };
  const { source, ticketKey, subject, category = '', market = '', language = '', revision } = routed;
  const known = { source, key: ticketKey, subject, category, market, language };
  return givenWeighing(routed, { ...EMPTY_FACTS, ...known }, revision);
}
