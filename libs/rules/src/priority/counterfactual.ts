import {
  type Config,
  COUNTERFACTUAL_TEXTS,
  type Counterfactual,
  type FactChange,
  type Priority,
  rankOf,
} from '@tocsin/contracts';
import { compiledRules } from '../conditions/compiled-rules.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { EMPTY_FACTS } from '../conditions/facts-of-event.js';
import { filled } from '../texts-of.js';
import { candidateChanges } from './candidate-changes.js';
import { changeText, factsAfter } from './fact-change.js';
import { judgePriority } from './judge-priority.js';
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
  const { priority, said } = judgePriority(facts, config);
  let left = MOST_TRIED;
  for (const group of candidateChanges(facts, said, config)) {
    const nearest = nearestOf(group.slice(0, left), facts, priority, config);
    if (nearest !== undefined) return sayFound(nearest);
    if (group.length > left) return notFound('too-many', priority);
    left -= group.length;
  }
  return notFound('no-single-fact', priority);
}

function nearestOf(
  changes: readonly FactChange[],
  facts: EventFacts,
  from: Priority,
  config: Config,
): Tried | undefined {
  const tried = changes.flatMap((change): Tried[] => {
    const after = factsAfter(facts, change);
    const { priority } = judgePriority(after, config);
    if (priority === from) return [];
    const nearness = [effortOf(change), distanceOf(facts, after), Math.abs(rankOf(priority) - rankOf(from))];
    return [{ change: truthful(change, after, priority, config), priority, nearness }];
  });
  return tried.toSorted((a, b) => compared(a.nearness, b.nearness))[0];
}

const compared = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, i) => value - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;

/** A number moves more easily than a word; another sender or nothing said at all is the least likely. */
function effortOf({ fact, is }: FactChange): number {
  if (fact === 'source' || fact === 'kind') return 5;
  if (is === 'absent') return 4;
  if (fact === 'affected') return 0;
  if (is === 'with' || is === 'without') return 1;
  return fact === 'restricted' ? 2 : 3;
}

const distanceOf = (before: EventFacts, after: EventFacts): number =>
  Math.abs(after.affected - before.affected);

/** A range where all of it gives this priority; else only the number that was tried. */
function truthful(change: FactChange, after: EventFacts, priority: Priority, config: Config): FactChange {
  if (change.fact !== 'affected' || change.is === 'absent' || change.is === '=') return change;
  const bounds = compiledRules(config).affectedBounds;
  const points = bounds?.flatMap((bound) => [
    Math.floor(bound) - 1,
    Math.floor(bound),
    Math.ceil(bound),
    Math.ceil(bound) + 1,
  ]);
  const downwards = change.is === '<' || change.is === '<=';
  const within = (n: number): boolean => n >= 0 && (downwards ? n <= after.affected : n >= after.affected);
  const holds =
    points !== undefined &&
    [0, ...points]
      .filter(within)
      .every((affected) => judgePriority({ ...after, affected }, config).priority === priority);
  return holds ? change : { fact: 'affected', is: '=', value: after.affected };
}

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
