import { type Config, type GroupingRule, instantOf, type TicketEvent } from '@tocsin/contracts';
import { verdictOf } from '../conditions/compiled-rules.js';
import { type Compiled, compileCondition } from '../conditions/condition.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { factsOf } from '../conditions/facts-of-event.js';
import { type KeyPart, keyPart } from '../conditions/key-part.js';
import { enrichFacts } from '../enrichment/enrich-facts.js';
import { isLive } from '../watched/rule-mode.js';
import { pickService } from '../routing/pick-service.js';

/** One part of a key, as the rule writes it, and what the event says of it. */
export interface KeyField {
  readonly name: string;
  readonly value: string;
}

/** By which rule an event is grouped and under which key, or why by none. */
export type EventGrouping =
  | {
      readonly grouped: true;
      readonly rule: GroupingRule;
      readonly by: readonly KeyField[];
      /** The same for what may be one case: of one rule with one window, never across restricted and normal. */
      readonly key: string;
    }
  | {
      readonly grouped: false;
      /**
       * `nothing-said`: a rule matches, but the event says nothing of any part of its key. `taken-out`: the rule would
       * put the ticket back into the case that a person has taken it out of.
       */
      readonly reason: 'no-rules' | 'no-rule-matches' | 'nothing-said' | 'key-errs' | 'taken-out';
      readonly rule?: string;
    };

interface CompiledGrouping {
  readonly rule: GroupingRule;
  readonly condition: Compiled;
  readonly parts: readonly KeyPart[];
}

const compiled = new WeakMap<Config, readonly CompiledGrouping[]>();

function compiledGroupings(config: Config): readonly CompiledGrouping[] {
  const known = compiled.get(config);
  if (known !== undefined) return known;
  const rules = config.grouping.filter(isLive).map((rule) => ({
    rule,
    condition: compileCondition(rule.when),
    parts: rule.by.map(keyPart),
  }));
  compiled.set(config, rules);
  return rules;
}

/** The rule that groups an event, the first that matches, and the key that it gives. Looks at nothing but the event. */
export function groupingOf(event: TicketEvent, config: Config): EventGrouping {
  if (compiledGroupings(config).length === 0) return { grouped: false, reason: 'no-rules' };
  const { facts } = enrichFacts(factsOf(event), config, instantOf(event.receivedAt));
  const picked = { ...facts, service: pickService(event, config).service ?? '' };
  const found = compiledGroupings(config).find(({ condition }) => verdictOf(condition, picked).matched);
  return found === undefined ? { grouped: false, reason: 'no-rule-matches' } : keyed(found, picked);
}

function keyed({ rule, parts }: CompiledGrouping, facts: EventFacts): EventGrouping {
  const values = keyValues(parts, facts);
  if (values === undefined) return { grouped: false, reason: 'key-errs', rule: rule.name };
  // What says nothing has nothing in common.
  if (values.every((value) => value === ''))
    return { grouped: false, reason: 'nothing-said', rule: rule.name };
  const by = rule.by.map((name, i) => ({ name, value: values[i] ?? '' }));
  return { grouped: true, rule, by, key: JSON.stringify([rule.name, rule.window, facts.restricted, values]) };
}

/** The texts of a key, or undefined when a part of it cannot be told. */
export function keyValues(parts: readonly KeyPart[], facts: EventFacts): readonly string[] | undefined {
  const values = parts.map((part) => (part.ok ? part.textOf(facts) : undefined));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** When an event happened, by its sender where it tells. */
export const eventTime = ({ occurredAt, receivedAt }: TicketEvent): number =>
  instantOf(occurredAt ?? receivedAt);
