import { ANSWER_TEXTS, type Language, languageOf, say } from '@tocsin/contracts';
import { ProblemError } from '@tocsin/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { secured, sendHtml } from '../render-page/html-page.js';
import { PAGE_ICON, PAGE_STYLE } from '../render-page/page-files.js';
import type { AnswerCase, AnswerResult } from './answer-case.js';
import { isSameSite } from './same-site.js';
import { answerBody, answerView, sentenceOf, STATUS_OF, titleOf } from './show-answer.js';

interface AnswerRoutes {
  readonly answers: AnswerCase;
  readonly languageOf: (person: string) => Language;
}

type Asked = FastifyRequest<{ Params: { token: string } }>;

/** Nothing of an answer's body is read; more than this is refused. */
const BODY_LIMIT = 4096;

/** `/a/{token}` and `/v1/answers/{token}`: GET (and HEAD) show, POST acts. */
export function answersRoutes(http: FastifyInstance, { answers, languageOf: spokenBy }: AnswerRoutes): void {
  const languageFor = (request: FastifyRequest, result: AnswerResult): Language =>
    result.type === 'unknown' ? languageOf(request.headers['accept-language']) : spokenBy(result.page.person);

  const answer = (
    request: Asked,
    reply: FastifyReply,
    result: AnswerResult,
    acted: boolean,
  ): FastifyReply => {
    const language = languageFor(request, result);
    const status =
      acted || result.type === 'unknown' || result.type === 'expired' ? STATUS_OF[result.type] : 200;
    if (wantsJson(request)) return sendJson(reply, status, result, language);
    return sendHtml(reply, status, {
      language,
      title: titleOf(result, language),
      body: answerBody(result, language),
    });
  };

  void http.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, _body, parsed) =>
      parsed(null),
    );
    scope.get('/a/page.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(PAGE_STYLE));
    scope.get('/a/icon.svg', (_request, reply) => reply.type('image/svg+xml').send(PAGE_ICON));
    for (const path of ['/a/:token', '/v1/answers/:token']) {
      scope.get(path, async (request: Asked, reply) =>
        answer(request, reply, await answers.look(request.params.token), false),
      );
      scope.post(path, async (request: Asked, reply) => {
        if (!isSameSite(request.headers)) return refuseCrossSite(request, reply);
        return answer(request, reply, await answers.act(request.params.token), true);
      });
    }
    done();
  });
}

function refuseCrossSite(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  const sentence = say(ANSWER_TEXTS.crossSite, language);
  if (wantsJson(request)) return sendProblemJson(reply, 403, sentence);
  return sendHtml(reply, 403, {
    language,
    title: 'Tocsin',
    body: `<div class="card"><p role="alert">${sentence}</p></div>`,
  });
}

function sendJson(
  reply: FastifyReply,
  status: number,
  result: AnswerResult,
  language: Language,
): FastifyReply {
  if (result.type === 'unknown' || status >= 400)
    return sendProblemJson(
      reply,
      status,
      sentenceOf(result, language),
      result.type === 'unknown' ? {} : (answerView(result) as Record<string, unknown>),
    );
  return secured(reply).status(status).send(answerView(result));
}

function sendProblemJson(
  reply: FastifyReply,
  status: number,
  title: string,
  more: Record<string, unknown> = {},
): FastifyReply {
  const problem = new ProblemError(status, title).body();
  return secured(reply)
    .status(status)
    .type('application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({ ...problem, ...more });
}

/** A browser gets the page; a program that asks for JSON, or asks for nothing under /v1, gets JSON. */
function wantsJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? '*/*';
  if (accept.includes('text/html')) return false;
  return accept.includes('json') || request.url.startsWith('/v1/');
}
