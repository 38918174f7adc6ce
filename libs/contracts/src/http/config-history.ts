import { z } from 'zod';
import { SlaKind } from '../config/sla.js';
import { IsoInstant } from '../time.js';

const Count = z.int().nonnegative();

/** Pages of one person by their own wall clock: night is from 22:00 to 07:00. */
const Pages = z.object({ day: Count, night: Count });

/** Seconds until the first page of P1 cases; quantiles are of those that were paged at all. */
const FirstPages = z.object({
  cases: Count,
  never: Count,
  p50: z.number().optional(),
  p90: z.number().optional(),
  p99: z.number().optional(),
  longest: z.number().optional(),
});

/** What a plan would have meant to recorded history: the numbers of `tocsin simulate` over the same recording. */
export const PlannedHistory = z.object({
  from: IsoInstant,
  until: IsoInstant,
  cases: Count,
  /** Cases that would have gone another way, and in what. */
  affected: Count,
  kinds: z.record(z.string(), Count),
  /** Whose pages or night wakes differ. */
  people: z.array(z.object({ person: z.string(), before: Pages, after: Pages })),
  p1: z.object({ before: FirstPages, after: FirstPages }),
  /** Medians that decide whether a second approver is asked; without a service of all P1 cases; null: for ever. */
  paces: z.array(
    z.object({
      service: z.string().optional(),
      cases: Count,
      before: z.number().nullable(),
      after: z.number().nullable(),
    }),
  ),
  /** How often a target led to nobody, where that differs. */
  holes: z.array(z.object({ target: z.string(), before: Count, after: Count })),
  /** SLA clocks that ran out, where that differs. */
  breaches: z.array(z.object({ clock: SlaKind, before: Count, after: Count })),
  /** What the numbers leave out. */
  left: z.object({
    /** Inputs of cases that had opened before the recording begins. */
    openedBefore: Count,
    /** Cases with an input that this version does not know. */
    unreadable: Count,
    /** Cases of revisions that nobody has any more. */
    withoutConfig: Count,
    /** Cases of which the recording is too old to tell SLA breaches. */
    withoutBreaches: Count,
    /** Acts of people that would not have counted. */
    actsLost: Count,
    /** Facts that the plan reads and nobody recorded, by the number of cases that said them. */
    notRecorded: z.record(z.string(), Count),
  }),
});
export type PlannedHistory = z.infer<typeof PlannedHistory>;

/** Why a plan could not be replayed over history. */
export const HISTORY_UNKNOWN = [
  'not-asked',
  'no-access',
  'no-routing',
  'nothing-recorded',
  'no-revision',
  'out-of-time',
  'failed',
] as const;
export type HistoryUnknown = (typeof HISTORY_UNKNOWN)[number];
