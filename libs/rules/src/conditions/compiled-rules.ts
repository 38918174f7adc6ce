import { type Config, type RuleMode, type Texts, WEIGHED_BY } from '@tocsin/contracts';
import { weighedFact } from '../priority/weigh.js';
import { isLive } from '../watched/rule-mode.js';
import type { Verdict } from './compile-expression.js';
import { type Compiled, compileCondition, EVENT_FIELD_NAMES, type NumberBounds } from './condition.js';
import type { EventFacts } from './event-facts.js';
import type { NumberFact } from './gathered-facts.js';

/** The conditions of a config, compiled once, in the order of its rules. */
interface CompiledRules {
  readonly priority: readonly Compiled[];
  readonly routing: readonly Compiled[];
  /** The facts that a priority may depend on. */
  readonly priorityReads: readonly (keyof EventFacts)[];
  /** Every number that a priority rule compares a fact with; undefined where one does more with it. */
  readonly bounds: NumberBounds;
}

const compiled = new WeakMap<Config, CompiledRules>();

/** Compiling costs a thousand times an evaluation, and a config never changes once read. */
export function compiledRules(config: Config): CompiledRules {
  const known = compiled.get(config);
  if (known !== undefined) return known;
  const priority = config.priority.rules.map(compiledLive);
  const read = priority.flatMap((rule) => (rule.ok ? withFlag(rule.condition.reads) : []));
  const named = config.priority.rules.filter(isLive).flatMap((rule) => factsNamedIn(rule.because));
  const weighs = WEIGHED_BY.filter((by) => config.priority.weights[by] !== undefined).map(weighedFact);
  const rules = {
    priority,
    routing: config.routing.map(compiledLive),
    bounds: { affected: boundsOf(priority, 'affected'), reports: boundsOf(priority, 'reports') },
    priorityReads: [
      ...new Set<keyof EventFacts>(['source', 'severity', 'category', ...read, ...named, ...weighs]),
    ],
  };
  compiled.set(config, rules);
  return rules;
}

/** A rule that only watches never matches. */
const compiledLive = (rule: { readonly when: string; readonly mode?: RuleMode | undefined }): Compiled =>
  compileCondition(isLive(rule) ? rule.when : 'false');

/** Whether a number was said belongs to the number. */
const withFlag = (reads: readonly (keyof EventFacts)[]): readonly (keyof EventFacts)[] =>
  reads.includes('affected') ? [...reads, 'has_affected'] : reads;

function boundsOf(rules: readonly Compiled[], fact: NumberFact): readonly number[] | undefined {
  const bounds = rules.map((rule) => (rule.ok ? rule.condition.bounds[fact] : []));
  return bounds.every((found) => found !== undefined) ? bounds.flat() : undefined;
}

/** The `{…}` of a reason: deciding again must be able to say the same sentence. */
const factsNamedIn = (because: Texts): (keyof EventFacts)[] =>
  EVENT_FIELD_NAMES.filter((name) => Object.values(because).some((text) => text.includes(`{${name}}`)));

/** An expression that does not compile errs like one that fails: not matched, and said. */
export const verdictOf = (rule: Compiled, facts: EventFacts): Verdict =>
  rule.ok ? rule.condition.test(facts) : { matched: false, error: rule.fault };
