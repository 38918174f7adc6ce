import { z } from 'zod';

/** The 202 of `POST /v1/sources/{source}/events`: the event is committed. */
export const AcceptedEvent = z.object({
  eventId: z.string(),
  duplicate: z.boolean(),
  links: z.object({ event: z.string() }),
});
export type AcceptedEvent = z.infer<typeof AcceptedEvent>;
