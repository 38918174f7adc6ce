import { z } from 'zod';
import { Texts } from '../texts.js';
import { IsoInstant } from '../time.js';

/** A ticket or alert of a grouped case, by the times of its events. */
export const CaseMemberView = z.object({
  source: z.string(),
  ticketKey: z.string(),
  /** Duplicates by id are not counted. */
  events: z.int(),
  firstSeen: IsoInstant,
  lastSeen: IsoInstant,
  /** Not resolved or cleared upstream. */
  open: z.boolean(),
  /** Why it is in this case. */
  because: Texts,
});
export type CaseMemberView = z.infer<typeof CaseMemberView>;

/** What a grouping rule made of a case. */
export const CaseGroupView = z.object({
  rule: z.string(),
  /** The parts of the key and their values; an empty value is one too. */
  by: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Why there is this case. */
  because: Texts,
  firstSeen: IsoInstant,
  lastSeen: IsoInstant,
  tickets: z.int(),
  /** Of these, how many are not resolved or cleared upstream. */
  open: z.int(),
  /** Present while the case flaps. */
  flapping: z.object({ since: IsoInstant, calmAt: IsoInstant, because: Texts }).optional(),
  /** Its tickets by the time at which they were first seen, where the case is shown alone; no more than the rule's `size`. */
  members: z.array(CaseMemberView).optional(),
});
export type CaseGroupView = z.infer<typeof CaseGroupView>;
