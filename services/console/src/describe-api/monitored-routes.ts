import { MonitoredRulesView } from '@tocsin/contracts';
import type { ApiRoute } from './api-route.js';

/** Rules that only watch. */
export const MONITORED_ROUTES: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/monitored-rules',
    summary: 'What rules in mode monitor would have decided otherwise, in the last 7 days unless told',
    credential: 'api',
    query: ['rule', 'from'],
    answer: { status: 200, schema: MonitoredRulesView },
  },
];
