import type { Config } from '@tocsin/contracts';
import { type Compiled, compileCondition, type Verdict } from './condition.js';
import type { EventFacts } from './event-facts.js';

/** The conditions of a config, compiled once, in the order of its rules. */
interface CompiledRules {
  readonly priority: readonly Compiled[];
  readonly routing: readonly Compiled[];
}

const compiled = new WeakMap<Config, CompiledRules>();

/** Compiling costs a thousand times an evaluation, and a config never changes once read. */
export function compiledRules(config: Config): CompiledRules {
  const known = compiled.get(config);
  if (known !== undefined) return known;
  const rules = {
    priority: config.priority.rules.map((rule) => compileCondition(rule.when)),
    routing: config.routing.map((rule) => compileCondition(rule.when)),
  };
  compiled.set(config, rules);
  return rules;
}

/** An expression that does not compile errs like one that fails: not matched, and said. */
export const verdictOf = (rule: Compiled, facts: EventFacts): Verdict =>
  rule.ok ? rule.condition.test(facts) : { matched: false, error: rule.fault };
