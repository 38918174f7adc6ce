import {
  AnsweredCover,
  CoverRequestList,
  CoverRequestView,
  ImportedLeaveView,
  LeaveImport,
  NewCoverAnswer,
  NewCoverRequest,
  ShiftNoticeList,
} from '@tocsin/contracts';
import type { ApiRoute } from './api-route.js';

const coverAnswer = (act: string, summary: string): ApiRoute => ({
  method: 'post',
  path: `/v1/cover-requests/{requestId}/${act}`,
  summary,
  credential: 'api',
  body: NewCoverAnswer,
  answer: { status: 200, schema: AnsweredCover },
});

/** Leave from calendars, and cover of turns. */
export const COVER_ROUTES: readonly ApiRoute[] = [
  {
    method: 'post',
    path: '/v1/leave/import',
    summary:
      'Leave from a calendar (RFC 5545) or CSV: the whole of it or nothing; the same again changes nothing',
    credential: 'api',
    query: ['preview'],
    body: LeaveImport,
    answer: { status: 200, schema: ImportedLeaveView },
  },
  {
    method: 'post',
    path: '/v1/cover-requests',
    summary: 'Ask for cover of a stretch of a turn; those who may accept are told',
    credential: 'api',
    body: NewCoverRequest,
    answer: { status: 200, schema: AnsweredCover },
  },
  {
    method: 'get',
    path: '/v1/cover-requests',
    summary: 'Requests for cover, the open ones unless a state is named',
    credential: 'api',
    query: ['schedule', 'person', 'eligible', 'state'],
    answer: { status: 200, schema: CoverRequestList },
  },
  {
    method: 'get',
    path: '/v1/cover-requests/{requestId}',
    summary: 'One request for cover and everything that happened to it',
    credential: 'api',
    answer: { status: 200, schema: CoverRequestView },
  },
  coverAnswer('accept', 'Cover it, by an override; the first has it, later ones get 409'),
  coverAnswer('decline', 'Do not cover it; the request stays open for others'),
  {
    method: 'delete',
    path: '/v1/cover-requests/{requestId}',
    summary: 'Take a request back that nobody has accepted; it stays on record',
    credential: 'api',
    answer: { status: 200, schema: AnsweredCover },
  },
  {
    method: 'get',
    path: '/v1/shift-notices',
    summary: 'What people were told about shifts, the newest first',
    credential: 'api',
    query: ['person', 'kind', 'limit'],
    answer: { status: 200, schema: ShiftNoticeList },
  },
];
