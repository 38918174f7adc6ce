import { pointerOf, ProblemError } from '@tocsin/runtime';
import type { z } from 'zod';

/** @throws ProblemError 400 that names each query parameter at fault */
export function readQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const read = schema.safeParse(query);
  if (read.success) return read.data;
  throw new ProblemError(400, 'A query parameter cannot be read', {
    errors: read.error.issues.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message })),
  });
}
