import type { IntakeRim } from './intake-routes.js';
import type { Received } from './prepare-events.js';
import { type BodyOutcome, endingsOf, sizeOf } from './receiver.js';

/** Maps, counts at the door, stores, counts the outcome: a body lost in between shows as a gap in the counters. */
export async function storeBody(rim: IntakeRim, received: Received): Promise<BodyOutcome> {
  const prepared = rim.preparer.prepare(received);
  const size = sizeOf(prepared);
  const counted = rim.counters.received(received.config.tenant, received.source.name, size);
  const [outcome] = (await rim.receiver.store([[received, prepared]])) as [BodyOutcome];
  rim.counters.ended(counted, endingsOf(outcome, size));
  return outcome;
}
