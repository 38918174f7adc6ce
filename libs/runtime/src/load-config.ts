import type { z } from 'zod';

/** sysexits.h EX_CONFIG: the supervisor does not restart a process that exits with it. */
export const EXIT_CONFIG = 78;

/** The environment does not give what a service needs; `faults` names each variable with the cure. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(`the environment is not complete:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Reads a service's config from the environment, once.
 * @throws ConfigError naming every fault, not only the first
 */
export function loadConfig<C>(schema: z.ZodType<C>, env: Readonly<Record<string, string | undefined>>): C {
  const read = schema.safeParse(env);
  if (read.success) return read.data;
  throw new ConfigError(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}
