import { LANDING_TEXTS, type Language, languageOf, say } from '@tocsin/contracts';
import type { FastifyInstance } from 'fastify';

const LINKS = [
  ['/sandbox', 'sandbox'],
  ['/readyz?verbose', 'ready'],
  ['/metrics', 'metrics'],
  ['/openapi.json', 'openapi'],
] as const;

const EXAMPLE = 'npm run tocsin -- event send --severity critical --subject "Creators cannot withdraw"';

/** `GET /`: a plain page that says what runs here and where to look, in the browser's language. */
export function landingRoutes(http: FastifyInstance): void {
  http.get('/', (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('vary', 'accept-language')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(landingPage(languageOf(request.headers['accept-language']))),
  );
}

export function landingPage(language: Language): string {
  const text = (name: keyof typeof LANDING_TEXTS): string => say(LANDING_TEXTS[name], language);
  const links = LINKS.map(([href, name]) => `<li><a href="${href}">${text(name)}</a></li>`).join('\n      ');
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${text('title')}</title>
    <style>
      body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
      a { color: #0b57d0 }
      pre { background: #f3f4f6; padding: .75rem 1rem; overflow-x: auto; border-radius: .375rem }
      @media (prefers-color-scheme: dark) { body { color: #e6e8eb; background: #14171a } a { color: #8ab4f8 } pre { background: #22262b } }
    </style>
  </head>
  <body>
    <h1>${text('title')}</h1>
    <p>${text('about')}</p>
    <ul>
      ${links}
    </ul>
    <h2>${text('tryIt')}</h2>
    <pre><code>${EXAMPLE}</code></pre>
  </body>
</html>
`;
}
