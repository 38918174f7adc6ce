import { CLI_TEXTS, Problem, say } from '@tocsin/contracts';
import { CommandFailed, EXIT } from './exit-codes.js';
import type { Settings, Terminal } from './settings.js';

const TIMEOUT_MS = 30_000;

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Another credential than the API token, such as a source's key. */
  readonly key?: string;
  readonly accept?: string;
}

/** Calls the API. Every failure is a `CommandFailed` whose message names the cure. */
export class ApiClient {
  constructor(
    private readonly settings: Settings,
    private readonly terminal: Terminal,
  ) {}

  async json<T>(path: string, call: Call = {}): Promise<T> {
    return (await this.answer(path, call)).json() as Promise<T>;
  }

  async text(path: string, call: Call = {}): Promise<string> {
    return (await this.answer(path, call)).text();
  }

  /** The answer whatever its status: for `doctor`. */
  async raw(path: string, { method = 'GET', body, key, accept = 'application/json' }: Call = {}): Promise<Response> {
    const credential = key ?? this.settings.token;
    try {
      return await this.terminal.fetch(`${this.settings.url}${path}`, {
        method,
        headers: {
          accept,
          'accept-language': this.settings.language,
          ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      const facts = { url: this.settings.url, fault: faultOf(error) };
      throw new CommandFailed(EXIT.failed, say(CLI_TEXTS.unreachable, this.settings.language, facts));
    }
  }

  private async answer(path: string, call: Call): Promise<Response> {
    const answer = await this.raw(path, call);
    if (answer.ok) return answer;
    throw await this.refusal(answer);
  }

  private async refusal(answer: Response): Promise<CommandFailed> {
    const { language, token, url } = this.settings;
    const exit = answer.status >= 500 || answer.status === 422 ? EXIT.failed : EXIT.refused;
    if (answer.status === 401)
      return new CommandFailed(exit, say(token === undefined ? CLI_TEXTS.noToken : CLI_TEXTS.badToken, language, { url }));
    const problem = Problem.safeParse(await answer.json().catch(() => undefined)).data;
    const lines = [
      `${answer.status} ${problem?.title ?? answer.statusText}`,
      ...(problem?.detail === undefined ? [] : [problem.detail]),
      ...(problem?.errors ?? []).map(({ pointer, detail }) => `  ${pointer} ${detail}`),
    ];
    return new CommandFailed(exit, lines.join('\n'));
  }
}

function faultOf(error: unknown): string {
  const { code, cause, message } = (error ?? {}) as { code?: unknown; cause?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? String(message) : faultOf(cause);
}
