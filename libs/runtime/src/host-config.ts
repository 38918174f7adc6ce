import { z } from 'zod';

/** What the process itself needs, whatever services it hosts. */
export const HostConfig = z.object({
  /** Where to listen. Beyond loopback only with keys of your own: example keys refuse it. */
  HOST: z.string().default('127.0.0.1'),
  /** 0 takes a free port. */
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Seconds that a stop may take before the process gives up on what is still in flight. */
  SHUTDOWN_SECONDS: z.coerce.number().positive().default(10),
});
export type HostConfig = z.infer<typeof HostConfig>;
