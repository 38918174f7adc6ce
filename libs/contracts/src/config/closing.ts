import { z } from 'zod';
import { CLOSING_SHAPE_TEXTS } from '../messages/closing.js';
import { Duration } from './units.js';

const Span = Duration.refine((s) => s >= 1 && s <= 366 * 86_400, CLOSING_SHAPE_TEXTS.span.en);

/** How a case ends and comes back. What a service does not say of it, the tree says for all. */
export const Closing = z.strictObject({
  /** The resolve of the source takes hold after this time, if nothing is raised again; without it at once. */
  'resolve-after': Span.optional(),
  /** So long after its resolve a case is opened again by its source; without it there is a new one. */
  'reopen-within': Span.optional(),
  /** A case of which nobody has said anything for so long is closed, if nobody is being paged for it. */
  inactive: Span.optional(),
});
export type Closing = z.infer<typeof Closing>;
