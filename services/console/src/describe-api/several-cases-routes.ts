import {
  BulkAct,
  BulkResults,
  CaseTickets,
  CategoryMoves,
  ChangedTickets,
  MergeCase,
  MoveTickets,
  SplitCase,
  UndoChange,
} from '@tocsin/contracts';
import type { z } from 'zod';
import type { ApiRoute } from './api-route.js';

const ticketAct = (act: string, summary: string, body: z.ZodType): ApiRoute => ({
  method: 'post',
  path: `/v1/cases/{id}/${act}`,
  summary,
  credential: 'api',
  body,
  answer: { status: 200, schema: ChangedTickets },
});

/** Acts on several cases, or on the tickets that they have. */
export const SEVERAL_CASES_ROUTES: readonly ApiRoute[] = [
  {
    method: 'post',
    path: '/v1/cases/bulk',
    summary:
      'One act on up to 1,000 cases: acknowledge, resolve, escalate, reassign or note; a result for each, in the order given',
    credential: 'api',
    body: BulkAct,
    answer: { status: 200, schema: BulkResults },
  },
  {
    method: 'get',
    path: '/v1/cases/{id}/tickets',
    summary: 'The tickets whose events reach the case, and what people did with them',
    credential: 'api',
    answer: { status: 200, schema: CaseTickets },
  },
  {
    method: 'get',
    path: '/v1/category-moves',
    summary: 'Cases that are over and were filed anew because a taxonomy gave their category another path',
    credential: 'api',
    answer: { status: 200, schema: CategoryMoves },
  },
  ticketAct('merge', 'Make the case part of another, which goes on in its place', MergeCase),
  ticketAct('split', 'Give tickets a case and an escalation of their own', SplitCase),
  ticketAct('move', 'Move tickets to another case', MoveTickets),
  ticketAct('undo', 'Take back the last merge, split or move of the case, within 24 hours', UndoChange),
];
