import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase, until } from '@tocsin/test-rig';
import { type IntakeUnderTest, intakeUnderTest, ROUTING_KEY } from '../intake.rig.js';

let intake: IntakeUnderTest;
/** Another database of the same server, from which intake's own is closed. */
let server: TestDatabase;
beforeAll(async () => {
  server = await testDatabase();
  intake = await intakeUnderTest();
}, 60_000);
afterAll(async () => {
  await allowConnections(true);
  await intake.stop();
  await server.drop();
});

async function allowConnections(allowed: boolean): Promise<void> {
  const name = new URL(intake.database.url).pathname.slice(1);
  await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${allowed}`);
  if (!allowed)
    await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
}

const event = (id: string): object => ({
  id,
  type: 'ticket.created',
  key: 'T-1',
  subject: 's',
  severity: 'critical',
});
const line = (id: string): string => `${JSON.stringify(event(id))}\n`;

describe('while PostgreSQL is away', () => {
  it('nothing is answered 202; each sender is told to come back in its own language, and then is taken', async () => {
    await allowConnections(false);
    const away = await Promise.all(
      ['a', 'b', 'c'].map((id) => intake.post('/v1/sources/demo/events', event(id))),
    );
    for (const { status, headers, body } of away) {
      expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 503, retryAfter: '1' });
      expect(body).toMatchObject({ status: 503, detail: expect.any(String) });
    }
    const batch = await intake.post('/v1/sources/demo/events:batch', line('d') + line('e'), {
      'content-type': 'application/x-ndjson',
    });
    expect(batch.status).toBe(503);
    const alert = {
      status: 'firing',
      labels: { alertname: 'x' },
      startsAt: '2026-11-22T20:00:00Z',
      fingerprint: 'f',
    };
    expect(
      (await intake.post('/v1/sources/alertmanager/events', { version: '4', groupKey: 'g', alerts: [alert] }))
        .status,
    ).toBe(503);
    const enqueued = await intake.post('/v2/enqueue', {
      routing_key: ROUTING_KEY,
      event_action: 'resolve',
      dedup_key: 'k',
    });
    expect([enqueued.status, enqueued.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await intake.post('/v1/sources/zendesk/events', { ticket_id: 1, title: 't' })).status).toBe(429);
    await allowConnections(true);
    await until(async () => (await intake.post('/v1/sources/demo/events', event('a'))).status === 202);
    expect(await intake.count('received', `source = 'demo'`)).toBe(1);
  }, 60_000);
});
