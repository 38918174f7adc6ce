import { z } from 'zod';
import { Tenant } from '../ids.js';
import { IsoInstant } from '../time.js';

/** One part (at most 512 KB) of a config revision: the payload of topic `config`, written by console. */
export const ConfigPublished = z.object({
  type: z.literal('ConfigPublished'),
  tenant: Tenant,
  revision: z.int().positive(),
  /** SHA-256 in hex over the whole document. */
  hash: z.string(),
  part: z.int().positive(),
  parts: z.int().positive(),
  /** This part of the JSON text of the document; all parts joined give a `Config`. */
  text: z.string(),
  at: IsoInstant,
  by: z.string(),
  reason: z.string(),
});
export type ConfigPublished = z.infer<typeof ConfigPublished>;
