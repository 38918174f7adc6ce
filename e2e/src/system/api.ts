import type { CaseList, CaseTimeline, CaseView, SandboxMessage } from '@tocsin/contracts';

export const DEMO = {
  sourceKey: 'tocsin-demo-source-key',
  routingKey: 'tocsin-demo-pagerduty-routingkey',
  operatorToken: 'tocsin-demo-operator-token',
};

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** What an upstream or an operator does over HTTP, as stories tell it. */
export class Api {
  constructor(readonly url: string) {}

  async send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${DEMO.operatorToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'manual',
    });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, headers: answer.headers, body: (json ? JSON.parse(text) : text) as Body };
  }

  /** Posts to a source with the demo key. */
  event(
    source: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<{ eventId: string; duplicate: boolean }>> {
    return this.send('POST', `/v1/sources/${source}/events`, body, {
      authorization: `Bearer ${DEMO.sourceKey}`,
      ...headers,
    });
  }

  async cases(query = ''): Promise<CaseView[]> {
    return (await this.send<CaseList>('GET', `/v1/cases${query}`)).body.cases;
  }
  async case(id: string): Promise<CaseView> {
    return (await this.send<CaseView>('GET', `/v1/cases/${id}`)).body;
  }
  async timeline(id: string): Promise<CaseTimeline['events']> {
    return (await this.send<CaseTimeline>('GET', `/v1/cases/${id}/timeline`)).body.events;
  }
  act(id: string, act: string, body: unknown = {}): Promise<Answer> {
    return this.send('POST', `/v1/cases/${id}/${act}`, body);
  }
  /** What a sandbox phone has received, oldest first. */
  async phone(person: string): Promise<SandboxMessage[]> {
    return (await this.send<{ messages: SandboxMessage[] }>('GET', `/v1/sandbox/messages?person=${person}`))
      .body.messages;
  }
}
