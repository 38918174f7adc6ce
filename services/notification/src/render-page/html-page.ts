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

/** The one style sheet of the pages that work without an application; served by us, as the policy below wants. */
export const PAGE_STYLE = `:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#f3f4f6;--line:#d0d5dd;--act:#0b5cad;--warn:#8a2a0b}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--paper:#15181c;--soft:#1f242a;--line:#39414b;--act:#6cb0f5;--warn:#ffb59c}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:72rem;margin:0 auto;padding:1rem}h1{font-size:1.25rem;overflow-wrap:anywhere}h2{font-size:1.05rem;margin:.2rem 0 .6rem}
.phones{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(20rem,100%),1fr))}
.phone{border:2px solid var(--line);border-radius:1.2rem;padding:1rem;background:var(--soft);max-height:80vh;overflow:auto}
.message{background:var(--paper);border:1px solid var(--line);border-radius:.6rem;padding:.6rem .8rem;margin:0 0 .6rem;overflow-wrap:anywhere}
.message p{margin:.2rem 0;white-space:pre-line}.meta{font-size:.85rem;opacity:.85}.repeat{color:var(--warn)}
button,.button{display:inline-block;min-height:2.75rem;padding:.5rem 1.1rem;border:0;border-radius:.5rem;background:var(--act);color:var(--paper);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
button:focus-visible,a:focus-visible{outline:3px solid var(--act);outline-offset:3px}a{color:var(--act)}.button{color:var(--paper)}
`;

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
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/a/page.css">${head}</head>
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
