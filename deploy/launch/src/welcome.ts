import { join } from 'node:path';
import { LAUNCH_TEXTS, languageOf, say, type Language } from '@tocsin/contracts';
import type { LaunchOptions } from './launch-options.js';

const TICKET = {
  id: 'demo-1',
  type: 'ticket.created',
  key: 'DEMO-1',
  subject: 'Nobody can pay',
  severity: 'critical',
};

/** The person's language by the usual variables of a terminal. */
export const terminalLanguage = (env: Readonly<Record<string, string | undefined>>): Language =>
  languageOf([env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((set) => set !== undefined && set !== ''));

/** What the launcher says when all is ready: the fixed line, then the next three things to type. */
export function welcome(options: LaunchOptions, language: Language): string {
  const url = `http://127.0.0.1:${options.port}`;
  const steps =
    options.example === undefined
      ? [
          say(LAUNCH_TEXTS.empty, language, { file: join(options.home, 'operator-token') }),
          '   npm run tocsin -- config apply DIRECTORY',
        ]
      : exampleSteps(url, language, options.example);
  const end = say(LAUNCH_TEXTS.ending, language, { home: options.home });
  return [`tocsin is ready  ${url}`, '', ...steps, '', end, ''].join('\n');
}

function exampleSteps(url: string, language: Language, example: string): string[] {
  if (example !== 'starter') return [say(LAUNCH_TEXTS.otherExample, language, { example })];
  return [
    `1  ${say(LAUNCH_TEXTS.signIn, language)}`,
    `   curl -H 'Authorization: Bearer tocsin-demo-operator-token' ${url}/v1/cases`,
    `2  ${say(LAUNCH_TEXTS.sendTicket, language)}`,
    `   curl -X POST ${url}/v1/sources/demo/events -H 'Authorization: Bearer tocsin-demo-source-key' \\`,
    `     -H 'Content-Type: application/json' -d '${JSON.stringify(TICKET)}'`,
    `3  ${say(LAUNCH_TEXTS.watchPhone, language)}`,
    `   ${url}/sandbox`,
    `   curl -H 'Authorization: Bearer tocsin-demo-operator-token' ${url}/v1/sandbox/messages`,
  ];
}
