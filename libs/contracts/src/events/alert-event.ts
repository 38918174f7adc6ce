import { z } from 'zod';
import { Tenant } from '../ids.js';
import { IsoInstant } from '../time.js';

/** What metric-monitoring found: the payload of topic `alerts`. */
export const AlertEvent = z.object({
  id: z.string(),
  tenant: Tenant,
  type: z.enum(['AlertRaised', 'AlertCleared']),
  alertKey: z.string().min(1).max(512),
  at: IsoInstant,
  subject: z.string(),
  severity: z.string().optional(),
  category: z.string().optional(),
  market: z.string().optional(),
  service: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()),
});
export type AlertEvent = z.infer<typeof AlertEvent>;
