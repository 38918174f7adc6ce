import { z } from 'zod';

/** What a service needs to know callers and to refuse example keys: spread it into the service's own schema. */
export const AccessConfig = z.object({
  /** Where the process listens; the same variable as the host's. */
  HOST: z.string().default('127.0.0.1'),
  /** Shared by all our processes; how they call each other. Without it such calls are refused with 401. */
  TOCSIN_INTERNAL_TOKEN: z
    .string()
    .min(24, 'at least 24 characters; make one with: openssl rand -hex 32')
    .optional(),
});
export type AccessConfig = z.infer<typeof AccessConfig>;
