import { z } from 'zod';
import { IsoInstant } from '../time.js';

/** What a page has come to. `suppressed`: all its attempts were. */
export const PAGE_ENDS = ['delivered', 'failed', 'cancelled', 'suppressed', 'open'] as const;
export type PageEnd = (typeof PAGE_ENDS)[number];

const counts = {
  /** Pages that routing asked for, counted as they were planned. */
  planned: z.int(),
  /** By at least one way. */
  delivered: z.int(),
  /** By every way that there was, or there was none. */
  failed: z.int(),
  /** Stopped before anything arrived. */
  cancelled: z.int(),
  suppressed: z.int(),
  /** Still on its way, or due later. */
  open: z.int(),
  /** planned = delivered + failed + cancelled + suppressed + open. If not, a page was lost. */
  balanced: z.boolean(),
};

/** `GET /v1/deliveries/balance`: what became of the pages of each minute; the two sides are counted apart. */
export const PageBalance = z.object({
  from: IsoInstant,
  to: IsoInstant,
  total: z.object(counts),
  /** Of those in which anything was planned. */
  minutes: z.array(z.object({ minute: IsoInstant, ...counts })),
});
export type PageBalance = z.infer<typeof PageBalance>;
export type BalanceCounts = PageBalance['total'];
