import {
  type Config,
  COUNTERFACTUAL_TEXTS,
  type Counterfactual,
  type FactChange,
  type Priority,
  rankOf,
} from '@tocsin/contracts';
import { compiledRules } from '../conditions/compiled-rules.js';
import type { Verdict } from '../conditions/compile-expression.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { EMPTY_FACTS } from '../conditions/facts-of-event.js';
import { isNumberFact, LEAST, NUMBER_FACTS } from '../conditions/gathered-facts.js';
import { filled } from '../texts-of.js';
import { candidateChanges } from './candidate-changes.js';
import { changeText, factsAfter } from './fact-change.js';
import { judgePriority, type Said, type VerdictOn, verdictsOn } from './judge-priority.js';
import type { PriorityRecord } from './priority-decision.js';

/** Changes that are tried at most: an explanation must not cost more than the case. */
const MOST_TRIED = 400;

interface Tried {
  readonly change: FactChange;
  readonly priority: Priority;
  /** Smaller is nearer; compared member by member. */
  readonly nearness: readonly number[];
}

/**
 * What would have made another priority: the nearest change of one fact. It is true, because every change is decided
 * anew before it is said, and a range (`affected < 500`) is said only when all of it gives that priority.
 * Preferred is a change that concerns what decided (the rule that matched, else severity, else category).
 * @returns without `found` when nothing that the config looks at, changed alone, gives another priority
 */
export function counterfactual({ inputs }: Pick<PriorityRecord, 'inputs'>, config: Config): Counterfactual {
  const facts: EventFacts = { ...EMPTY_FACTS, ...inputs };
  const trial = new Trial(facts, config);
  let left = MOST_TRIED;
  for (const group of candidateChanges(facts, trial.said, config)) {
    const nearest = trial.nearestOf(group.slice(0, left));
    if (nearest !== undefined) return sayFound(nearest);
    if (group.length > left) return notFound('too-many', trial.priority);
    left -= group.length;
  }
  return notFound('no-single-fact', trial.priority);
}

/** Tries changes of one set of facts. A rule that does not read the changed fact is not asked again. */
class Trial {
  readonly said: Said;
  readonly priority: Priority;
  private readonly known: Verdict[] = [];
  private readonly verdictOn: VerdictOn;

  constructor(
    private readonly facts: EventFacts,
    private readonly config: Config,
  ) {
    const verdictOn = verdictsOn(facts, config);
    this.verdictOn = (i) => (this.known[i] ??= verdictOn(i));
    ({ said: this.said, priority: this.priority } = judgePriority(facts, config, this.verdictOn));
  }

  nearestOf(changes: readonly FactChange[]): Tried | undefined {
    const tried = changes.flatMap((change): Tried[] => {
      const after = factsAfter(this.facts, change);
      const priority = this.priorityOf(after, change);
      if (priority === this.priority) return [];
      const steps = Math.abs(rankOf(priority) - rankOf(this.priority));
      const nearness = [effortOf(change), distanceOf(this.facts, after), steps];
      return [{ change, priority, nearness }];
    });
    const nearest = tried.toSorted((a, b) => compared(a.nearness, b.nearness))[0];
    return nearest === undefined ? undefined : { ...nearest, change: this.truthful(nearest) };
  }

  private priorityOf(after: EventFacts, { fact }: FactChange): Priority {
    const member = fact.split('.', 1)[0];
    const anew = verdictsOn(after, this.config);
    const rules = compiledRules(this.config).priority;
    const isRead = (i: number): boolean => {
      const rule = rules[i];
      return rule?.ok === true && rule.condition.reads.some((name) => name.replace('has_', '') === member);
    };
    return judgePriority(after, this.config, (i) => (isRead(i) ? anew(i) : this.verdictOn(i))).priority;
  }

  /** A range where all of it gives this priority; else only the number that was tried. */
  private truthful({ change, priority }: Tried): FactChange {
    const { fact } = change;
    if (!isNumberFact(fact) || change.is === 'absent') return change;
    const after = factsAfter(this.facts, change);
    const downwards = change.is === '<' || change.is === '<=';
    const within = (n: number): boolean =>
      n >= LEAST[fact] && (downwards ? n <= after[fact] : n >= after[fact]);
    const points = compiledRules(this.config).bounds[fact]?.flatMap((bound) => [
      ...[Math.floor(bound) - 1, Math.floor(bound)],
      ...[Math.ceil(bound), Math.ceil(bound) + 1],
    ]);
    const holds =
      points !== undefined &&
      [...new Set([LEAST[fact], ...points])]
        .filter(within)
        .every((n) => this.priorityOf({ ...after, [fact]: n }, change) === priority);
    return holds ? change : { fact, is: '=', value: after[fact] };
  }
}

const compared = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, i) => value - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;

/** A number moves more easily than a word; another sender or nothing said at all is the least likely. */
function effortOf({ fact, is }: FactChange): number {
  if (fact === 'source' || fact === 'kind') return 5;
  if (fact === 'promise') return is === 'absent' ? 2 : 3;
  if (is === 'absent') return 4;
  if (isNumberFact(fact)) return 0;
  if (is === 'with' || is === 'without') return 1;
  return fact === 'restricted' ? 2 : 3;
}

const distanceOf = (before: EventFacts, after: EventFacts): number =>
  NUMBER_FACTS.reduce((sum, fact) => sum + Math.abs(after[fact] - before[fact]), 0);

const sayFound = ({ change, priority }: Tried): Counterfactual => ({
  found: true,
  priority,
  change,
  text: changeText(priority, change),
});

/** For a priority that no facts were weighed for. */
export const notComputed = (priority: Priority): Counterfactual => notFound('not-computed', priority);

const notFound = (
  reason: 'no-single-fact' | 'too-many' | 'not-computed',
  priority: Priority,
): Counterfactual => ({
  found: false,
  reason,
  text: filled(COUNTERFACTUAL_TEXTS[reason], { priority, tried: MOST_TRIED }),
});
