import { CoverageView, FairnessView } from '@tocsin/contracts';
import type { ApiRoute } from './api-route.js';

/** Whether somebody is always paged, and how the time on call falls to people. */
export const ON_CALL_ROUTES: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/oncall/coverage',
    summary: 'For each service, P1 and P2: somebody is paged in time at every instant, or the earliest hole',
    credential: 'api',
    query: ['service', 'days'],
    answer: { status: 200, schema: CoverageView },
  },
  {
    method: 'get',
    path: '/v1/oncall/fairness',
    summary: 'How the time on call falls to people: hours, nights, weekends, holidays, above an even share',
    credential: 'api',
    query: ['from', 'until', 'schedule', 'calendar', 'as-of'],
    answer: { status: 200, schema: FairnessView },
  },
];
