import { PoisonError } from './event-bus.js';
import type { LoggedEvent } from './event-log.js';

/** What a zod schema is here: this library knows no schema, only that each can say what does not fit. */
interface Contract<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { message: string } };
}

/** @throws PoisonError when the payload does not fit its contract: no retry can cure that */
export function readPayload<T>(contract: Contract<T>, event: LoggedEvent): T {
  let payload: unknown;
  try {
    payload = JSON.parse(event.payload);
  } catch (cause) {
    throw new PoisonError(event, 'the payload is no JSON', { cause });
  }
  const read = contract.safeParse(payload);
  if (read.success) return read.data;
  throw new PoisonError(event, `the payload does not fit its contract: ${read.error.message}`);
}
