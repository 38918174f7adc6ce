import { joinFiles, renderYaml, type SourceFile } from '@tocsin/config-files';
import {
  type AppliedConfig,
  type Language,
  languageOf,
  PLAN_TEXTS,
  type PlannedConfig,
  say,
  type ShownConfigFiles,
} from '@tocsin/contracts';
import { type Caller, ProblemError } from '@tocsin/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { approvalRoutes } from '../approve-plan/approval.routes.js';
import { type Judges, judgePlan } from '../approve-plan/judge-plan.js';
import { refusedPlan, shownRisks } from '../approve-plan/refused-plan.js';
import type { JudgedHistory } from '../replay-plan/replay-plan.js';
import type { Revision } from '../keep-revisions/revision.store.js';
import type { ConfigRoutes } from './config-parts.js';
import { callerOf, reasonOf } from './config-caller.js';
import { planChanges } from './plan-config.js';
import { BODY, MAX_TREE_BYTES, readYamlBodies, treeOf } from './read-body.js';
import { refused, warningsOf } from './refused-tree.js';

const EMPTY_TREE = '{}';

/**
 * `GET|PUT /v1/config`, `GET /v1/config/files`, `POST /v1/config/apply` (the same as PUT) and `POST /v1/config/plan`. Plain Fastify in a scope
 * of its own: only these routes take YAML bodies.
 */
export function configRoutes(http: FastifyInstance, routes: ConfigRoutes): void {
  void http.register((scope, _options, done) => {
    readYamlBodies(scope);
    const limit = { bodyLimit: MAX_TREE_BYTES };
    scope.get('/v1/config', (request, reply) => show(routes, request, reply));
    scope.get('/v1/config/files', (request) => showFiles(routes, request));
    scope.put('/v1/config', limit, (request, reply) => apply(routes, request, reply));
    scope.post('/v1/config/apply', limit, (request, reply) => apply(routes, request, reply));
    scope.post('/v1/config/plan', limit, (request) => plan(routes, request));
    approvalRoutes(scope, routes);
    done();
  });
}

async function show(
  { access, revisions }: ConfigRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const caller = callerOf(access, request, 'viewer');
  const newest = await revisions.newest(caller.tenant);
  const etag = etagOf(newest);
  reply.header('etag', etag).header('cache-control', 'no-cache').header('vary', 'accept');
  if (request.headers['if-none-match'] === etag) return reply.status(304).send();
  const tree: unknown = JSON.parse(newest?.document ?? EMPTY_TREE);
  if (wantsYaml(request)) {
    const files = await revisions.filesOfNewest(caller.tenant);
    return reply.type('application/yaml').send(files === undefined ? renderYaml(tree) : joinFiles(files));
  }
  if (newest === undefined) return { revision: 0, tree };
  const { revision, hash, author, reason, at } = newest;
  return { revision, hash, author, reason, at, tree };
}

async function showFiles(
  { access, revisions }: ConfigRoutes,
  request: FastifyRequest,
): Promise<ShownConfigFiles> {
  const { tenant } = callerOf(access, request, 'viewer');
  const newest = await revisions.newest(tenant);
  const files = await revisions.filesOfNewest(tenant);
  const written = (): SourceFile => ({
    path: BODY,
    text: renderYaml(JSON.parse(newest?.document ?? EMPTY_TREE)),
  });
  return { revision: newest?.revision ?? 0, files: files === undefined ? [written()] : [...files] };
}

async function apply(
  { access, application, subjectOf }: ConfigRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<AppliedConfig> {
  const caller = callerOf(access, request, 'operator');
  const sent = treeOf(request.body, request.headers['content-type']);
  const applied = await application.apply(sent.tree, {
    tenant: caller.tenant,
    author: caller.actor,
    subject: subjectOf(caller.actor),
    breakGlass: breaksGlass(request),
    authorization: request.headers.authorization,
    reason: reasonOf(request),
    expected: /^"(.+)"$/.exec(request.headers['if-match'] ?? '')?.[1],
    files: sent.files,
  });
  if (!applied.ok && 'faults' in applied) throw refused(applied.faults, sent, request);
  if (!applied.ok)
    throw refusedPlan(applied.why, applied.risks, languageOf(request.headers['accept-language']));
  const { stored, revision, hash } = applied.result;
  if (stored === 'moved-on')
    throw new ProblemError(412, 'The config has moved on', {
      detail: `Revision ${revision} was applied since you read it. Get it, plan again, then apply. Nothing was changed.`,
    });
  reply.header('etag', `"${hash}"`);
  const warnings = warningsOf(applied.warnings, request);
  return { revision, hash, changed: stored === 'new', warnings };
}

async function plan(
  { access, application, approvals, revisions, replay }: ConfigRoutes,
  request: FastifyRequest,
): Promise<PlannedConfig> {
  const caller = callerOf(access, request, 'viewer');
  const sent = treeOf(request.body, request.headers['content-type']);
  const read = application.read(sent.tree, caller.tenant);
  if (!read.ok) throw refused(read.faults, sent, request);
  const newest = await revisions.newest(caller.tenant);
  const before = JSON.parse(newest?.document ?? EMPTY_TREE) as Record<string, unknown>;
  const { authorization } = request.headers;
  const judges = { approvals, replay: notReplayed(caller, request) ?? replay };
  const judged = await judgePlan({ ...read, tenant: caller.tenant, authorization }, newest, judges);
  const changes = planChanges(before, JSON.parse(read.document) as Record<string, unknown>);
  return {
    revision: newest?.revision ?? 0,
    ...(newest === undefined ? {} : { hash: newest.hash }),
    changes,
    warnings: warningsOf(read.warnings, request),
    risks: shownRisks(judged.risks, languageOf(request.headers['accept-language'])),
    approvedBy: judged.approvals.map(({ approver }) => approver),
    ...historyIn(judged.history, languageOf(request.headers['accept-language'])),
  };
}

function historyIn(
  judged: JudgedHistory | undefined,
  language: Language,
): Pick<PlannedConfig, 'history' | 'historyUnknown'> {
  if (judged === undefined || 'history' in judged) return judged ?? {};
  const { unknown: reason } = judged;
  return { historyUnknown: { reason, detail: say(PLAN_TEXTS[reason], language) } };
}

/** `?history=false`: a plan at once, without a look at what happened. */
const leavesHistory = ({ query }: FastifyRequest): boolean =>
  (query as Readonly<Record<string, unknown>>)['history'] === 'false';

/** Who may not read the recording is not told of it by a plan either. */
function notReplayed({ role }: Caller, request: FastifyRequest): Judges['replay'] | undefined {
  const unknown = leavesHistory(request) ? 'not-asked' : role === 'viewer' ? 'no-access' : undefined;
  return unknown === undefined ? undefined : () => Promise.resolve({ unknown });
}

const breaksGlass = ({ query }: FastifyRequest): boolean =>
  (query as Readonly<Record<string, unknown>>)['break-glass'] === 'true';

const wantsYaml = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('yaml') === true;

const etagOf = (newest: Revision | undefined): string => `"${newest?.hash ?? 'none'}"`;
