import { type Config, moreUrgent, type Priority, type PriorityRule } from '@tocsin/contracts';
import { compiledRules, verdictOf } from '../conditions/compiled-rules.js';
import type { Verdict } from '../conditions/compile-expression.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { own } from '../own.js';
import { categoryOwning } from './category-owning.js';
import type { PriorityRecord } from './priority-decision.js';
import { type AppliedWeight, weighed, weightsOf } from './weigh.js';

/** What decided, before weights and floors. */
export type Said =
  | {
      readonly by: 'rule';
      readonly priority: Priority;
      readonly rule: PriorityRule;
      readonly ruleIndex: number;
    }
  | { readonly by: 'category'; readonly priority: Priority; readonly category: string }
  | { readonly by: 'severity' | 'default'; readonly priority: Priority };

/** A priority with all that its explanation needs. */
export interface Judgement {
  readonly said: Said;
  readonly erred: PriorityRecord['erred'];
  readonly weights: readonly AppliedWeight[];
  /** After the weights. */
  readonly weighed: Priority;
  /** After the rule that nothing that erred ends below the default. */
  readonly lifted: Priority;
  readonly floor: { readonly category: string; readonly priority: Priority } | undefined;
  /** The result. */
  readonly priority: Priority;
}

/**
 * How urgent these facts are. In this order: the first rule that matches; else the source's severity map; else the
 * category's priority; else the default. Then the weights move it, and the floor of the category lifts it.
 *
 * @param verdictOn tells of a rule by its index whether these facts meet it
 */
export function judgePriority(
  facts: EventFacts,
  config: Config,
  verdictOn: VerdictOn = verdictsOn(facts, config),
): Judgement {
  const erred: { rule: string; error: string }[] = [];
  const said = saidByRule(config, verdictOn, erred) ??
    saidBySeverity(facts, config) ??
    saidByCategory(facts, config) ?? {
      by: 'default',
      priority: config.priority.default,
    };
  const weights = weightsOf(facts, config);
  const heavy = weighed(said.priority, weights);
  const lifted = erred.length > 0 ? moreUrgent(heavy, config.priority.default) : heavy;
  const floor = categoryOwning(config, facts.category, 'floor');
  return {
    said,
    erred,
    weights,
    weighed: heavy,
    lifted,
    floor,
    priority: floor === undefined ? lifted : moreUrgent(lifted, floor.priority),
  };
}

/** Whether a rule, by its index, matches. */
export type VerdictOn = (ruleIndex: number) => Verdict;

const NO_RULE: Verdict = { matched: false };

export const verdictsOn =
  (facts: EventFacts, config: Config): VerdictOn =>
  (ruleIndex) => {
    const condition = compiledRules(config).priority[ruleIndex];
    return condition === undefined ? NO_RULE : verdictOf(condition, facts);
  };

function saidByRule(
  config: Config,
  verdictOn: VerdictOn,
  erred: { rule: string; error: string }[],
): Said | undefined {
  for (const [ruleIndex, rule] of config.priority.rules.entries()) {
    const { matched, error } = verdictOn(ruleIndex);
    if (error !== undefined) erred.push({ rule: rule.name, error });
    if (matched) return { by: 'rule', priority: rule.set, rule, ruleIndex };
  }
  return undefined;
}

/** The source of what we found ourselves; the config may define one of this name, and its map is then taken. */
const OUR_ALERTS = 'metric-monitoring';
const OUR_SEVERITIES: Readonly<Record<string, Priority>> = {
  critical: 'P1',
  high: 'P2',
  medium: 'P3',
  low: 'P4',
  info: 'P5',
};

function saidBySeverity({ source, severity }: EventFacts, config: Config): Said | undefined {
  const map = own(config.sources, source)?.severity ?? (source === OUR_ALERTS ? OUR_SEVERITIES : {});
  const priority = own(map, severity) ?? own(map, severity.toLowerCase());
  return priority === undefined ? undefined : { by: 'severity', priority };
}

function saidByCategory({ category }: EventFacts, config: Config): Said | undefined {
  const found = categoryOwning(config, category, 'priority');
  return found === undefined ? undefined : { by: 'category', ...found };
}
