import {
  type Config,
  type Lane,
  laneOf,
  moreUrgent,
  PRIORITIES,
  type Priority,
  PRIORITY_TEXTS,
  type Texts,
  type TicketEvent,
} from '@tocsin/contracts';
import { compiledRules, verdictOf } from '../conditions/compiled-rules.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { EMPTY_FACTS, factsOf } from '../conditions/facts-of-event.js';
import { own } from '../own.js';
import { categoryOwning } from './category-owning.js';
import type { PriorityBy, PriorityDecision, PriorityRecord } from './priority-decision.js';
import { filled, joined, within240 } from '../texts-of.js';

/**
 * How urgent an event is. Exactly one answer, in this order: the first rule that matches; else the source's
 * severity map; else the category's priority; else the default. Then the floor of the category lifts it.
 *
 * An expression that errs counts as not matched, and the answer is then never below the default (S15).
 */
export const decidePriority = (event: TicketEvent, config: Config): PriorityDecision =>
  decideFromFacts(factsOf(event), config);

/** Decides again what a record was decided on: by the same config the answer is the same. */
export const decideAgain = (record: PriorityRecord, config: Config): PriorityDecision =>
  decideFromFacts({ ...EMPTY_FACTS, ...record.inputs }, config);

/** The lane that intake gives an event before its case is known; hot when the priority cannot be told. */
export function laneHint(event: TicketEvent, config: Config): Lane {
  const { priority, record } = decidePriority(event, config);
  return laneOf(record.erred.length > 0 ? undefined : priority);
}

interface Said {
  readonly priority: Priority;
  readonly by: PriorityBy;
  readonly because: Texts;
  readonly rule?: string;
}

function decideFromFacts(facts: EventFacts, config: Config): PriorityDecision {
  const tried = tryRules(facts, config);
  const said =
    tried.said ?? saidBySeverity(facts, config) ?? saidByCategory(facts, config) ?? saidByDefault(config);
  const lifted = liftAfterError(said.priority, tried.erred.length > 0, config);
  const floor = categoryOwning(config, facts.category, 'floor');
  const priority = floor === undefined ? lifted : moreUrgent(lifted, floor.priority);
  const raisedByFloor = floor !== undefined && priority !== lifted;
  return {
    priority,
    by: said.by,
    rule: said.rule,
    because: within240(
      joined(
        said.because,
        lifted === said.priority ? undefined : filled(PRIORITY_TEXTS.erred, { priority: lifted }),
        raisedByFloor ? filled(PRIORITY_TEXTS.floor, { priority, category: floor.category }) : undefined,
      ),
    ),
    record: {
      inputs: inputsOf(facts, config),
      ruleIndex: tried.ruleIndex,
      firstRejected: tried.firstRejected,
      erred: tried.erred,
      floor: raisedByFloor ? { category: floor.category, from: lifted } : undefined,
      liftedFrom: lifted === said.priority ? undefined : said.priority,
    },
  };
}

function tryRules(facts: EventFacts, config: Config) {
  const erred: { rule: string; error: string }[] = [];
  const compiled = compiledRules(config).priority;
  const firstRejected = () => config.priority.rules[0]?.name;
  for (const [ruleIndex, rule] of config.priority.rules.entries()) {
    const condition = compiled[ruleIndex];
    if (condition === undefined) continue;
    const { matched, error } = verdictOf(condition, facts);
    if (error !== undefined) erred.push({ rule: rule.name, error });
    if (!matched) continue;
    const because = filled(PRIORITY_TEXTS.byRule, {
      because: filled(rule.because, namedFacts(facts)),
      rule: rule.name,
      priority: rule.set,
    });
    const said: Said = { priority: rule.set, by: 'rule', rule: rule.name, because };
    return { said, ruleIndex, erred, firstRejected: ruleIndex > 0 ? firstRejected() : undefined };
  }
  return { said: undefined, ruleIndex: undefined, erred, firstRejected: firstRejected() };
}

function saidBySeverity({ source, severity }: EventFacts, config: Config): Said | undefined {
  const map = own(config.sources, source)?.severity ?? {};
  // A sender that writes P1 for a severity means it, whatever the map holds (S15).
  const priority = own(map, severity) ?? own(map, severity.toLowerCase()) ?? PRIORITIES.find((known) => known === severity.toUpperCase());
  if (priority === undefined) return undefined;
  const because = filled(PRIORITY_TEXTS.bySeverity, { severity, source, priority });
  return { priority, by: 'severity', because };
}

function saidByCategory({ category }: EventFacts, config: Config): Said | undefined {
  const found = categoryOwning(config, category, 'priority');
  return found === undefined
    ? undefined
    : { priority: found.priority, by: 'category', because: filled(PRIORITY_TEXTS.byCategory, { ...found }) };
}

function saidByDefault({ priority: { default: priority } }: Config): Said {
  return { priority, by: 'default', because: filled(PRIORITY_TEXTS.byDefault, { priority }) };
}

const liftAfterError = (priority: Priority, erred: boolean, config: Config): Priority =>
  erred ? moreUrgent(priority, config.priority.default) : priority;

/** The facts that any rule of this config looks at, and those that the rest of the order needs. */
function inputsOf(facts: EventFacts, config: Config): Partial<EventFacts> {
  const read = compiledRules(config).priority.flatMap((rule) => (rule.ok ? rule.condition.reads : []));
  const wanted = new Set<keyof EventFacts>(['source', 'severity', 'category', ...read]);
  return Object.fromEntries([...wanted].map((name) => [name, facts[name]]));
}

/** What the `{…}` of a rule's reason may name. */
const namedFacts = (facts: EventFacts): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(facts).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
