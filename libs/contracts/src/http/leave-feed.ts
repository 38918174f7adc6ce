import { z } from 'zod';
import { Texts } from '../texts.js';
import { IsoInstant } from '../time.js';

/** A calendar of leave that the config names, and how reading it goes. Its address is never shown. */
export const LeaveFeedView = z.object({
  person: z.string(),
  /** `empty`: held back, because it has nothing though leave from it is to come. */
  state: z.enum(['new', 'fine', 'failing', 'empty']),
  /** When it was last known to be what was taken from it. */
  readAt: IsoInstant.optional(),
  nextAt: IsoInstant,
  /** Since when it has been failing or empty. */
  since: IsoInstant.optional(),
  failures: z.int(),
  fault: Texts.optional(),
});
export type LeaveFeedView = z.infer<typeof LeaveFeedView>;

export const LeaveFeedList = z.object({ feeds: z.array(LeaveFeedView) });
export type LeaveFeedList = z.infer<typeof LeaveFeedList>;
