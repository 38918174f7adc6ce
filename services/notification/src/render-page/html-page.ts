import type { Language } from '@tocsin/contracts';
import type { FastifyReply } from 'fastify';
import { escapeHtml } from './escape-html.js';

interface HtmlPage {
  readonly language: Language;
  readonly title: string;
  /** Trusted HTML: every foreign text in it is escaped already. */
  readonly body: string;
  /** Trusted HTML for the head. */
  readonly head?: string;
}

/** Sends a page that runs nothing but our own files, and that nobody can frame. Links in it must not be kept by caches. */
export function sendHtml(
  reply: FastifyReply,
  status: number,
  { language, title, body, head = '' }: HtmlPage,
): FastifyReply {
  return secured(reply)
    .status(status)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="icon" href="/a/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/a/page.css">${head}</head>
<body><main>${body}</main></body></html>`,
    );
}

/** Headers of everything that carries an answer link. */
export function secured(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'content-security-policy':
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  });
}
