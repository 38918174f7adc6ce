import { Pool } from 'undici';

export interface Target {
  readonly url: string;
  readonly sourceKey: string;
  readonly operatorToken: string;
}

/** How many of a request's events were durably accepted. */
export interface Answer {
  readonly accepted: number;
  readonly status: number;
}

/** Posts events over kept-alive connections. A refused connection counts as an answer with status 0. */
export class Client {
  private readonly pool: Pool;
  private webhook: string | undefined;

  constructor(
    private readonly target: Target,
    connections: number,
  ) {
    this.pool = new Pool(target.url, { connections, pipelining: 1 });
  }

  async post(events: readonly string[]): Promise<Answer> {
    const many = events.length > 1;
    try {
      const { statusCode, body } = await this.pool.request({
        method: 'POST',
        path: `/v1/sources/demo/events${many ? ':batch' : ''}`,
        headers: {
          authorization: `Bearer ${this.target.sourceKey}`,
          'content-type': many ? 'application/x-ndjson' : 'application/json',
        },
        body: many ? events.join('\n') : (events[0] ?? ''),
      });
      const text = await body.text();
      if (statusCode < 200 || statusCode > 299) return { accepted: 0, status: statusCode };
      return { accepted: many ? acceptedLines(text) : 1, status: statusCode };
    } catch {
      return { accepted: 0, status: 0 };
    }
  }

  /** Makes an outside program the phone of a person. */
  async addWebhook(person: string, url: string): Promise<void> {
    const { statusCode, body } = await this.pool.request({
      method: 'POST',
      path: '/v1/contact-methods',
      headers: { authorization: `Bearer ${this.target.operatorToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ person, kind: 'webhook', url }),
    });
    const text = await body.text();
    if (statusCode > 299) throw new Error(`the webhook was refused with ${statusCode}: ${text}`);
    this.webhook = (JSON.parse(text) as { id: string }).id;
  }

  /** Takes the phone away again: a later run brings its own. */
  async removeWebhook(): Promise<void> {
    if (this.webhook === undefined) return;
    const { body } = await this.pool.request({
      method: 'DELETE',
      path: `/v1/contact-methods/${this.webhook}`,
      headers: { authorization: `Bearer ${this.target.operatorToken}` },
    });
    await body.dump();
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}

const acceptedLines = (text: string): number =>
  (JSON.parse(text) as { results: { error?: unknown }[] }).results.filter(({ error }) => error === undefined)
    .length;
