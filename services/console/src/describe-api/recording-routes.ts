import { RecordedInputs, Recording } from '@tocsin/contracts';
import type { ApiRoute } from './api-route.js';

/** What a replay of history reads. */
export const RECORDING_ROUTES: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/simulations/recording',
    summary:
      'What a replay of history needs: the span, the config trees of then, changes of shifts, maintenance windows',
    credential: 'api',
    query: ['from'],
    answer: { status: 200, schema: Recording },
  },
  {
    method: 'get',
    path: '/v1/simulations/inputs',
    summary: 'What reached the engine and what came of it, page by page',
    credential: 'api',
    query: ['from', 'after'],
    answer: { status: 200, schema: RecordedInputs },
  },
];
