import { z } from 'zod';
import { Priority } from '../priority.js';
import { Texts } from '../texts.js';

/**
 * One fact of an event, changed; everything else as it was. `fact` is named as conditions name it after `event.`:
 * `affected`, `requester.tier`, `tags`, `attributes.plan`. `absent`: as if the sender had not said it.
 * Numbers of people are whole.
 */
export const FactChange = z.object({
  fact: z.string(),
  is: z.enum(['=', '<', '<=', '>', '>=', 'containing', 'not containing', 'with', 'without', 'absent']),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
export type FactChange = z.infer<typeof FactChange>;

/** `not-computed`: a person gave the priority, or its facts were not kept. `pinned`: no fact counts before the pin ends. */
const NotFound = z.enum(['no-single-fact', 'too-many', 'not-computed', 'pinned']);

/** What would have made another priority. It is true: each was tried before it was said. */
export const Counterfactual = z.discriminatedUnion('found', [
  z.object({ found: z.literal(true), priority: Priority, change: FactChange, text: Texts }),
  z.object({ found: z.literal(false), reason: NotFound, text: Texts }),
]);
export type Counterfactual = z.infer<typeof Counterfactual>;
