import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Config } from '@tocsin/contracts';
import type { LoggedEvent } from '@tocsin/event-log';
import { EVENT_LOG_SCHEMA, migrate, openPools, PostgresTransactions } from '@tocsin/postgres';
import { AddressGuard, blockListOf, guardedAgent } from '@tocsin/connections';
import { makeLogger } from '@tocsin/runtime';
import { testDatabase, type TestDatabase, WebhookSink } from '@tocsin/test-rig';
import { Registry } from 'prom-client';
import type { Agent } from 'undici';
import { ledgerMigrations } from '../ledger/notification.migrations.js';
import { endRemoved } from '../operate-webhooks/webhook-list.store.js';
import { claimWebhooks } from './claim-webhooks.js';
import { RecordDeliveries } from './record-deliveries.js';
import { sendWebhook } from './send-webhook.js';
import { toldCase } from './told-case.given.js';
import { WebhookBook } from './webhook-book.js';
import { type PassWebhookFailpoint, WEBHOOK_FAILPOINTS } from './webhook-failpoints.js';
import { WebhookMetrics } from './webhook-metrics.js';

jest.setTimeout(30_000);

const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const log = makeLogger('silent');
let database: TestDatabase;
let pools: ReturnType<typeof openPools>;
let db: PostgresTransactions;
let sink: WebhookSink;
let agent: Agent;
let metrics: WebhookMetrics;
let book: WebhookBook;
let batch = 0;

const KILLED = 'killed at a failpoint';

beforeAll(async () => {
  database = await testDatabase();
  const schemas = [EVENT_LOG_SCHEMA, { schema: 'notification', migrations: ledgerMigrations }];
  await migrate(database.url, schemas, log);
  pools = openPools({ url: database.url, applicationName: 'spec', hot: 2, cold: 4, log });
  db = new PostgresTransactions(pools);
  sink = await WebhookSink.open();
  agent = guardedAgent(new AddressGuard(blockListOf(['127.0.0.0/8'])));
  metrics = new WebhookMetrics(new Registry());
  const config = Config.parse({
    webhooks: { bridge: { url: `${sink.url}/in`, secret: 'env:X', events: ['case.*'], rate: '1000/s' } },
  });
  book = new WebhookBook({ config: () => config, resolve: () => ({ ok: true, value: SECRET }) });
});
beforeEach(async () => {
  sink.requests.length = 0;
  sink.answerWith({});
  for (const table of ['delivery', 'line', 'request'])
    await database.query(`DELETE FROM notification.webhook_${table}`);
});
afterAll(async () => {
  await agent.destroy();
  await sink.close();
  await pools.close();
  await database.drop();
});

const newEvent = (type: 'CaseOpened' | 'CaseResolved' = 'CaseOpened', caseId = '4F7'): LoggedEvent => ({
  ...{ topic: 'cases', lane: 'cold', key: `default:${caseId}`, type, batch: String((batch += 1)), n: 0 },
  payload: JSON.stringify(toldCase({ type, caseId })),
  time: '2026-11-28T03:00:00.000Z',
});
const record = (...events: LoggedEvent[]): Promise<void> =>
  db.run('cold', (tx) => new RecordDeliveries({ book, log, wake: () => undefined }).ofCases(events, tx));
const claim = async () => {
  const [endpoint] = book.all();
  if (endpoint === undefined) throw new Error('no endpoint');
  const { claimed } = await claimWebhooks(db, [{ endpoint, free: 4 }]);
  return claimed.map((one) => ({ endpoint, claimed: one, secrets: [SECRET] }));
};
const send = (
  sending: Awaited<ReturnType<typeof claim>>[number],
  pass: PassWebhookFailpoint = () => undefined,
) => sendWebhook({ db, agent, pass, metrics, log, publicUrl: () => 'http://127.0.0.1' }, sending);
/** The lease of whoever holds anything is over. */
const expire = (): Promise<unknown> =>
  database.query(
    `UPDATE notification.webhook_line SET lease_until = event_log.tocsin_now() - interval '1 s' WHERE lease_until IS NOT NULL`,
  );
const states = async (): Promise<string[]> =>
  (
    await database.query<{ state: string }>(
      'SELECT state FROM notification.webhook_delivery ORDER BY batch, n',
    )
  ).map(({ state }) => state);
const only = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1);
  return list[0] as T;
};

describe('the ledger of outgoing webhooks', () => {
  it('records an event once that is told twice, and two that are told together in their order', async () => {
    const [first, second] = [newEvent(), newEvent('CaseResolved')];
    await record(first, second);
    await record(first, second);
    await record(second);
    expect(await states()).toEqual(['waiting', 'waiting']);
    await send(only(await claim()));
    await send(only(await claim()));
    expect(await claim()).toEqual([]);
    expect(sink.requests.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'case.opened',
      'case.resolved',
    ]);
  });

  it.each(WEBHOOK_FAILPOINTS)(
    'sends again under the same id what died at «%s», and loses nothing',
    async (point) => {
      await record(newEvent(), newEvent('CaseResolved'));
      const dies: PassWebhookFailpoint = (name) => {
        if (name === point) throw new Error(KILLED);
      };
      await expect(send(only(await claim()), dies)).rejects.toThrow(KILLED);
      const sent = point === 'webhooks.claimed' ? 0 : 1;
      expect(sink.requests).toHaveLength(sent);
      expect(await claim()).toEqual([]);
      await expire();
      await send(only(await claim()));
      expect(sink.requests).toHaveLength(sent + 1);
      expect(new Set(sink.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      await send(only(await claim()));
      expect(await states()).toEqual(['delivered', 'delivered']);
      expect(
        await database.query('SELECT outcome FROM notification.webhook_request ORDER BY began_at, nth'),
      ).toMatchObject([
        { outcome: 'not known: its process died or was stopped' },
        { outcome: 'HTTP 204' },
        { outcome: 'HTTP 204' },
      ]);
    },
  );

  it('refuses the late end of a process that was overtaken', async () => {
    await record(newEvent());
    const late = only(await claim());
    await expire();
    const taken = only(await claim());
    await send(late);
    expect(await states()).toEqual(['sending']);
    expect((await metrics.fenced.get()).values[0]?.value).toBe(1);
    sink.answerWith({ status: 500 });
    await send(taken);
    expect(await states()).toEqual(['waiting']);
  });

  it('gives a line to one of two that claim at the same time', async () => {
    await record(...Array.from({ length: 8 }, (_, n) => newEvent('CaseOpened', `4G${n}`)));
    const rounds = await Promise.all([claim(), claim(), claim()]);
    const ids = rounds.flat().map(({ claimed }) => claimed.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('sees what is recorded while the one before it ends', async () => {
    for (let round = 0; round < 20; round++) {
      const caseId = `4H${round}`;
      await record(newEvent('CaseOpened', caseId));
      const first = only(await claim());
      await Promise.all([send(first), record(newEvent('CaseResolved', caseId))]);
      await send(only(await claim()));
    }
    expect(new Set(await states())).toEqual(new Set(['delivered']));
  });

  it('ends what waits for an endpoint an hour after the config had it no more, and not before', async () => {
    await record(newEvent());
    const names = [{ tenant: 'default', name: 'other' }];
    expect(await endRemoved(db, names, 'gone')).toBe(0);
    await database.query(
      `UPDATE notification.webhook SET missing_since = missing_since - interval '59 minutes'`,
    );
    expect(await endRemoved(db, names, 'gone')).toBe(0);
    expect(await endRemoved(db, book.all(), 'gone')).toBe(0);
    expect(await database.query('SELECT missing_since FROM notification.webhook')).toEqual([
      { missing_since: null },
    ]);
    await endRemoved(db, names, 'gone');
    await database.query(
      `UPDATE notification.webhook SET missing_since = missing_since - interval '61 minutes'`,
    );
    expect(await endRemoved(db, names, 'gone')).toBe(1);
    expect(await states()).toEqual(['dead']);
    expect(await endRemoved(db, book.all(), 'gone')).toBe(0);
    expect(await claim()).toEqual([]);
  });
});
