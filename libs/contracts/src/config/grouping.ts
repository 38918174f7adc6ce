import { z } from 'zod';
import { RuleMode } from './rule-mode.js';
import { Duration } from './units.js';

/** Longest time that any part of a grouping rule may name. */
const LONGEST_DAYS = 31;

/** A time of a grouping rule: 1 s to 31 d. Read as seconds. */
const Span = Duration.refine((s) => s >= 1 && s <= LONGEST_DAYS * 86_400, 'between 1s and 31d');

/**
 * Which times belong together. `fixed`: the same stretch of the clock, counted from 1970-01-01 UTC. `sliding`: each
 * within that time of another, cut by the clock every `at-most`. `session`: the same without a cut.
 */
export const GroupingWindow = z
  .strictObject({
    fixed: Span.optional(),
    sliding: Span.optional(),
    session: Span.optional(),
    'at-most': Span.optional(),
  })
  .refine(
    ({ fixed, sliding, session }) =>
      [fixed, sliding, session].filter((form) => form !== undefined).length === 1,
    { error: 'a window is one of «fixed: 1h», «sliding: 30m, at-most: 6h» or «session: 30m»' },
  )
  .refine((window) => (window.sliding === undefined) === (window['at-most'] === undefined), {
    error: '«sliding» needs «at-most», and the other windows have none',
    path: ['at-most'],
  })
  .refine(({ sliding = 0, 'at-most': most = sliding }) => most >= sliding, {
    error: '«at-most» must not be shorter than «sliding»',
    path: ['at-most'],
  });
export type GroupingWindow = z.infer<typeof GroupingWindow>;

/** So many changes between wrong and right within `in` are a flapping case; it ends after `calm` without one. */
export const FlapRule = z.strictObject({
  changes: z.int().refine((n) => n >= 2 && n <= 100, 'a whole number of changes from 2 to 100'),
  in: Span,
  calm: Span,
});
export type FlapRule = z.infer<typeof FlapRule>;

/** Which tickets and alerts are one case; the first rule that matches decides. `when` is CEL over `event.*`. */
export const GroupingRule = z.strictObject({
  name: z.string().min(1).max(100),
  when: z.string().min(1),
  /** Fields of the event (`service` is the one that the case gets), or CEL expressions over `event.*` that give text. */
  by: z.array(z.string().min(1)).min(1).max(10),
  window: GroupingWindow,
  /** Tickets that a case names at most; further ones are counted. Never a second case, whatever their order. */
  size: z
    .int()
    .refine((n) => n >= 2 && n <= 10_000, 'a whole number of tickets from 2 to 10000')
    .default(500),
  /** How long after its resolve a case is reopened by what belongs to it. */
  'reopen-within': Span.optional(),
  flap: FlapRule.optional(),
  /** `then` is the text of each member of `by`, in their order. */
  examples: z
    .array(
      z.strictObject({
        given: z.record(z.string(), z.unknown()),
        then: z.union([z.array(z.string()), z.literal('not matched')]),
      }),
    )
    .default([]),
  mode: RuleMode.optional(),
});
export type GroupingRule = z.infer<typeof GroupingRule>;
