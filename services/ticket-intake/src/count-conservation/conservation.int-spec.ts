import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type IntakeUnderTest, intakeUnderTest } from '../intake.rig.js';
import { ConservationStore } from './conservation.store.js';

let intake: IntakeUnderTest;
beforeAll(async () => {
  intake = await intakeUnderTest();
}, 60_000);
afterAll(() => intake.stop());

const DEMO = '/v1/sources/demo/events';
const event = (id: string, subject = 's'): object => ({ id, type: 'ticket.created', key: 'T-1', subject });
const COUNTS = 'sum(received)::int r, sum(accepted)::int a, sum(duplicate)::int d, sum(quarantined)::int q';
/** What stands in the table itself, without any flush. */
const counted = async (source: string): Promise<unknown> =>
  (
    await intake.database.query<Record<string, number>>(
      `SELECT ${COUNTS} FROM ticket_intake.conservation WHERE source = $1`,
      [source],
    )
  )[0];

describe('what is stored is counted by the statement that stores it', () => {
  it('events and their repeats are in the table when the sender is answered', async () => {
    const ids = ['a', 'b', 'c', 'a', 'd', 'a'];
    await Promise.all(ids.map((id) => intake.post(DEMO, event(id))));
    expect(await counted('demo')).toEqual({ r: 6, a: 4, d: 2, q: 0 });
    expect(await intake.count('received', `source = 'demo'`)).toBe(4);
  });

  it('so is what goes to quarantine, and what comes back out of it', async () => {
    for (let time = 0; time < 2; time++) await intake.post('/v1/sources/zendesk/events', { odd: true });
    expect(await counted('zendesk')).toEqual({ r: 2, a: 0, d: 1, q: 1 });
  });

  it('a repeat with another content is moved from the duplicates to the rejected', async () => {
    await intake.post(DEMO, event('e', 'one'));
    expect((await intake.post(DEMO, event('e', 'another'))).status).toBe(409);
    const { body } = await intake.get('/v1/intake/conservation');
    const sum = (name: string): number =>
      body.minutes.filter(({ source }) => source === 'demo').reduce((n, row) => n + (row[name] ?? 0), 0);
    expect(['received', 'accepted', 'duplicate', 'rejected'].map(sum)).toEqual([8, 5, 2, 1]);
    for (const minute of body.minutes) expect(minute).toMatchObject({ balanced: true });
  });

  it('minutes of past hours are folded into one row without changing a sum', async () => {
    const before = await counted('demo');
    await intake.database.query(
      `UPDATE ticket_intake.conservation SET minute = date_trunc('hour', minute) - interval '2 hours' WHERE source = 'demo'`,
    );

    const rows = <Row>(text: string, values: readonly unknown[]): Promise<Row[]> =>
      intake.database.query(text, [...values]) as Promise<Row[]>;
    await new ConservationStore(
      {
        run: () => Promise.reject(new Error('one statement')),
        query: (_, { text, values }) => rows(text, values),
      },
      'test',
    ).fold();
    expect(await counted('demo')).toEqual(before);
    expect(await intake.count('conservation', `source = 'demo'`)).toBe(1);
  });
});

describe('an alert that fires again with the startsAt of before', () => {
  const PATH = '/v1/sources/alertmanager/events';
  const alert = (more: object): object => ({
    version: '4',
    groupKey: 'g',
    alerts: [{ labels: { alertname: 'x' }, startsAt: '2026-11-22T20:00:00Z', fingerprint: 'f', ...more }],
  });
  const firing = alert({ status: 'firing', endsAt: '0001-01-01T00:00:00Z' });
  const resolved = (endsAt: string): object => alert({ status: 'resolved', endsAt });

  it('is a repeat until a resolve was accepted, and then a new event, each time once', async () => {
    const seen: [string, boolean][] = [];
    const send = async (body: object): Promise<void> => {
      const answer = await intake.post(PATH, body);
      seen.push([answer.body.eventId, answer.body.duplicate]);
    };
    for (const body of [
      firing,
      firing,
      resolved('2026-11-22T20:05:00Z'),
      resolved('2026-11-22T20:05:00Z'),
      firing,
      firing,
      resolved('2026-11-22T20:10:00Z'),
      firing,
      firing,
    ])
      await send(body);
    expect(seen.map(([, duplicate]) => duplicate)).toEqual([
      false,
      true,
      false,
      true,
      false,
      true,
      false,
      false,
      true,
    ]);
    const [first, , , , second, secondAgain, , third, thirdAgain] = seen.map(([id]) => id);
    expect(new Set([first, second, third]).size).toBe(3);
    expect([secondAgain, thirdAgain]).toEqual([second, third]);
    const published = await intake.database.query<{ payload: string }>(
      `SELECT payload FROM ticket_intake.outbox WHERE key = 'acme:alertmanager:f' ORDER BY batch, n`,
    );
    const events = published.map(({ payload }) => JSON.parse(payload) as { id: string; type: string });
    expect(events.map(({ type }) => type)).toEqual(
      ['raised', 'cleared', 'raised', 'cleared', 'raised'].map((state) => `alert.${state}`),
    );
    expect(events.map(({ id }) => id)).toEqual(expect.arrayContaining([first, second, third]));
    expect(await counted('alertmanager')).toEqual({ r: 9, a: 5, d: 4, q: 0 });
  });
});
