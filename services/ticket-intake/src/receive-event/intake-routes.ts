import type { FastifyInstance } from 'fastify';
import type { DatabaseClock } from '../accept-event/database-clock.js';
import type { Directory } from '../authenticate-sender/known-source.js';
import type { ConservationCounters } from '../count-conservation/conservation-counters.js';
import { batchRoute } from './batch.route.js';
import { enqueueRoutes } from './enqueue.routes.js';
import { eventRoute } from './event.route.js';
import type { EventPreparer } from './prepare-events.js';
import type { Receiver } from './receiver.js';

/** What the hot routes stand on. */
export interface IntakeRim {
  readonly directory: () => Directory | undefined;
  readonly preparer: EventPreparer;
  readonly receiver: Receiver;
  readonly counters: ConservationCounters;
  readonly clock: DatabaseClock;
}

/** The hot routes, each in a scope of its own: they take bytes, the rest of the process takes parsed JSON. */
export function intakeRoutes(http: FastifyInstance, rim: IntakeRim): void {
  for (const route of [eventRoute, batchRoute, enqueueRoutes])
    void http.register((scope, _, done) => {
      route(scope, rim);
      done();
    });
}
