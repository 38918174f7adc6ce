import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CONFIG,
  type IntakeUnderTest,
  intakeUnderTest,
  KEY,
  OPERATOR,
  ROUTING_KEY,
  VIEWER,
} from '../intake.rig.js';

let intake: IntakeUnderTest;
beforeAll(async () => {
  intake = await intakeUnderTest();
}, 60_000);
afterAll(() => intake.stop());

const trigger = {
  routing_key: ROUTING_KEY,
  event_action: 'trigger',
  dedup_key: 'disk/db-1',
  payload: { summary: 'disk', source: 'db-1', severity: 'critical' },
};
const anonymous = { authorization: '' };

describe('PagerDuty’s paths', () => {
  it('answer a trigger as PagerDuty does, under the source whose routing key it is', async () => {
    const answer = await intake.post('/v2/enqueue', trigger, anonymous);
    expect(answer).toMatchObject({
      status: 202,
      body: { status: 'success', message: 'Event processed', dedup_key: 'disk/db-1' },
    });
    expect(await intake.count('received', `source = 'pagerduty' AND state = 'received'`)).toBe(1);
  });

  it('take the same trigger as a new event after a resolve, and give a key where none was sent', async () => {
    await intake.post('/v2/enqueue', { ...trigger, event_action: 'resolve', payload: undefined }, anonymous);
    await intake.post('/v2/enqueue', trigger, anonymous);
    expect(
      await intake.database.query(
        `SELECT type FROM ticket_intake.outbox WHERE key = 'acme:pagerduty:disk/db-1' ORDER BY batch, n`,
      ),
    ).toEqual([{ type: 'alert.raised' }, { type: 'alert.cleared' }, { type: 'alert.raised' }]);
    const { body } = await intake.post(
      '/v2/enqueue',
      { ...trigger, dedup_key: undefined },
      { 'content-type': 'application/json; charset=utf-8', authorization: 'Token token=x' },
    );
    expect(body.dedup_key).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    [{ ...trigger, routing_key: 'short' }, `Length of 'routing_key' is incorrect (should be 32 characters)`],
    [{ ...trigger, routing_key: 'f'.repeat(32) }, `'routing_key' is not a known integration key`],
    [{ ...trigger, payload: {} }, `'payload.summary' is missing or blank`],
    ['{', 'Event object is invalid JSON'],
  ])('refuse with 400 in PagerDuty’s words: %#', async (body, error) => {
    expect(await intake.post('/v2/enqueue', body, anonymous)).toMatchObject({
      status: 400,
      body: { status: 'invalid event', message: 'Event object is invalid', errors: [error] },
    });
  });

  it('take change events and publish none of them', async () => {
    const before = await intake.count('outbox');
    const { status } = await intake.post(
      '/v2/change/enqueue',
      { routing_key: ROUTING_KEY, payload: { summary: 'deploy' } },
      anonymous,
    );
    expect(status).toBe(202);
    expect(await intake.count('outbox')).toBe(before);
    expect(await intake.count('received', `state = 'recorded'`)).toBe(1);
  });
});

describe('Alertmanager', () => {
  const group = (alerts: object[]): object => ({
    version: '4',
    groupKey: 'g',
    status: 'firing',
    receiver: 'r',
    commonLabels: {},
    alerts,
  });
  const alert = (fingerprint: string): object => ({
    status: 'firing',
    labels: { alertname: 'Down', severity: 'critical' },
    annotations: {},
    startsAt: '2026-11-22T20:00:00Z',
    fingerprint,
  });

  it('gets one event per alert and duplicates for a repeat, by basic auth or bearer', async () => {
    const basic = { authorization: `Basic ${Buffer.from(`am:${KEY}`).toString('base64')}` };
    const first = await intake.post(
      '/v1/sources/alertmanager/events',
      group([alert('a'), alert('b')]),
      basic,
    );
    expect(first).toMatchObject({
      status: 202,
      body: { duplicate: false, events: [{ duplicate: false }, { duplicate: false }] },
    });
    const again = await intake.post(
      '/v1/sources/alertmanager/events',
      group([alert('a'), alert('b'), alert('c')]),
    );
    expect(again.body.events.map(({ duplicate }) => duplicate)).toEqual([true, true, false]);
  });
});

describe('Zendesk', () => {
  const PATH = '/v1/sources/zendesk/events';
  const body = JSON.stringify({
    type: 'zen:event-type:ticket.created',
    id: 'z-1',
    time: new Date().toISOString(),
    detail: { id: '9', subject: '提现', status: 'NEW' },
    event: {},
  });
  const signed = (
    text: string,
    at = new Date().toISOString(),
    secret = 'zendesk-signing-secret',
  ): Record<string, string> => ({
    authorization: '',
    'x-zendesk-webhook-signature-timestamp': at,
    'x-zendesk-webhook-signature': createHmac('sha256', secret)
      .update(at + text)
      .digest('base64'),
  });

  it('is known by its signature over the raw bytes', async () => {
    expect(await intake.post(PATH, body, signed(body))).toMatchObject({
      status: 202,
      body: { duplicate: false },
    });
    expect(await intake.post(PATH, body, signed(body))).toMatchObject({
      status: 202,
      body: { duplicate: true },
    });
    expect(await intake.post(PATH, `${body} `, signed(body))).toMatchObject({ status: 401 });
    expect(await intake.post(PATH, body, signed(body, '2026-01-01T00:00:00Z'))).toMatchObject({
      status: 401,
      body: { detail: expect.stringContaining('5 minutes') },
    });
  });
});

describe('quarantine', () => {
  const odd = { ticket: { number: 7 } };

  it('keeps a body that does not map, once, and answers 202', async () => {
    const first = await intake.post('/v1/sources/zendesk/events', odd);
    expect(first).toMatchObject({ status: 202, body: { quarantined: true, duplicate: false } });
    expect(await intake.post('/v1/sources/zendesk/events', odd)).toMatchObject({
      status: 202,
      body: { eventId: first.body.eventId, duplicate: true },
    });
    const { body } = await intake.get('/v1/quarantine');
    expect(body.entries).toMatchObject([
      {
        source: 'zendesk',
        state: 'held',
        mapping: 'zendesk@1',
        reason: expect.stringContaining('ticket_id'),
      },
    ]);
    expect(await intake.get(`/v1/events/${first.body.eventId}`, KEY)).toMatchObject({
      status: 200,
      body: { state: 'quarantined', quarantine: body.entries[0]?.id },
    });
  });

  it('shows the body to operators only', async () => {
    const [{ id } = { id: '' }] = (await intake.get('/v1/quarantine', VIEWER)).body.entries;
    expect(await intake.get(`/v1/quarantine/${id}`, OPERATOR)).toMatchObject({
      status: 200,
      body: { body: JSON.stringify(odd) },
    });
    expect(await intake.get(`/v1/quarantine/${id}`, VIEWER)).toMatchObject({ status: 403 });
    expect(await intake.get('/v1/quarantine', 'nobody')).toMatchObject({ status: 401 });
    expect(await intake.get('/v1/quarantine/999999')).toMatchObject({ status: 404 });
  });

  it('re-drives after the mend, and twice is once', async () => {
    const path = '/v1/sources/alertmanager/events';
    const { eventId } = (
      await intake.post(path, { ticket_id: 77, title: 'sent to the wrong source', status: 'New' })
    ).body;
    const [{ id } = { id: '' }] = (await intake.get('/v1/quarantine?limit=1')).body.entries;
    const redrive = (token = OPERATOR): ReturnType<IntakeUnderTest['post']> =>
      intake.post(`/v1/quarantine/${id}/redrive`, '{}', { authorization: `Bearer ${token}` });
    expect(await redrive()).toMatchObject({ status: 409, body: { detail: expect.any(String) } });
    expect(await redrive(VIEWER)).toMatchObject({ status: 403 });
    await intake.configure({
      ...CONFIG,
      sources: { ...CONFIG.sources, alertmanager: { kind: 'zendesk', key: `loopback-only:${KEY}` } },
    });
    const first = await redrive();
    expect(first).toMatchObject({
      status: 200,
      body: { state: 'redriven', again: false, eventIds: [expect.stringMatching(/^evt_/)] },
    });
    const others = await Promise.all([redrive(), redrive(), redrive()]);
    for (const { status, body } of others)
      expect({ status, ...body }).toEqual({ status: 200, ...first.body, again: true });
    expect(await intake.count('outbox', `key = 'acme:alertmanager:77'`)).toBe(1);
    expect((await intake.get(`/v1/events/${eventId}`)).body).toMatchObject({
      state: 'quarantined',
      redrivenAs: first.body.eventIds,
    });
    await intake.configure(CONFIG);
  });
});

describe('the conservation counters', () => {
  it('balance for every source and minute, refusals included', async () => {
    await intake.post('/v1/sources/nobody/events', {});
    await intake.post('/v1/sources/demo/events', {}, { authorization: 'Bearer wrong' });
    await intake.post('/v1/sources/demo/events', {});
    await intake.post('/v1/sources/demo/events', '{}', { 'content-type': 'text/plain' });
    const { status, body } = await intake.get('/v1/intake/conservation');
    expect(status).toBe(200);
    for (const minute of body.minutes) expect(minute).toMatchObject({ balanced: true });
    expect(body.total).toMatchObject({ balanced: true });
    const sum = (source: string, name: string): number =>
      body.minutes
        .filter((minute) => minute.source === source)
        .reduce((n, minute) => n + (minute[name] ?? 0), 0);
    expect([sum('demo', 'received'), sum('demo', 'rejected')]).toEqual([3, 3]);
    expect(sum('unknown', 'rejected')).toBeGreaterThan(0);
    expect(sum('zendesk', 'quarantined')).toBe(1);
    expect(sum('alertmanager', 'accepted')).toBe(4);
  });

  it('stand in the metrics, by names of the config only', async () => {
    const text = await (await fetch(`${intake.url}/metrics`)).text();
    expect(text).toMatch(/tocsin_intake_events_total\{source="alertmanager",outcome="accepted"[^}]*\} 4/);
    expect(text).not.toContain('nobody');
  });

  it('refuse a range that cannot be read', async () => {
    expect(await intake.get('/v1/intake/conservation?from=yesterday')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/from' }] },
    });
  });
});
