import {
  AcceptedEvent,
  AddResponder,
  CaseAct,
  CaseList,
  CaseTimeline,
  CaseView,
  Config,
  ContactMethodView,
  ExplainView,
  GenericEvent,
  MigratedCase,
  NewContactMethod,
  NewEscalation,
  OnCallView,
  ReassignCase,
  SandboxMessage,
  SnoozeCase,
  StartedEscalation,
} from '@tocsin/contracts';
import { z } from 'zod';

/** One route of the API as the outside sees it. */
export interface ApiRoute {
  readonly method: 'get' | 'post' | 'put';
  /** With its parameters in braces. */
  readonly path: string;
  readonly summary: string;
  /** `source`: a source's key; `api`: a token of the config; `open`: nothing. */
  readonly credential: 'source' | 'api' | 'open';
  readonly query?: readonly string[];
  readonly body?: z.ZodType;
  readonly answer: { readonly status: number; readonly schema?: z.ZodType };
}

const AppliedConfig = z.object({ revision: z.int(), hash: z.string(), changed: z.boolean() });
const ShownConfig = z.object({
  revision: z.int(),
  hash: z.string().optional(),
  author: z.string().optional(),
  reason: z.string().optional(),
  at: z.string().optional(),
  tree: z.record(z.string(), z.unknown()),
});
const PlannedConfig = z.object({
  revision: z.int(),
  hash: z.string().optional(),
  changes: z.array(
    z.object({
      kind: z.string(),
      name: z.string().optional(),
      change: z.enum(['added', 'removed', 'changed']),
      differences: z
        .array(
          z.object({ pointer: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
        )
        .optional(),
    }),
  ),
});

const caseAct = (act: string, summary: string, body: z.ZodType = CaseAct): ApiRoute => ({
  method: 'post',
  path: `/v1/cases/{id}/${act}`,
  summary,
  credential: 'api',
  body,
  answer: { status: 200, schema: CaseView },
});

/** Every documented route, whichever service answers it. A route that is not built yet is not listed. */
export const API_ROUTES: readonly ApiRoute[] = [
  {
    method: 'post',
    path: '/v1/sources/{source}/events',
    summary: 'Accept one event; the answer comes when it is durable',
    credential: 'source',
    body: GenericEvent,
    answer: { status: 202, schema: AcceptedEvent },
  },
  {
    method: 'post',
    path: '/v1/sources/{source}/events:batch',
    summary: 'Accept up to 10,000 events as a JSON array or NDJSON; each line succeeds or fails alone',
    credential: 'source',
    body: z.array(GenericEvent),
    answer: { status: 200 },
  },
  {
    method: 'post',
    path: '/v2/enqueue',
    summary: 'PagerDuty Events v2',
    credential: 'open',
    answer: { status: 202 },
  },
  {
    method: 'get',
    path: '/v1/events/{eventId}',
    summary: 'What became of an event',
    credential: 'api',
    answer: { status: 200 },
  },
  {
    method: 'get',
    path: '/v1/quarantine',
    summary: 'Events that could not be mapped',
    credential: 'api',
    answer: { status: 200 },
  },
  {
    method: 'post',
    path: '/v1/quarantine/{id}/redrive',
    summary: 'Map a quarantined event again',
    credential: 'api',
    answer: { status: 200 },
  },
  {
    method: 'get',
    path: '/v1/dead-letters',
    summary: 'Events that a service could not handle',
    credential: 'api',
    answer: { status: 200 },
  },
  {
    method: 'post',
    path: '/v1/dead-letters/{id}/redrive',
    summary: 'Hand a dead letter, and what waits behind it, to its service again',
    credential: 'api',
    answer: { status: 202 },
  },
  {
    method: 'get',
    path: '/v1/cases',
    summary: 'Cases, the newest first',
    credential: 'api',
    query: ['state', 'cursor', 'limit'],
    answer: { status: 200, schema: CaseList },
  },
  {
    method: 'get',
    path: '/v1/cases/{id}',
    summary: 'One case',
    credential: 'api',
    answer: { status: 200, schema: CaseView },
  },
  {
    method: 'get',
    path: '/v1/cases/{id}/timeline',
    summary: 'What happened to a case, in order',
    credential: 'api',
    answer: { status: 200, schema: CaseTimeline },
  },
  caseAct('acknowledge', 'Take the case; paging stops'),
  caseAct('resolve', 'Resolve the case'),
  caseAct('escalate', 'Page the next step now'),
  caseAct('reopen', 'Open the case again; a snooze ends'),
  caseAct('snooze', 'Silence until an instant or for a duration; the case returns by itself', SnoozeCase),
  caseAct('reassign', 'Page others in place of those who were; who answers owns the case', ReassignCase),
  caseAct('responders', 'Page one more person; nothing else moves', AddResponder),
  {
    method: 'post',
    path: '/v1/cases/{id}/migrate',
    summary: 'Move a running escalation to the newest policy, or show the remaining steps before and after',
    credential: 'api',
    query: ['preview'],
    answer: { status: 200, schema: MigratedCase },
  },
  {
    method: 'post',
    path: '/v1/escalations',
    summary: 'Page a person, team, schedule or owner by hand',
    credential: 'api',
    body: NewEscalation,
    answer: { status: 201, schema: StartedEscalation },
  },
  {
    method: 'get',
    path: '/v1/oncall',
    summary: 'Who is on call, and by which layer',
    credential: 'api',
    query: ['at', 'schedule', 'policy'],
    answer: { status: 200, schema: OnCallView },
  },
  {
    method: 'get',
    path: '/v1/explain',
    summary: 'The one reason why a person was or was not paged for a case',
    credential: 'api',
    query: ['case', 'person'],
    answer: { status: 200, schema: ExplainView },
  },
  {
    method: 'get',
    path: '/v1/contact-methods',
    summary: 'Ways to reach people',
    credential: 'api',
    query: ['person'],
    answer: { status: 200, schema: z.object({ methods: z.array(ContactMethodView) }) },
  },
  {
    method: 'post',
    path: '/v1/contact-methods',
    summary: 'Add a webhook to a person: any program can be the phone',
    credential: 'api',
    body: NewContactMethod,
    answer: { status: 201, schema: ContactMethodView },
  },
  {
    method: 'get',
    path: '/v1/sandbox/messages',
    summary: 'What the sandbox phones received',
    credential: 'api',
    answer: { status: 200, schema: z.object({ messages: z.array(SandboxMessage) }) },
  },
  {
    method: 'get',
    path: '/v1/config',
    summary: 'The config tree in force; as YAML with Accept: application/yaml',
    credential: 'api',
    answer: { status: 200, schema: ShownConfig },
  },
  {
    method: 'put',
    path: '/v1/config',
    summary: 'Apply a config tree (JSON or YAML): one revision or nothing',
    credential: 'api',
    query: ['reason'],
    body: Config,
    answer: { status: 200, schema: AppliedConfig },
  },
  {
    method: 'post',
    path: '/v1/config/apply',
    summary: 'The same as PUT /v1/config',
    credential: 'api',
    query: ['reason'],
    body: Config,
    answer: { status: 200, schema: AppliedConfig },
  },
  {
    method: 'post',
    path: '/v1/config/plan',
    summary: 'What applying a tree would change',
    credential: 'api',
    body: Config,
    answer: { status: 200, schema: PlannedConfig },
  },
  {
    method: 'get',
    path: '/livez',
    summary: 'The process lives',
    credential: 'open',
    answer: { status: 200 },
  },
  {
    method: 'get',
    path: '/readyz',
    summary: 'Ready to work',
    credential: 'open',
    query: ['verbose'],
    answer: { status: 200 },
  },
];
