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
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
      )
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
    <link rel="icon" href="data:,">
    <style>
      :root { color-scheme: light dark; --canvas: #f6f7f9; --surface: #fff; --line: #e1e3e7; --text: #171c24; --quiet: #454c58; --link: #2350be }
      @media (prefers-color-scheme: dark) { :root { --canvas: #0c0e13; --surface: #13161c; --line: #363b43; --text: #ebedf1; --quiet: #b4b9c2; --link: #8faffb } }
      * { box-sizing: border-box }
      body { margin: 0; background: var(--canvas); color: var(--text); font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
      main { max-width: 44rem; margin: 0 auto; padding: clamp(1rem, 6vw, 4rem) 1rem }
      h1 { font-size: 1.75rem; line-height: 1.3; margin: 0 0 .5rem }
      h2 { font-size: 1rem; margin: 2rem 0 .5rem }
      p { color: var(--quiet); margin: 0 0 1.5rem }
      ul { list-style: none; padding: 0; margin: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)) }
      li a { display: block; height: 100%; padding: .875rem 1rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--surface); color: var(--link); font-weight: 600; text-decoration: none }
      li a:hover { text-decoration: underline }
      :focus-visible { outline: 3px solid var(--link); outline-offset: 3px }
      pre { margin: 0; padding: .875rem 1rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--surface); white-space: pre-wrap; overflow-wrap: anywhere }
    </style>
  </head>
  <body>
    <main>
    <h1>${text('title')}</h1>
    <p>${text('about')}</p>
    <ul>
      ${links}
    </ul>
    <h2>${text('tryIt')}</h2>
    <pre><code>${EXAMPLE}</code></pre>
    </main>
  </body>
</html>
`;
}
