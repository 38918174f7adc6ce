import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tocsin/test-rig';
import { Api, DEMO } from '../system/api.js';
import type { RunningSystem } from '../system/running-system.js';

const ZENDESK_SECRET = 'tocsin-demo-zendesk-secret';

/** A Zendesk event subscription's body, as its documents show it. */
const payoutMissing = (id: string, ticket: string): string =>
  JSON.stringify({
    type: 'zen:event-type:ticket.created',
    account_id: 123,
    id,
    time: new Date().toISOString(),
    zendesk_event_version: '2022-11-06',
    subject: `zen:ticket:${ticket}`,
    detail: {
      id: ticket,
      status: 'NEW',
      priority: 'URGENT',
      subject: 'LIVE payout missing, 1 200 creators',
      description: null,
      tags: ['payout'],
      type: 'INCIDENT',
      via: { channel: 'web' },
    },
    event: {},
  });

const signed = (body: string, secret = ZENDESK_SECRET): Record<string, string> => {
  const timestamp = new Date().toISOString();
  return {
    authorization: '',
    'x-zendesk-webhook-signature-timestamp': timestamp,
    'x-zendesk-webhook-signature': createHmac('sha256', secret)
      .update(timestamp + body)
      .digest('base64'),
  };
};

/** What somebody sees who starts Tocsin for the first time. */
export function firstHour(running: () => RunningSystem): void {
  describe('story 1: the first hour', () => {
    let system: RunningSystem;
    let api: Api;
    beforeAll(() => {
      system = running();
      api = new Api(system.url);
    });

    it('prints where it is and the next three things to type', () => {
      expect(system.printed()).toContain(`tocsin is ready  ${system.url}`);
      expect(system.printed()).toContain(DEMO.operatorToken);
      expect(system.printed()).toContain('/v1/sources/demo/events');
      expect(system.printed()).toContain('sandbox');
    });

    let caseId = '';

    it('turns a signed Zendesk ticket into a P1 case with its reason, and pages Bo in Chinese by push and SMS', async () => {
      const body = payoutMissing('z-1', '35436');
      const answer = await api.send('POST', '/v1/sources/zendesk/events', body, signed(body));
      expect(answer.status).toBe(202);
      expect(answer.body).toMatchObject({
        duplicate: false,
        links: { event: expect.stringContaining(String(answer.body['eventId'])) },
      });
      const opened = await until(async () => (await api.cases('?source=zendesk'))[0], { within: '5s' });
      caseId = opened.id;
      expect(opened).toMatchObject({
        priority: 'P1',
        state: 'open',
        subject: 'LIVE payout missing, 1 200 creators',
      });
      expect(opened.because.en).toContain('urgent');
      const messages = await until(async () => (await api.phone('bo')).length >= 2 && api.phone('bo'), {
        within: '5s',
      });
      expect(messages.map(({ method }) => method).sort()).toEqual(['app', 'phone']);
      for (const { text } of messages) expect(text).toMatch(/[\u4e00-\u9fff]/);
    });

    it('says through the event what became of it', async () => {
      const body = payoutMissing('z-1', '35436');
      const again = await api.send('POST', '/v1/sources/zendesk/events', body, signed(body));
      expect(again).toMatchObject({ status: 202, body: { duplicate: true } });
      const event = await api.send('GET', `/v1/events/${String(again.body['eventId'])}`);
      expect(event.body).toMatchObject({ state: 'processed', case: { id: caseId } });
    });

    it('shows the answer page without acting, then takes the answer, and stops', async () => {
      const [message] = await api.phone('bo');
      const link = new URL(message?.answerUrl ?? '').pathname;
      const page = await api.send<string>('GET', link, undefined, { authorization: '' });
      expect(page.status).toBe(200);
      expect(page.body).toContain('<form method="post"');
      expect((await api.case(caseId)).state).toBe('open');
      const answered = await api.send('POST', link, undefined, {
        authorization: '',
        accept: 'application/json',
      });
      expect(answered.status).toBe(200);
      expect(await api.case(caseId)).toMatchObject({
        state: 'acknowledged',
        acknowledgedBy: 'bo',
        escalation: { state: 'acknowledged' },
      });
      // The call that was planned for a minute later will not be made.
      const deliveries = await until(
        async () => {
          const { body } = await api.send<{ deliveries: { method: string; state: string }[] }>(
            'GET',
            `/v1/deliveries?case=${caseId}`,
          );
          return (
            body.deliveries.some(({ method, state }) => method === 'voice' && state === 'cancelled') &&
            body.deliveries
          );
        },
        { within: '5s' },
      );
      expect(deliveries).toHaveLength(3);
    });

    it('lists event, decision, step, attempts and the answer in order', async () => {
      const events = await until(
        async () => {
          const timeline = await api.timeline(caseId);
          return timeline.filter(({ type }) => type === 'AttemptRecorded').length >= 3 && timeline;
        },
        { within: '5s' },
      );
      const types = events.map(({ type }) => type);
      const order = ['CaseOpened', 'EscalationStarted', 'StepStarted', 'AttemptRecorded', 'CaseAcknowledged'];
      const places = order.map((type) => types.indexOf(type as (typeof types)[number]));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    });

    it('refuses a wrong signature, an unknown source and a missing field, each in its own way', async () => {
      const intake = new Api(system.urlOf('ticket-intake'));
      const rejected = async (): Promise<number> =>
        Number(
          /tocsin_intake_events_total\{source="zendesk",outcome="rejected",[^}]*\} (\d+)/.exec(
            (await intake.send<string>('GET', '/metrics')).body,
          )?.[1] ?? 0,
        );
      const before = await rejected();
      const body = payoutMissing('z-2', '1');
      expect((await api.send('POST', '/v1/sources/zendesk/events', body, signed(body, 'wrong'))).status).toBe(
        401,
      );
      expect(await rejected()).toBe(before + 1);
      expect((await api.event('nowhere', {})).status).toBe(404);
      const missing = await api.event('demo', { type: 'ticket.created', subject: 'no key' });
      expect(missing).toMatchObject({ status: 422, body: { errors: [{ pointer: '/key' }] } });
    });

    it('has every service behind one URL, and nothing without a token', async () => {
      expect((await api.send('GET', '/v1/oncall?schedule=live-primary')).body).toMatchObject({
        schedules: [{ schedule: 'live-primary', person: 'bo' }],
      });
      expect((await api.send('GET', '/v1/config')).status).toBe(200);
      expect((await api.send('GET', '/v1/cases/ZZZZZ')).status).toBe(404);
      expect((await api.send('GET', '/v1/cases', undefined, { authorization: '' })).status).toBe(401);
    });
  });
}
