import { CaseView, type PageRequested } from '@tocsin/contracts';
import { Agent, type Dispatcher } from 'undici';

/** What routing says to an answer. */
export type RoutingAnswer =
  | { readonly type: 'acknowledged' }
  /** A responder: the case stays with its owner. */
  | { readonly type: 'joined' }
  | { readonly type: 'taken'; readonly owner: string }
  /** The case has moved on: another epoch, resolved, or gone. */
  | { readonly type: 'moved-on' }
  /** Routing cannot be asked now. */
  | { readonly type: 'unreachable'; readonly reason: string };

interface RoutingSettings {
  /** Such as http://127.0.0.1:8083; asked at each call, for in one process it is known only once it listens. */
  readonly url: () => string;
  readonly token: string | undefined;
}

const ROUTING_MS = 2_000;

/** Acknowledges cases at escalation-routing over HTTP, with the internal token. */
export class RoutingClient {
  private readonly agent = new Agent({
    connections: 16,
    headersTimeout: ROUTING_MS,
    bodyTimeout: ROUTING_MS,
  });

  constructor(private readonly settings: RoutingSettings) {}

  /** Never rejects. Whoever answers first owns the case; routing decides that, nobody else. */
  async acknowledge(page: PageRequested, via: string): Promise<RoutingAnswer> {
    try {
      const act = { person: page.person, via, epoch: page.epoch };
      const answer = await this.call('POST', `/v1/cases/${page.caseId}/acknowledge`, act);
      if (answer.statusCode < 300) return { type: joins(page, answer.text) ? 'joined' : 'acknowledged' };
      if (answer.statusCode === 409 || answer.statusCode === 410) return await this.whoHasIt(page);
      if (answer.statusCode === 404) return { type: 'moved-on' };
      return { type: 'unreachable', reason: `HTTP ${answer.statusCode}` };
    } catch (error) {
      return { type: 'unreachable', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private async whoHasIt(page: PageRequested): Promise<RoutingAnswer> {
    const { statusCode, text } = await this.call('GET', `/v1/cases/${page.caseId}`);
    const view = statusCode === 200 ? CaseView.safeParse(JSON.parse(text)) : undefined;
    if (view?.success !== true || view.data.escalation.epoch !== page.epoch) return { type: 'moved-on' };
    const { acknowledgedBy, state } = view.data;
    if (acknowledgedBy === page.person) return { type: 'acknowledged' };
    if (acknowledgedBy === undefined || state === 'resolved' || state === 'merged')
      return { type: 'moved-on' };
    return { type: 'taken', owner: acknowledgedBy };
  }

  private async call(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<{ statusCode: number; text: string }> {
    const { url, token } = this.settings;
    const request: Dispatcher.RequestOptions = {
      origin: url(),
      path,
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(ROUTING_MS),
    };
    const answer = await this.agent.request(request);
    return { statusCode: answer.statusCode, text: await answer.body.text() };
  }
}

/** Who was asked for help owns the case only when nobody else does. */
function joins({ asked, person }: PageRequested, answer: string): boolean {
  if (asked?.as !== 'responder') return false;
  const view = CaseView.pick({ acknowledgedBy: true }).safeParse(JSON.parse(answer));
  return view.data?.acknowledgedBy !== undefined && view.data.acknowledgedBy !== person;
}
