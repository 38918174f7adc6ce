import { languageOf, SANDBOX_TEXTS, say } from '@tocsin/contracts';
import { isLoopback } from '@tocsin/connections';
import { type Access, ProblemError } from '@tocsin/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { secured, sendHtml } from '../../render-page/html-page.js';
import { phonesHtml, SANDBOX_HEAD, SANDBOX_SCRIPT, sandboxBody } from './sandbox-page.js';
import type { PhoneMessage, SandboxPhoneStore } from './sandbox-phone.store.js';

interface SandboxRoutes {
  readonly phones: SandboxPhoneStore;
  readonly access: Access;
  /** Where this process listens. */
  readonly host: string;
  /** Shown to whoever asks. */
  readonly open: boolean;
  readonly tenant: () => string;
}

const Asked = z.object({
  person: z.string().max(100).optional(),
  since: z
    .string()
    .regex(/^\d{1,18}$/, 'the `next` of an earlier answer')
    .default('0'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** Messages on the page; each phone shows its share. */
const SHOWN = 120;

/**
 * `/v1/sandbox/messages` for programs, `/sandbox` for people. Messages hold answer links, so without a token they are
 * shown only where this machine alone can ask: on loopback, and by a name of loopback (else a foreign web page could
 * ask through DNS rebinding).
 */
export function sandboxRoutes(
  http: FastifyInstance,
  { phones, access, host, open, tenant }: SandboxRoutes,
): void {
  const isOpen = (request: FastifyRequest): boolean =>
    open || (isLoopback(host) && isLoopback((request.headers.host ?? '').replace(/:\d+$/, '')));
  const tenantFor = (request: FastifyRequest): string | undefined =>
    access.of(request.headers.authorization)?.tenant ?? (isOpen(request) ? tenant() : undefined);

  http.get('/v1/sandbox/messages', async (request, reply) => {
    const of = tenantFor(request);
    if (of === undefined)
      throw new ProblemError(401, 'No valid token', { detail: 'Send «Authorization: Bearer TOKEN».' });
    const asked = Asked.safeParse(request.query);
    if (!asked.success) throw badQuery(asked.error);
    const messages = await phones.list(of, asked.data.person, asked.data.since, asked.data.limit);
    return secured(reply).send({ messages, next: messages.at(-1)?.id ?? asked.data.since });
  });
  http.get('/sandbox', async (request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    const of = tenantFor(request);
    if (of === undefined) return refused(request, reply);
    const body = sandboxBody(await phones.newest(of, SHOWN), language);
    return sendHtml(reply, 200, {
      language,
      title: say(SANDBOX_TEXTS.title, language),
      head: SANDBOX_HEAD,
      body,
    });
  });
  http.get('/sandbox/phones', async (request, reply) => {
    const of = tenantFor(request);
    if (of === undefined) return refused(request, reply);
    const shown: PhoneMessage[] = await phones.newest(of, SHOWN);
    return secured(reply)
      .type('text/html; charset=utf-8')
      .send(phonesHtml(shown, languageOf(request.headers['accept-language'])));
  });
  http.get('/sandbox/live.js', (_request, reply) =>
    secured(reply).type('text/javascript; charset=utf-8').send(SANDBOX_SCRIPT),
  );
}

function refused(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  const body = `<div class="card"><p>${say(SANDBOX_TEXTS.refused, language)}</p></div>`;
  return sendHtml(reply, 401, { language, title: say(SANDBOX_TEXTS.title, language), body });
}

const badQuery = (error: z.ZodError): ProblemError =>
  new ProblemError(422, 'The query does not fit', {
    errors: error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, detail: issue.message })),
  });
