import { CLI_TEXTS, Problem, say } from '@tocsin/contracts';
import { CommandFailed, EXIT } from './exit-codes.js';
import type { Settings, Terminal } from './settings.js';

const TIMEOUT_MS = 30_000;

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Media type of the body where it is a kind of JSON of its own. */
  readonly type?: string;
  /** Only when this is still what is in force. */
  readonly ifMatch?: string | undefined;
  /** The same key again does nothing twice. */
  readonly idempotencyKey?: string | undefined;
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
  async raw(path: string, call: Call = {}): Promise<Response> {
    const { method = 'GET', body } = call;
    try {
      return await this.terminal.fetch(`${this.settings.url}${path}`, {
        method,
        headers: this.headersOf(call),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      const facts = { url: this.settings.url, fault: faultOf(error) };
      throw new CommandFailed(EXIT.failed, say(CLI_TEXTS.unreachable, this.settings.language, facts));
    }
  }

  private headersOf({
    body,
    type = 'application/json',
    key,
    accept = 'application/json',
    ifMatch,
    idempotencyKey,
  }: Call) {
    const credential = key ?? this.settings.token;
    return {
      accept,
      'accept-language': this.settings.language,
      ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...(body === undefined ? {} : { 'content-type': type }),
    };
  }

  private async answer(path: string, call: Call): Promise<Response> {
    const answer = await this.raw(path, call);
    if (answer.ok) return answer;
    throw await this.refusal(answer, path);
  }

  private async refusal(answer: Response, path: string): Promise<CommandFailed> {
    const { language, token, url } = this.settings;
    const faults = answer.status === 422 && path.startsWith('/v1/config');
    const exit = answer.status >= 500 || faults ? EXIT.failed : EXIT.refused;
    if (answer.status === 401)
      return new CommandFailed(
        exit,
        say(token === undefined ? CLI_TEXTS.noToken : CLI_TEXTS.badToken, language, { url }),
      );
    const said = Problem.safeParse(await answer.json().catch(() => undefined));
    return new CommandFailed(
      exit,
      said.success ? linesOf(said.data) : `${answer.status} ${answer.statusText}`,
    );
  }
}

function linesOf({ status, title, detail, errors = [] }: Problem): string {
  const where = errors.map((fault) => `  ${fault.pointer} ${fault.detail}`);
  return [`${status} ${title}`, ...(detail === undefined ? [] : [detail]), ...where].join('\n');
}

function faultOf(error: unknown): string {
  const { code, cause, message } = (error ?? {}) as { code?: unknown; cause?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? String(message) : faultOf(cause);
}
