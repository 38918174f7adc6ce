import { type Access, notFound, ProblemError } from '@tocsin/runtime';
import type { FastifyInstance } from 'fastify';
import { isEventId } from '../accept-event/event-id.js';
import { hasKey } from '../authenticate-sender/authenticate.js';
import type { Directory } from '../authenticate-sender/known-source.js';
import type { CaseFinder, CaseOfEvent } from './case-of-event.js';
import type { EventStatus, EventStatusStore } from './event-status.store.js';

interface EventStatusParts {
  readonly store: EventStatusStore;
  readonly cases: CaseFinder;
  readonly access: Access;
  readonly directory: () => Directory | undefined;
}

/**
 * `GET /v1/events/{eventId}`: received, recorded, quarantined or processed, and the case. An API token sees the events
 * of its tenant, a source's key those of that source; anything else is the same 404.
 */
export function eventStatusRoute(http: FastifyInstance, parts: EventStatusParts): void {
  http.get<{ Params: { eventId: string } }>('/v1/events/:eventId', async (request, reply) => {
    const { eventId } = request.params;
    const sees = sightOf(parts, request.headers.authorization);
    if (sees === undefined)
      throw new ProblemError(401, 'No valid key', { headers: { 'www-authenticate': 'Bearer' } });
    const status = isEventId(eventId) ? await parts.store.of(eventId) : undefined;
    if (status === undefined || !sees(status)) throw notFound();
    return reply.send(viewOf(eventId, status, await parts.cases.of(eventId, status)));
  });
}

/** Which events this credential may see; undefined when it is none of ours. */
function sightOf(
  { access, directory }: EventStatusParts,
  authorization: string | undefined,
): ((event: EventStatus) => boolean) | undefined {
  const caller = access.of(authorization);
  if (caller !== undefined) return ({ tenant }) => tenant === caller.tenant;
  const now = directory();
  const names = [...(now?.byName.values() ?? [])]
    .filter((source) => hasKey(source, authorization))
    .map(({ name }) => name);
  if (names.length === 0) return undefined;
  return ({ tenant, source }) => tenant === now?.config.tenant && names.includes(source);
}

function viewOf(eventId: string, status: EventStatus, found: CaseOfEvent | undefined): object {
  const eventIds = status.event_ids?.split(',');
  return {
    eventId,
    source: status.source,
    state: found === undefined ? status.state : 'processed',
    receivedAt: status.received_at.toISOString(),
    ...(found === undefined ? {} : { case: found }),
    ...(status.quarantine_id === null ? {} : { quarantine: status.quarantine_id }),
    ...(eventIds === undefined ? {} : { redrivenAs: eventIds }),
    links: {
      ...(found === undefined ? { cases: `/v1/cases?event=${eventId}` } : { case: `/v1/cases/${found.id}` }),
      ...(status.quarantine_id === null ? {} : { quarantine: `/v1/quarantine/${status.quarantine_id}` }),
    },
  };
}
