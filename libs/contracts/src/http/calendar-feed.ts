import { z } from 'zod';
import { OnCallRole } from '../config/on-call.js';
import { ConfigName } from '../ids.js';
import { ROUTING_MESSAGES } from '../messages/routing.js';
import { IsoInstant } from '../time.js';

/** `feed_` and 26 characters. */
export const CalendarFeedId = z.string().regex(/^feed_[0-9a-z]{26}$/);

/** Body of `POST /v1/calendar-feeds`: a lane of a schedule, or all turns of one person. */
export const NewCalendarFeed = z
  .strictObject({
    schedule: ConfigName.optional(),
    /** Of the schedule; without it the primary. */
    role: OnCallRole.optional(),
    person: ConfigName.optional(),
  })
  .refine(
    ({ schedule, role, person }) =>
      (schedule === undefined) !== (person === undefined) && (role === undefined || schedule !== undefined),
    ROUTING_MESSAGES.feedOfOne.en,
  );
export type NewCalendarFeed = z.infer<typeof NewCalendarFeed>;

/** A feed that calendar clients read without a token. Its secret is not among this: nobody can read it again. */
export const CalendarFeedView = z.object({
  id: CalendarFeedId,
  schedule: z.string().optional(),
  role: OnCallRole.optional(),
  person: z.string().optional(),
  /** How the secret begins, to tell one address from another. */
  prefix: z.string(),
  createdAt: IsoInstant,
  createdBy: z.string(),
  /** To the minute. */
  lastUsedAt: IsoInstant.optional(),
  revokedAt: IsoInstant.optional(),
  revokedBy: z.string().optional(),
});
export type CalendarFeedView = z.infer<typeof CalendarFeedView>;

/** The answer of the creation, and the only one that holds the secret. */
export const NewFeedAddress = z.object({
  feed: CalendarFeedView,
  /** Below the base URL of the API; whoever has it reads the shifts. */
  path: z.string(),
});
export type NewFeedAddress = z.infer<typeof NewFeedAddress>;

/** Query of `GET /v1/calendar-feeds`. */
export const CalendarFeedQuery = z.object({
  /** `true`: those that were revoked too. */
  revoked: z.enum(['true', 'false']).default('false'),
});
export type CalendarFeedQuery = z.infer<typeof CalendarFeedQuery>;

export const CalendarFeedList = z.object({ feeds: z.array(CalendarFeedView) });
export type CalendarFeedList = z.infer<typeof CalendarFeedList>;
