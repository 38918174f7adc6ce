import { z } from 'zod';
import { Layer, OnCallRole } from '../config/on-call.js';
import { TimeZone } from '../config/units.js';
import { ConfigName } from '../ids.js';
import { IsoInstant } from '../time.js';

/** `chg_` and 26 characters. */
export const ShiftChangeId = z.string().regex(/^chg_[0-9a-z]{26}$/);

const reason = z.string().min(1).max(500);

/** A stretch of time, the end not included. */
const span = { from: IsoInstant, until: IsoInstant };
const lane = { schedule: ConfigName, role: OnCallRole.default('primary') };

/** How a stretch comes again: RFC 5545 without its end, which stands beside it. */
export const Repeats = z.strictObject({
  /** `FREQ=WEEKLY;BYDAY=FR`: DAILY, WEEKLY or MONTHLY, with INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST. */
  rule: z.string().min(1).max(200),
  /** Whose wall clock keeps the times of day. */
  timeZone: TimeZone,
  /** No stretch begins from then on. */
  until: IsoInstant,
});
export type Repeats = z.infer<typeof Repeats>;

/** Body of `POST /v1/overrides`: a person covers a lane of a schedule, or only the turns of one person in it. */
export const NewOverride = z.strictObject({
  ...lane,
  person: ConfigName,
  replaces: ConfigName.optional(),
  ...span,
  /** The span is then the first of the stretches. */
  repeats: Repeats.optional(),
  reason: reason.optional(),
});
export type NewOverride = z.infer<typeof NewOverride>;

const HeldTurn = z.strictObject({ person: ConfigName, ...span });

/** Body of `POST /v1/swaps`: two people exchange what each of them has. */
export const NewSwap = z.strictObject({
  ...lane,
  first: HeldTurn,
  second: HeldTurn,
  reason: reason.optional(),
});
export type NewSwap = z.infer<typeof NewSwap>;

/** Body of `POST /v1/leave`: a person is away; turns in it are gaps until somebody covers them. */
export const NewLeave = z.strictObject({ person: ConfigName, ...span, reason: reason.optional() });
export type NewLeave = z.infer<typeof NewLeave>;

/**
 * Body of `POST /v1/temporary-schedules`: other layers, written as in the config, stand in place of all layers of a
 * schedule for a time.
 */
export const NewTemporarySchedule = z.strictObject({
  schedule: ConfigName,
  ...span,
  layers: z.array(Layer).min(1).max(50),
  reason: reason.optional(),
});
export type NewTemporarySchedule = z.infer<typeof NewTemporarySchedule>;

const recorded = {
  id: ShiftChangeId,
  recordedAt: IsoInstant,
  recordedBy: z.string(),
  cancelledAt: IsoInstant.optional(),
  cancelledBy: z.string().optional(),
};

/** A change of who is on call, beside the config. Never altered; cancelling keeps it. */
export const ShiftChangeView = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('override'),
    ...recorded,
    ...NewOverride.shape,
    /** The request for cover that became this override. */
    cover: z.string().optional(),
  }),
  z.object({ kind: z.literal('swap'), ...recorded, ...NewSwap.shape }),
  z.object({
    kind: z.literal('temporary'),
    ...recorded,
    ...NewTemporarySchedule.shape,
    /** As they were read: lengths in seconds, times of day in minutes. */
    layers: z.array(z.custom<Layer>()),
  }),
  z.object({
    kind: z.literal('leave'),
    ...recorded,
    ...NewLeave.shape,
    /** The calendar that it was imported from, and its key in it. */
    imported: z.object({ calendar: z.string(), key: z.string() }).optional(),
  }),
]);
export type ShiftChangeView = z.infer<typeof ShiftChangeView>;

/** Body of `POST /v1/leave/import`: a whole calendar; what an earlier import of it had and it has not is cancelled. */
export const LeaveImport = z.strictObject({
  format: z.enum(['ics', 'csv']),
  text: z.string().min(1),
  /** Whose leave it is; rows of CSV may say it themselves. */
  person: ConfigName.optional(),
  /** Keeps several calendars of one person apart. */
  calendar: ConfigName.default('leave'),
});
export type LeaveImport = z.infer<typeof LeaveImport>;

export const ImportedLeaveView = z.object({
  saved: z.boolean(),
  recorded: z.array(z.object({ person: z.string(), ...span, reason: z.string().optional() })),
  cancelled: z.array(z.object({ person: z.string(), ...span, reason: z.string().optional() })),
  unchanged: z.int(),
});
export type ImportedLeaveView = z.infer<typeof ImportedLeaveView>;

/** What a change does to one lane: who is on call before and after it, from when until when. */
export const ShiftDifference = z.object({
  schedule: z.string(),
  role: OnCallRole,
  ...span,
  /** Absent where nobody is on call. */
  before: z.string().optional(),
  after: z.string().optional(),
});
export type ShiftDifference = z.infer<typeof ShiftDifference>;

/** The answer of POST and DELETE: with `?preview=true` nothing is saved and the change has no id yet. */
export const ChangedShifts = z.object({
  saved: z.boolean(),
  change: ShiftChangeView.optional(),
  differences: z.array(ShiftDifference),
  /** Hours that each person has more (positive) or less (negative) by it, over all lanes that page. */
  hours: z.array(z.object({ person: z.string(), hours: z.number() })),
});
export type ChangedShifts = z.infer<typeof ChangedShifts>;

export const PreviewQuery = z.object({
  preview: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});
export type PreviewQuery = z.infer<typeof PreviewQuery>;

/** Query of the lists; without `cancelled=true` only what is in force, and without `from` only what has not ended. */
export const ShiftChangeQuery = z.object({
  schedule: ConfigName.optional(),
  person: ConfigName.optional(),
  cancelled: z.enum(['true', 'false']).default('false'),
  from: IsoInstant.optional(),
});
export type ShiftChangeQuery = z.infer<typeof ShiftChangeQuery>;

export const ShiftChangeList = z.object({ changes: z.array(ShiftChangeView) });
export type ShiftChangeList = z.infer<typeof ShiftChangeList>;
