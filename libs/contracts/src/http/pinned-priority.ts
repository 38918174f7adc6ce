import { z } from 'zod';
import { Priority } from '../priority.js';
import { IsoInstant } from '../time.js';

/** Body of `POST /v1/cases/{id}/priority`: holds until `until`, or until it is deleted. */
export const PinnedPriority = z.strictObject({
  set: Priority,
  reason: z.string().trim().min(1).max(500),
  until: IsoInstant.optional(),
});
export type PinnedPriority = z.infer<typeof PinnedPriority>;
