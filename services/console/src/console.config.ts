import { AccessConfig, ConnectionsConfig } from '@tocsin/connections';
import { z } from 'zod';

/** Base URLs of a service's replicas, comma-separated. */
const Replicas = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((url) => url.trim())
      .filter((url) => url !== ''),
  )
  .pipe(
    z.array(
      z.url({ protocol: /^https?$/, error: 'base URLs, comma-separated, such as http://10.0.0.5:8081' }),
    ),
  );

const GATEWAY = [
  'TOCSIN_TICKET_INTAKE_URLS',
  'TOCSIN_METRIC_MONITORING_URLS',
  'TOCSIN_ESCALATION_ROUTING_URLS',
  'TOCSIN_NOTIFICATION_URLS',
] as const;

/** Console's own environment. With the four URL lists it is the gateway too; in one process they stay empty. */
export const ConsoleConfig = z
  .object({
    ...ConnectionsConfig.shape,
    ...AccessConfig.shape,
    /** Example world to load while there is no config: a folder below TOCSIN_EXAMPLES, or `none`. */
    TOCSIN_EXAMPLE: z.string().min(1).default('none'),
    /** The folder of example worlds; without it the one of this checkout. */
    TOCSIN_EXAMPLES: z.string().optional(),
    /** An operator's token beside the tree: the way in while the installation has no config. */
    TOCSIN_OPERATOR_TOKEN: z
      .string()
      .min(24, 'at least 24 characters; make one with: openssl rand -hex 32')
      .optional(),
    TOCSIN_TICKET_INTAKE_URLS: Replicas.default([]),
    TOCSIN_METRIC_MONITORING_URLS: Replicas.default([]),
    TOCSIN_ESCALATION_ROUTING_URLS: Replicas.default([]),
    TOCSIN_NOTIFICATION_URLS: Replicas.default([]),
  })
  .superRefine((config, ctx) => {
    const given = GATEWAY.filter((name) => config[name].length > 0);
    if (given.length === 0) return;
    for (const name of GATEWAY)
      if (config[name].length === 0)
        ctx.addIssue({
          code: 'custom',
          path: [name],
          message: `is missing; as a gateway console needs it beside ${given[0] ?? ''}`,
        });
  });
export type ConsoleConfig = z.output<typeof ConsoleConfig>;
