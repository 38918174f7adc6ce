import { type LoggedEvent, PoisonError } from '@tocsin/event-log';
import type { z } from 'zod';

/** @throws PoisonError when the payload does not fit its contract: no retry can cure that */
export function readPayload<S extends z.ZodType>(schema: S, event: LoggedEvent): z.output<S> {
  let payload: unknown;
  try {
    payload = JSON.parse(event.payload);
  } catch (cause) {
    throw new PoisonError(event, 'the payload is no JSON', { cause });
  }
  const read = schema.safeParse(payload);
  if (read.success) return read.data;
  throw new PoisonError(event, `the payload does not fit its contract: ${read.error.message}`);
}
