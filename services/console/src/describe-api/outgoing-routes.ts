import {
  OutgoingWebhookList,
  OutgoingWebhookView,
  ReplayedDeliveries,
  WebhookDeliveries,
} from '@tocsin/contracts';
import { z } from 'zod';
import type { ApiRoute } from './api-route.js';

const act = (does: string, summary: string, status: number, schema: z.ZodType): ApiRoute => ({
  method: 'post',
  path: `/v1/outgoing-webhooks/{name}/${does}`,
  summary,
  credential: 'api',
  answer: { status, schema },
});

/** Who is told of what happens, and what became of it. */
export const OUTGOING_ROUTES: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/outgoing-webhooks',
    summary: 'Outgoing webhooks of the config: which are paused or disabled, what waits, what was given up',
    credential: 'api',
    answer: { status: 200, schema: OutgoingWebhookList },
  },
  {
    method: 'get',
    path: '/v1/outgoing-webhooks/{name}/deliveries',
    summary: 'Its deliveries, the newest first: every request, what was answered, the next try',
    credential: 'api',
    query: ['state', 'from', 'to', 'cursor', 'limit'],
    answer: { status: 200, schema: WebhookDeliveries },
  },
  act('deliveries/{id}/replay', 'Send one delivery again under the same webhook-id', 202, ReplayedDeliveries),
  {
    ...act('replay', 'Send the deliveries of a span again that are over', 202, ReplayedDeliveries),
    query: ['from', 'to', 'state'],
  },
  act('pause', 'Send nothing until it is resumed; what happens meanwhile is kept', 200, OutgoingWebhookView),
  act('resume', 'Send again, what was kept first; also after a 410', 200, OutgoingWebhookView),
  act('test', 'Send a test event once; the log says what was answered', 202, z.object({ id: z.string() })),
];
