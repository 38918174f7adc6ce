import { AccessConfig, ConnectionsConfig } from '@tocsin/connections';
import { z } from 'zod';
import { FAILPOINTS, readFailpoint } from './failpoint.js';

/** The environment of escalation-routing. */
export const RoutingConfig = z.object({
  ...ConnectionsConfig.shape,
  ...AccessConfig.shape,
  /** For drills only: where this process kills itself, `NAME[:chance[:seed]]`. Names of other services are not ours. */
  FAILPOINT: z
    .string()
    .transform((text, ctx) => {
      const armed = readFailpoint(text);
      if (armed !== undefined || !text.startsWith('router.')) return armed;
      ctx.addIssue({
        code: 'custom',
        message: `NAME[:chance[:seed]] with a name of ${FAILPOINTS.join(', ')}`,
      });
      return z.NEVER;
    })
    .optional(),
});
export type RoutingConfig = z.infer<typeof RoutingConfig>;
