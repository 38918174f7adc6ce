import type { ServiceName } from '@tocsin/contracts';

export type ForwardedService = Exclude<ServiceName, 'console'>;

/**
 * Which service answers which paths; a prefix takes itself and everything below it. Console answers the rest.
 * `/v1/sources/{source}/events:batch` lies below `/v1/sources`.
 */
export const WHO_ANSWERS: Readonly<Record<ForwardedService, readonly string[]>> = {
  'ticket-intake': [
    '/v1/sources',
    '/v1/events',
    '/v1/quarantine',
    '/v1/intake',
    '/v2/enqueue',
    '/v2/change',
    '/v2/alerts',
    '/api/v2/alerts',
  ],
  'metric-monitoring': ['/v1/samples', '/v1/metrics', '/v1/series', '/v1/alerts', '/v1/heartbeats'],
  'escalation-routing': [
    '/v1/cases',
    '/v1/category-moves',
    '/v1/escalations',
    '/v1/explain',
    '/v1/oncall',
    '/v1/readiness',
    '/v1/overrides',
    '/v1/swaps',
    '/v1/leave',
    '/v1/temporary-schedules',
    '/v1/cover-requests',
    '/v1/shift-notices',
    '/v1/maintenance',
    '/v1/monitored-rules',
    '/v1/schedules',
    '/v1/calendar-feeds',
    '/v1/leave-feeds',
    '/v1/simulations',
    '/v1/incidents',
  ],
  notification: [
    '/v1/contact-methods',
    '/v1/deliveries',
    '/v1/outgoing-webhooks',
    '/v1/answers',
    '/a',
    '/v1/sandbox',
    '/sandbox',
  ],
};
