import { z } from 'zod';
import { AttemptState } from '../delivery-event.js';
import { PLACE } from './told-facts.js';

/** What notification reports of pages. */
export const PAGE_FACTS = {
  AttemptRecorded: {
    ...PLACE,
    person: z.string(),
    channel: z.string(),
    /** Name of the person's contact method. */
    method: z.string(),
    try: z.int(),
    state: AttemptState,
    /** Marked as a possible repeat. */
    repeat: z.boolean(),
    reason: z.string().optional(),
  },
  PageUnreachable: { ...PLACE, person: z.string(), reason: z.string() },
};
