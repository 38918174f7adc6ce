import {
  type Config,
  PRIORITIES,
  PRIORITY_TEXTS,
  type Priority,
  rankOf,
  type Texts,
  WEIGHED_BY,
  type WeighedBy,
} from '@tocsin/contracts';
import type { EventFacts } from '../conditions/event-facts.js';
import { own } from '../own.js';
import { filled, joined } from '../texts-of.js';
import { pathsUp } from './category-owning.js';

/** One weight that applied: `value` is the key in the config, `steps` more urgent (+) or less (-), never 0. */
export interface AppliedWeight {
  readonly by: WeighedBy;
  readonly value: string;
  readonly steps: number;
}

/** The weights that these facts meet, in the order of `WEIGHED_BY`. Of a category the longest path that has one counts. */
export function weightsOf(facts: EventFacts, { priority: { weights } }: Config): AppliedWeight[] {
  return WEIGHED_BY.flatMap((by) => {
    const table = weights[by];
    if (table === undefined) return [];
    const keys = by === 'category' ? [...pathsUp(facts.category)] : [weighedValue(facts, by)];
    const value = keys.find((key) => own(table, key) !== undefined);
    const steps = value === undefined ? undefined : own(table, value);
    return value === undefined || steps === undefined || steps === 0 ? [] : [{ by, value, steps }];
  });
}

/** The sum of the weights, in steps from `priority` and no further than P1 and P5. */
export function weighed(priority: Priority, weights: readonly AppliedWeight[]): Priority {
  const steps = weights.reduce((sum, weight) => sum + weight.steps, 0);
  const rank = Math.min(Math.max(rankOf(priority) - steps, 1), PRIORITIES.length);
  return PRIORITIES[rank - 1] ?? priority;
}

/** The member of the event's facts that a weight looks at. */
export const weighedFact = (by: WeighedBy): keyof EventFacts =>
  by === 'tier' || by === 'segment' ? 'requester' : by;

export const weighedValue = (facts: EventFacts, by: WeighedBy): string =>
  by === 'tier' || by === 'segment' ? facts.requester[by] : facts[by];

/** `; weights tier «top» +1, market «SG» -1: P2`; undefined when none applied. */
export function weightReason(weights: readonly AppliedWeight[], result: Priority): Texts | undefined {
  if (weights.length === 0) return undefined;
  const said = weights.map(({ by, value, steps }) =>
    filled(PRIORITY_TEXTS.weight, {
      by: PRIORITY_TEXTS[by],
      value,
      steps: steps > 0 ? `+${steps}` : `${steps}`,
    }),
  );
  const list = said.reduce((all, next) => joined(all, COMMA, next));
  return filled(PRIORITY_TEXTS.weights, { weights: list, priority: result });
}

const COMMA: Texts = { en: ', ', 'zh-CN': '、' };
