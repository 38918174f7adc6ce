import { z } from 'zod';
import { SlaKind } from '../config/sla.js';
import { IsoInstant } from '../time.js';

/** Why a person should look at a pause: the customer had replied last, or less than 60 s of the target were left. */
const PauseDoubt = z.enum(['customer-had-replied', 'just-before-breach']);
export type PauseDoubt = z.infer<typeof PauseDoubt>;

/** A time in which a clock stood still, with the event and the actor that began and ended it. */
export const SlaPauseView = z.object({
  from: IsoInstant,
  until: IsoInstant.optional(),
  /** Status of the ticket; `solved` between a resolution and the reopening. */
  status: z.string(),
  by: z.string(),
  /** Absent when a person acted here and not on the ticket. */
  eventId: z.string().optional(),
  endedBy: z.string().optional(),
  endedByEventId: z.string().optional(),
  doubts: z.array(PauseDoubt),
});
export type SlaPauseView = z.infer<typeof SlaPauseView>;

const SlaClockState = z.enum(['running', 'at-risk', 'paused', 'breached', 'met', 'no-target']);
export type SlaClockState = z.infer<typeof SlaClockState>;

/** One promise about a case and how it stands. */
export const SlaClockView = z.object({
  kind: SlaKind,
  policy: z.string(),
  /** Config revision of the policy. */
  revision: z.int(),
  state: SlaClockState,
  startedAt: IsoInstant,
  /** Seconds of the calendar's working time; absent where nothing is promised at the present priority. */
  target: z.number().optional(),
  /** Both absent while a pause stands before them. */
  atRiskAt: IsoInstant.optional(),
  dueAt: IsoInstant.optional(),
  pausedSince: IsoInstant.optional(),
  endedAt: IsoInstant.optional(),
  pauses: z.array(SlaPauseView),
});
export type SlaClockView = z.infer<typeof SlaClockView>;
