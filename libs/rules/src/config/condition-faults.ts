import { CONFIG_TEXTS, type Config, type PriorityRule } from '@tocsin/contracts';
import { compileCondition, EVENT_FIELD_NAMES, type Condition } from '../conditions/condition.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { EMPTY_FACTS } from '../conditions/facts-of-event.js';
import { filled } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { doubleNames } from './escalation-faults.js';
import { dangling, faultAt } from './faults.js';

/** Conditions that do not type-check, and examples that do not hold. */
export function conditionFaults({ priority, routing }: Config): ConfigFault[] {
  return [
    ...doubleNames(priority.rules, ['priority', 'rules']),
    ...priority.rules.flatMap((rule, i) => ruleFaults(rule, ['priority', 'rules', i])),
    ...routing.flatMap(({ when }, i) => {
      const compiled = compileCondition(when);
      return compiled.ok ? [] : [expressionFault(['routing', i, 'when'], compiled.fault)];
    }),
  ];
}

const expressionFault = (place: readonly (string | number)[], fault: string): ConfigFault =>
  faultAt(place, filled(CONFIG_TEXTS.condition, { fault }));

function ruleFaults(rule: PriorityRule, place: readonly (string | number)[]): ConfigFault[] {
  const compiled = compileCondition(rule.when);
  if (!compiled.ok) return [expressionFault([...place, 'when'], compiled.fault)];
  return rule.examples.flatMap((_, i) =>
    exampleFaults(rule, i, compiled.condition, [...place, 'examples', i]),
  );
}

function exampleFaults(
  rule: PriorityRule,
  index: number,
  condition: Condition,
  place: readonly (string | number)[],
): ConfigFault[] {
  const example = rule.examples[index];
  if (example === undefined) return [];
  const unknown = Object.keys(example.given).filter((name) => !(name in EMPTY_FACTS));
  if (unknown.length > 0) {
    return unknown.map((name) => dangling([...place, 'given', name], 'eventField', name, EVENT_FIELD_NAMES));
  }
  const { matched } = condition.test(completed(example.given));
  const actual = matched ? rule.set : 'not matched';
  if (actual === example.then) return [];
  const said = (then: string) => (then === 'not matched' ? CONFIG_TEXTS.notMatched : then);
  return [
    faultAt(place, filled(CONFIG_TEXTS.exampleFails, { expected: said(example.then), actual: said(actual) })),
  ];
}

/** An example gives what matters; everything else is as if the sender had not said it. */
export const completed = (given: Partial<EventFacts>): EventFacts => ({
  ...EMPTY_FACTS,
  has_affected: 'affected' in given,
  ...given,
  requester: { ...EMPTY_FACTS.requester, ...given.requester },
});
