import type { ConfigTree } from '@tocsin/contracts';
import { runServices } from '@tocsin/runtime';
import { testDatabase, type TestDatabase, until } from '@tocsin/test-rig';
import { ticketIntake } from './ticket-intake.service.js';

export const KEY = 'a-source-key-for-tests';
export const SIGNING_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr';
export const ROUTING_KEY = '0123456789abcdef0123456789abcdef';
export const OPERATOR = 'an-operator-token-for-tests';
export const VIEWER = 'a-viewer-token-for-tests';

const severity = {
  critical: 'P1',
  error: 'P2',
  warning: 'P3',
  info: 'P5',
  urgent: 'P1',
  high: 'P2',
  normal: 'P3',
  low: 'P4',
} as const;
const key = `loopback-only:${KEY}`;

/** A tenant with a source of every kind. */
export const CONFIG: ConfigTree = {
  tenant: 'acme',
  taxonomy: {
    'live.payout': { label: { en: 'Payout', 'zh-CN': '提现' }, priority: 'P3' },
    'safety.child': { label: { en: 'Child safety', 'zh-CN': '儿童安全' }, restricted: true, floor: 'P1' },
  },
  sources: {
    demo: { kind: 'generic', key: [key, 'loopback-only:the-key-before'], severity, market: 'SG' },
    signed: {
      kind: 'generic',
      secret: [`loopback-only:whsec_bm90IHRoZSBzZWNyZXQgdGhhdCBpcyB1c2Vk`, `loopback-only:${SIGNING_SECRET}`],
    },
    zendesk: { kind: 'zendesk', key, secret: 'loopback-only:zendesk-signing-secret', severity },
    alertmanager: { kind: 'alertmanager', key, severity },
    pagerduty: { kind: 'pagerduty', key: `loopback-only:${ROUTING_KEY}`, severity },
  },
  tokens: {
    operator: { token: `loopback-only:${OPERATOR}`, role: 'operator' },
    viewer: { token: `loopback-only:${VIEWER}`, role: 'viewer' },
  },
};

export interface IntakeUnderTest {
  readonly url: string;
  readonly database: TestDatabase;
  /** POSTs a body as it is; objects as JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Posted>;
  get(path: string, token?: string): Promise<Posted>;
  /** Rows of a table of intake's schema. */
  count(table: string, where?: string): Promise<number>;
  configure(config: ConfigTree): Promise<void>;
  stop(): Promise<void>;
}

export interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}

/** The members of all our answers together: a spec reads those that its answer has. */
export interface AnswerBody {
  readonly eventId: string;
  readonly duplicate: boolean;
  readonly detail: string;
  readonly dedup_key: string;
  readonly eventIds: readonly string[];
  readonly links: { readonly event: string };
  readonly events: readonly { readonly eventId: string; readonly duplicate: boolean }[];
  readonly results: readonly { readonly eventId: string }[];
  readonly entries: readonly { readonly id: string }[];
  readonly minutes: readonly (Record<string, number> & { readonly source: string })[];
  readonly total: Readonly<Record<string, unknown>>;
}

const read = async (response: Response): Promise<Posted> => {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as AnswerBody,
  };
};

/** The whole service on a free port with a database of its own. */
export async function intakeUnderTest(config: ConfigTree = CONFIG): Promise<IntakeUnderTest> {
  const database = await testDatabase();
  const running = await runServices([ticketIntake], {
    DATABASE_URL: database.url,
    PORT: '0',
    LOG_LEVEL: 'silent',
    TOCSIN_INTERNAL_TOKEN: 'an-internal-token-for-tests',
  });
  const { url } = running;
  let revision = 0;
  const configure = async (tree: ConfigTree): Promise<void> => {
    revision++;
    await database.query(
      `INSERT INTO ticket_intake.config_revision (tenant, revision, hash, document) VALUES ($1, $2, 'x', $3)`,
      [tree.tenant ?? 'default', revision, JSON.stringify(tree)],
    );
    await until(async () =>
      (await (await fetch(`${url}/readyz?verbose`)).text()).includes(`revision ${revision}`),
    );
  };
  await configure(config);
  return {
    url,
    database,
    configure,
    post: async (path, body, headers = {}) =>
      read(
        await fetch(url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}`, ...headers },
          body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
        }),
      ),
    get: async (path, token = OPERATOR) =>
      read(await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })),
    count: async (table, where = 'true') => {
      const [row] = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM ticket_intake.${table} WHERE ${where}`,
      );
      return row?.n ?? 0;
    },
    stop: async () => {
      await running.stop();
      await database.drop();
    },
  };
}
