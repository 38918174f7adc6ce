import {
  type Config,
  type Instant,
  instantOf,
  type Lane,
  laneOf,
  PRIORITY_TEXTS,
  type Texts,
  type TicketEvent,
} from '@tocsin/contracts';
import { compiledRules } from '../conditions/compiled-rules.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { EMPTY_FACTS, factsOf } from '../conditions/facts-of-event.js';
import { type EnrichedFacts, enrichFacts } from '../enrichment/enrich-facts.js';
import { isLive } from '../watched/rule-mode.js';
import { filled, joined, withTail } from '../texts-of.js';
import { type Judgement, judgePriority, type Said } from './judge-priority.js';
import type { PriorityDecision, PriorityRecord } from './priority-decision.js';
import { weightReason } from './weigh.js';

/**
 * How urgent an event is, and why. Exactly one answer; the order is `judgePriority`'s.
 *
 * An expression that errs counts as not matched, and the answer is then never below the default (S15).
 */
export const decidePriority = (event: TicketEvent, config: Config): PriorityDecision =>
  decideFromFacts(factsOf(event), config, instantOf(event.receivedAt));

/** Decides again what a record was decided on: by the same config the answer is the same. */
export const decideAgain = (record: PriorityRecord, config: Config): PriorityDecision =>
  decideOn({ facts: { ...EMPTY_FACTS, ...record.inputs }, lookups: record.lookups ?? [] }, config);

/** The lane that intake gives an event before its case is known; hot when the priority cannot be told. */
export function laneHint(event: TicketEvent, config: Config): Lane {
  const { facts } = enrichFacts(factsOf(event), config, instantOf(event.receivedAt));
  const { priority, erred } = judgePriority(facts, config);
  return laneOf(erred.length > 0 ? undefined : priority);
}

/**
 * The same for facts that several events have said.
 * @param at which rows of the enrichment tables count
 */
export const decideFromFacts = (said: EventFacts, config: Config, at: Instant): PriorityDecision =>
  decideOn(enrichFacts(said, config, at), config);

function decideOn({ facts, lookups }: EnrichedFacts, config: Config): PriorityDecision {
  const judged = judgePriority(facts, config);
  const { said, priority, weights } = judged;
  const then = joined(weightReason(weights, judged.weighed), liftReason(judged), floorReason(judged));
  return {
    priority,
    by: said.by,
    rule: said.by === 'rule' ? said.rule.name : undefined,
    because: withTail(reasonOf(said, facts), then),
    record: { ...recordOf(judged, facts, config), ...(lookups.length === 0 ? {} : { lookups }) },
  };
}

function recordOf(judged: Judgement, facts: EventFacts, config: Config): PriorityRecord {
  const { said, erred, weights, weighed, lifted, floor, priority } = judged;
  const ruleIndex = said.by === 'rule' ? said.ruleIndex : undefined;
  return {
    inputs: inputsOf(facts, config),
    ruleIndex,
    firstRejected: firstRejectedOf(config, ruleIndex),
    erred,
    weights: weights.length === 0 ? undefined : weights,
    floor:
      floor === undefined || priority === lifted ? undefined : { category: floor.category, from: lifted },
    liftedFrom: lifted === weighed ? undefined : weighed,
  };
}

/** The first rule that decides, where it is not the one that did. */
function firstRejectedOf({ priority }: Config, ruleIndex: number | undefined): string | undefined {
  const first = priority.rules.findIndex(isLive);
  return first === ruleIndex ? undefined : priority.rules[first]?.name;
}

function reasonOf(said: Said, facts: EventFacts): Texts {
  const { priority } = said;
  switch (said.by) {
    case 'rule':
      return filled(PRIORITY_TEXTS.byRule, {
        because: filled(said.rule.because, namedFacts(facts)),
        rule: said.rule.name,
        priority,
      });
    case 'severity':
      return filled(PRIORITY_TEXTS.bySeverity, { severity: facts.severity, source: facts.source, priority });
    case 'category':
      return filled(PRIORITY_TEXTS.byCategory, { category: said.category, priority });
    case 'default':
      return filled(PRIORITY_TEXTS.byDefault, { priority });
  }
}

const liftReason = ({ weighed, lifted }: Judgement): Texts | undefined =>
  lifted === weighed ? undefined : filled(PRIORITY_TEXTS.erred, { priority: lifted });

const floorReason = ({ floor, lifted, priority }: Judgement): Texts | undefined =>
  floor === undefined || priority === lifted
    ? undefined
    : filled(PRIORITY_TEXTS.floor, { priority, category: floor.category });

/** The facts that any rule of this config looks at, and those that the rest of the order needs. */
const inputsOf = (facts: EventFacts, config: Config): Partial<EventFacts> =>
  Object.fromEntries(compiledRules(config).priorityReads.map((name) => [name, facts[name]]));

/** What the `{…}` of a rule's reason may name. */
const namedFacts = (facts: EventFacts): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(facts).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
