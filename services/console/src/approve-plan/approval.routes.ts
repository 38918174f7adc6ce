import {
  type ApprovedPlan,
  type ConfigProblems,
  FOUR_EYES_TEXTS,
  type Language,
  languageOf,
  type RevisionList,
  say,
  type ShownRevision,
} from '@tocsin/contracts';
import { ProblemError } from '@tocsin/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerOf } from '../change-config/config-caller.js';
import type { ConfigRoutes } from '../change-config/config-parts.js';
import { MAX_TREE_BYTES, treeOf } from '../change-config/read-body.js';
import { refused } from '../change-config/refused-tree.js';
import type { RevisionRow } from './approval.store.js';
import { judgePlan } from './judge-plan.js';
import { faultsOf, shownRisks } from './refused-plan.js';

/**
 * `POST /v1/config/approve` with the tree of a plan, `GET /v1/config/revisions`, `GET /v1/config/problems` and
 * `POST /v1/config/revisions/{revision}/approve`, the review of broken glass.
 * @param scope one that takes YAML bodies
 */
export function approvalRoutes(scope: FastifyInstance, routes: ConfigRoutes): void {
  scope.post('/v1/config/approve', { bodyLimit: MAX_TREE_BYTES }, (request) => approve(routes, request));
  scope.get('/v1/config/revisions', (request) => showRevisions(routes, request));
  scope.get('/v1/config/problems', (request) => showProblems(routes, request));
  scope.post<{ Params: { revision: string } }>('/v1/config/revisions/:revision/approve', (request) =>
    review(routes, request, Number(request.params.revision)),
  );
}

const languageIn = ({ headers }: FastifyRequest): Language => languageOf(headers['accept-language']);

async function approve(routes: ConfigRoutes, request: FastifyRequest): Promise<ApprovedPlan> {
  const { access, application, approvals, revisions, subjectOf, replay } = routes;
  const { tenant, actor } = callerOf(access, request, 'operator');
  const sent = treeOf(request.body, request.headers['content-type']);
  const read = application.read(sent.tree, tenant);
  if (!read.ok) throw refused(read.faults, sent, request);
  const language = languageIn(request);
  const { base, hash, risks } = await judgePlan(
    { ...read, tenant, authorization: request.headers.authorization },
    await revisions.newest(tenant),
    { approvals, replay },
  );
  const shown = shownRisks(risks, language);
  if (risks.every(({ weight }) => weight === 'warning'))
    throw new ProblemError(409, say(FOUR_EYES_TEXTS.nothingToApprove, language));
  if (risks.some(({ weight }) => weight === 'blocks'))
    throw new ProblemError(409, say(FOUR_EYES_TEXTS.blockedTitle, language), {
      detail: say(FOUR_EYES_TEXTS['p1-uncovered'], language),
      errors: faultsOf(shown),
    });
  const given = await approvals.approve(
    { tenant, base, hash },
    { approver: actor, subject: subjectOf(actor) },
  );
  return { base, hash, approvedBy: given.approver, at: given.at, risks: shown };
}

async function showRevisions(
  { access, approvals }: ConfigRoutes,
  request: FastifyRequest,
): Promise<RevisionList> {
  const { tenant } = callerOf(access, request, 'viewer');
  const rows = await approvals.revisions(tenant);
  return { revisions: rows.map((row): ShownRevision => ({ ...row, worsens: worsened(row, request) })) };
}

const worsened = ({ worsens }: RevisionRow, request: FastifyRequest): string[] =>
  worsens.map((texts) => texts[languageIn(request)]);

async function showProblems(
  { access, approvals }: ConfigRoutes,
  request: FastifyRequest,
): Promise<ConfigProblems> {
  const { tenant } = callerOf(access, request, 'viewer');
  const rows = await approvals.revisions(tenant, true);
  const problems = rows.map((row) => {
    const { revision, author, reason, at } = row;
    const facts = { revision, by: author, reason, worsens: worsened(row, request).join(' · ') };
    const detail = say(FOUR_EYES_TEXTS.brokeGlass, languageIn(request), facts);
    return { kind: 'break-glass' as const, revision, since: at, by: author, detail };
  });
  return { problems };
}

async function review(
  { access, approvals, subjectOf }: ConfigRoutes,
  request: FastifyRequest,
  revision: number,
): Promise<{ readonly revision: number; readonly approvedBy: string }> {
  const { tenant, actor } = callerOf(access, request, 'operator');
  const say409 = (name: 'noSuchGlass' | 'ownGlass'): ProblemError =>
    new ProblemError(409, say(FOUR_EYES_TEXTS[name], languageIn(request), { revision }));
  const waiting = (await approvals.revisions(tenant, true)).find((row) => row.revision === revision);
  if (waiting === undefined) throw say409('noSuchGlass');
  const subject = subjectOf(actor);
  if (subjectOf(waiting.author) === subject) throw say409('ownGlass');
  if (!(await approvals.review(tenant, revision, { approver: actor, subject }))) throw say409('noSuchGlass');
  return { revision, approvedBy: actor };
}
