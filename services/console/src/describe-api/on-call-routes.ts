import {
  CalendarFeedList,
  CalendarFeedView,
  ChangedShifts,
  CoverageView,
  FairnessView,
  GapsView,
  NewCalendarFeed,
  NewFeedAddress,
  NewLeave,
  NewOverride,
  NewSwap,
  NewTemporarySchedule,
  OnCallView,
  ReadinessView,
  ShiftChangeList,
} from '@tocsin/contracts';
import type { z } from 'zod';
import type { ApiRoute } from './api-route.js';

/** What can be done with one kind of change of shifts; with `preview=true` nothing is saved. */
const shiftChange = (kind: string, summary: string, body: z.ZodType): ApiRoute[] => [
  {
    method: 'post',
    path: `/v1/${kind}`,
    summary: `${summary}; says who gains or loses which hours`,
    credential: 'api',
    query: ['preview'],
    body,
    answer: { status: 200, schema: ChangedShifts },
  },
  {
    method: 'get',
    path: `/v1/${kind}`,
    summary: 'Those in force; with cancelled=true all',
    credential: 'api',
    query: ['schedule', 'person', 'cancelled', 'from'],
    answer: { status: 200, schema: ShiftChangeList },
  },
  {
    method: 'delete',
    path: `/v1/${kind}/{id}`,
    summary: 'Cancel one; it stays on record',
    credential: 'api',
    query: ['preview'],
    answer: { status: 200, schema: ChangedShifts },
  },
];

/** Who is on call, and what changes that. */
export const ON_CALL_ROUTES: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/oncall',
    summary:
      'Who is on call, and by which layer, override or swap; also as it was known at an earlier instant',
    credential: 'api',
    query: ['at', 'schedule', 'policy', 'role', 'as-of'],
    answer: { status: 200, schema: OnCallView },
  },
  {
    method: 'get',
    path: '/v1/oncall/gaps',
    summary: 'Where nobody is on call',
    credential: 'api',
    query: ['schedule', 'role', 'from', 'until'],
    answer: { status: 200, schema: GapsView },
  },
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
    path: '/v1/readiness',
    summary: 'Everybody who may be paged within 90 days, and what each lacks to be surely paged',
    credential: 'api',
    query: ['person', 'missing'],
    answer: { status: 200, schema: ReadinessView },
  },
  {
    method: 'get',
    path: '/v1/oncall/fairness',
    summary: 'How the time on call falls to people: hours, nights, weekends, holidays, above an even share',
    credential: 'api',
    query: ['from', 'until', 'schedule', 'calendar', 'as-of'],
    answer: { status: 200, schema: FairnessView },
  },
  {
    method: 'get',
    path: '/v1/schedules/{name}/calendar.ics',
    summary: 'The shifts of a schedule as iCalendar (RFC 5545)',
    credential: 'api',
    query: ['role'],
    answer: { status: 200 },
  },
  {
    method: 'post',
    path: '/v1/calendar-feeds',
    summary: 'Make a secret address at which calendar clients read a schedule or the turns of one person',
    credential: 'api',
    body: NewCalendarFeed,
    answer: { status: 201, schema: NewFeedAddress },
  },
  {
    method: 'get',
    path: '/v1/calendar-feeds',
    summary: 'The feeds in force, the newest first; with revoked=true all. Never their secrets',
    credential: 'api',
    query: ['revoked'],
    answer: { status: 200, schema: CalendarFeedList },
  },
  {
    method: 'delete',
    path: '/v1/calendar-feeds/{id}',
    summary: 'Revoke a feed; it stays on record',
    credential: 'api',
    answer: { status: 200, schema: CalendarFeedView },
  },
  {
    method: 'get',
    path: '/v1/calendar-feeds/{secret}.ics',
    summary: 'The shifts of a feed as iCalendar (RFC 5545); the address is the credential',
    credential: 'open',
    answer: { status: 200 },
  },
  ...shiftChange('overrides', 'A person covers a lane of a schedule for a time', NewOverride),
  ...shiftChange('swaps', 'Two people exchange turns', NewSwap),
  ...shiftChange(
    'temporary-schedules',
    'Other layers stand in place of those of a schedule for a time',
    NewTemporarySchedule,
  ),
  ...shiftChange('leave', 'A person is away', NewLeave),
];
