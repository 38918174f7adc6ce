import { z } from 'zod';

/** Environment variables that every service has in its config schema: `z.object({ ...ConnectionsConfig.shape, … })`. */
export const ConnectionsConfig = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a URL such as postgres://user:password@host:5432/database'),
  /** How events travel: read straight from the outbox tables, or over Kafka. */
  EVENT_BUS: z.enum(['postgres', 'kafka']).default('postgres'),
  /** host:port, comma-separated; needed when EVENT_BUS is kafka. */
  KAFKA_BROKERS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((broker) => broker.trim())
        .filter((broker) => broker !== ''),
    ),
  /** Without it limits and live feeds are per process. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'a URL such as redis://host:6379')
    .optional(),
  /** Connections for P1 and P2, and for everything else, of each service. */
  DATABASE_POOL_HOT: z.coerce.number().int().min(1).max(100).default(4),
  DATABASE_POOL_COLD: z.coerce.number().int().min(1).max(100).default(4),
});
export type ConnectionsConfig = z.infer<typeof ConnectionsConfig>;
