import type { Config, Texts } from '@tocsin/contracts';
import type { Verdict } from './checked-expression.js';
import { type Compiled, compileCondition, EVENT_FIELD_NAMES } from './condition.js';
import type { EventFacts } from './event-facts.js';

/** The conditions of a config, compiled once, in the order of its rules. */
interface CompiledRules {
  readonly priority: readonly Compiled[];
  readonly routing: readonly Compiled[];
  /** The facts that a priority may depend on. */
  readonly priorityReads: readonly (keyof EventFacts)[];
}

const compiled = new WeakMap<Config, CompiledRules>();

/** Compiling costs a thousand times an evaluation, and a config never changes once read. */
export function compiledRules(config: Config): CompiledRules {
  const known = compiled.get(config);
  if (known !== undefined) return known;
  const priority = config.priority.rules.map((rule) => compileCondition(rule.when));
  const read = priority.flatMap((rule) => (rule.ok ? rule.condition.reads : []));
  const named = config.priority.rules.flatMap((rule) => factsNamedIn(rule.because));
  const rules = {
    priority,
    routing: config.routing.map((rule) => compileCondition(rule.when)),
    priorityReads: [...new Set<keyof EventFacts>(['source', 'severity', 'category', ...read, ...named])],
  };
  compiled.set(config, rules);
  return rules;
}

/** The `{…}` of a reason: deciding again must be able to say the same sentence. */
const factsNamedIn = (because: Texts): (keyof EventFacts)[] =>
  EVENT_FIELD_NAMES.filter((name) => Object.values(because).some((text) => text.includes(`{${name}}`)));

/** An expression that does not compile errs like one that fails: not matched, and said. */
export const verdictOf = (rule: Compiled, facts: EventFacts): Verdict =>
  rule.ok ? rule.condition.test(facts) : { matched: false, error: rule.fault };
