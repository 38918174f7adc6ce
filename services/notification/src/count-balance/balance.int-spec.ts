import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PageBalance, type PagesStopped } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { makeLogger } from '@tocsin/runtime';
import { testDatabase, type TestDatabase, until, WebhookSink } from '@tocsin/test-rig';
import { Registry } from 'prom-client';
import {
  aPage,
  type NotificationUnderTest,
  OPERATOR_TOKEN,
  startNotification,
  worldOf,
} from '../notification.rig.js';
import { BalanceAlarm } from './balance.loop.js';
import { BalanceStore } from './balance.store.js';

let database: TestDatabase;
let sink: WebhookSink;
let service: NotificationUnderTest;
let alarm: BalanceAlarm;

beforeAll(async () => {
  database = await testDatabase();
  sink = await WebhookSink.open();
  const notify = { P1: [{ via: 'hook' }], 'P2-P5': [{ via: 'hook', after: '1h' }] };
  service = await startNotification(database.url, worldOf(`${sink.url}/bo`, undefined, { notify }));
  const reads: Transactions = {
    run: () => Promise.reject(new Error('one statement')),
    query: <Row>(_lane: string, { text, values }: { text: string; values: readonly unknown[] }) =>
      database.query(text, [...values]) as Promise<Row[]>,
  };
  const host = { log: makeLogger('silent'), metrics: new Registry() };
  alarm = new BalanceAlarm(new BalanceStore(reads), host);
});
afterAll(async () => {
  await service.stop();
  await sink.close();
  await database.drop();
});

async function balance(): Promise<PageBalance> {
  const answer = await fetch(`${service.url}/v1/deliveries/balance`, {
    headers: { authorization: `Bearer ${OPERATOR_TOKEN}` },
  });
  return PageBalance.parse(await answer.json());
}
const stopOf = ({ caseId, epoch }: { caseId: string; epoch: number }): PagesStopped => ({
  ...{ type: 'PagesStopped', tenant: 'default', caseId, epoch, reason: 'acknowledged', by: 'bo' },
  at: new Date().toISOString(),
});

describe('X6: planned = delivered + failed + cancelled + suppressed + open', () => {
  it('holds at every moment, whatever becomes of the pages', async () => {
    const later = aPage({ priority: 'P3' });
    const stopped = aPage();
    const [arrives, unknown] = [aPage(), aPage({ person: 'nobody' })];
    await service.request(arrives, unknown, later, stopped, stopOf(stopped));
    for (let sums = 0; sums < 20; sums += 1) expect((await balance()).total.balanced).toBe(true);
    await until(async () => (await balance()).total.delivered === 1);
    expect((await balance()).total).toEqual({
      ...{ planned: 4, delivered: 1, failed: 1, cancelled: 1, suppressed: 0, open: 1 },
      balanced: true,
    });
    // The same page again, a page of an epoch that was stopped before, and the end of the one that was due later.
    await service.request(arrives, { ...stopped, step: 1 });
    await service.request(stopOf(later));
    await until(async () => (await balance()).total.cancelled === 3);
    const { total, minutes } = await balance();
    expect(total).toEqual({
      ...{ planned: 5, delivered: 1, failed: 1, cancelled: 3, suppressed: 0, open: 0 },
      balanced: true,
    });
    expect(minutes.every(({ balanced }) => balanced)).toBe(true);
    expect(await alarm.look()).toEqual([]);
  });

  it('does not where an attempt or a page is lost, and that is an alarm', async () => {
    await database.query(
      'DELETE FROM notification.attempt WHERE (tenant, case_id) IN (SELECT tenant, case_id FROM notification.attempt WHERE state = $1 LIMIT 1)',
      ['delivered'],
    );
    expect((await balance()).total).toMatchObject({ planned: 5, delivered: 0, balanced: false });
    expect(await alarm.look()).toHaveLength(1);
    await database.query('DELETE FROM notification.page WHERE person = $1', ['nobody']);
    expect((await balance()).total).toMatchObject({ planned: 5, failed: 0, balanced: false });
  });
});
