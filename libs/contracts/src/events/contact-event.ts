import { z } from 'zod';
import { Channel } from '../channel.js';
import { Tenant } from '../ids.js';
import { IsoInstant } from '../time.js';

/** A way to reach a person that stands beside the config was added, verified or taken away: all that is known of it. */
export const ContactMethodChanged = z.object({
  type: z.literal('ContactMethodChanged'),
  tenant: Tenant,
  person: z.string(),
  /** Its name in the ledger. */
  method: z.string(),
  channel: Channel,
  /** Such as P1-P5: the priorities whose first step it joins. */
  bands: z.string(),
  verified: z.boolean(),
  removed: z.boolean(),
  /** Grows with each change of the method: of two events the higher one holds. */
  version: z.int().positive(),
  at: IsoInstant,
});
export type ContactMethodChanged = z.infer<typeof ContactMethodChanged>;

/** The payloads of topic `contacts`, written by notification. */
export const ContactEvent = z.discriminatedUnion('type', [ContactMethodChanged]);
export type ContactEvent = z.infer<typeof ContactEvent>;
