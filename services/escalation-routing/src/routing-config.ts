import { AccessConfig, AllowedAddresses, ConnectionsConfig } from '@tocsin/connections';
import { z } from 'zod';

/** The environment of escalation-routing. */
export const RoutingConfig = z.object({
  ...ConnectionsConfig.shape,
  ...AccessConfig.shape,
  /** Addresses that calendars of leave may stand at although they are not public; the same setting as for webhooks. */
  TOCSIN_WEBHOOK_ALLOW: AllowedAddresses,
  /** For drills only: where this process kills itself, `NAME[:chance[:seed]]`. Names of other services are not ours. */
  FAILPOINT: z.string().optional(),
});
export type RoutingConfig = z.infer<typeof RoutingConfig>;
