import { CLI_TEXTS, type Instant, type Language, languageOf, say } from '@tocsin/contracts';
import { CommandFailed, EXIT } from './exit-codes.js';

/** The outside of the command, so that a spec can be the terminal and the network. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  err(text: string): void;
  readonly fetch: typeof globalThis.fetch;
  now(): Instant;
  /** All of standard input. */
  stdin(): Promise<string>;
}

export const FORMATS = ['table', 'json', 'yaml'] as const;
export type Format = (typeof FORMATS)[number];

/** Options that every command has. */
export interface GlobalOptions {
  readonly output: Format;
  readonly url?: string;
  readonly token?: string;
}

export interface Settings {
  readonly url: string;
  readonly token: string | undefined;
  /** For `event send`. */
  readonly sourceKey: string | undefined;
  readonly language: Language;
}

const DEFAULT_URL = 'http://127.0.0.1:8080';
// The keys of examples/starter: everybody knows them, and a server that has them listens on loopback only.
const DEMO_KEYS = { token: 'tocsin-demo-operator-token', sourceKey: 'tocsin-demo-source-key' };
const NO_KEYS = { token: undefined, sourceKey: undefined };

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');

/** The language of the terminal by POSIX rules: LC_ALL, then LC_MESSAGES, then LANG. */
export const languageOfTerminal = (env: Terminal['env']): Language =>
  languageOf(
    [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== ''),
  );

/** @throws CommandFailed when the URL is none */
export function settingsOf(options: GlobalOptions, env: Terminal['env']): Settings {
  const language = languageOfTerminal(env);
  const given = options.url ?? env['TOCSIN_URL'] ?? DEFAULT_URL;
  if (!URL.canParse(given) || !given.startsWith('http'))
    throw new CommandFailed(EXIT.usage, say(CLI_TEXTS.badUrl, language, { url: given }));
  const demo = isLoopback(new URL(given).hostname) ? DEMO_KEYS : NO_KEYS;
  return {
    url: given.replace(/\/+$/, ''),
    token: options.token ?? env['TOCSIN_TOKEN'] ?? demo.token,
    sourceKey: env['TOCSIN_SOURCE_KEY'] ?? demo.sourceKey,
    language,
  };
}
