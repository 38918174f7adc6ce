import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type IntakeUnderTest, intakeUnderTest } from '../intake.rig.js';

let intake: IntakeUnderTest;
beforeAll(async () => {
  intake = await intakeUnderTest();
}, 60_000);
afterAll(() => intake.stop());

const DEMO = '/v1/sources/demo/events';
const event = (more: object = {}): object => ({
  id: 'e-1',
  type: 'ticket.created',
  key: 'T-1',
  subject: 'db down',
  severity: 'critical',
  ...more,
});
const published = async (eventId: string): Promise<Record<string, unknown> & { lane: string }> => {
  const [row] = await intake.database.query<{ payload: string; lane: string }>(
    `SELECT o.payload, o.lane FROM ticket_intake.outbox o JOIN ticket_intake.received r USING (batch, n) WHERE r.event_id = $1`,
    [eventId],
  );
  if (row === undefined) throw new Error(`nothing was published for ${eventId}`);
  return { ...(JSON.parse(row.payload) as Record<string, unknown>), lane: row.lane };
};

describe('an event that is accepted', () => {
  it('is answered 202 once its row, its raw form, its event and its hand-off are committed together', async () => {
    const answer = await intake.post(DEMO, event({ id: 'whole' }));
    expect(answer).toMatchObject({
      status: 202,
      body: { duplicate: false, eventId: expect.stringMatching(/^evt_[a-z2-7]{26}$/) },
    });
    expect(answer.body.links.event).toBe(`/v1/events/${answer.body.eventId}`);
    const [row] = await intake.database.query<{ batch: string }>(
      'SELECT batch FROM ticket_intake.received WHERE event_id = $1',
      [answer.body.eventId],
    );
    expect(
      await intake.database.query('SELECT lane, grp, events FROM event_log.pending WHERE batch = $1', [
        row?.batch,
      ]),
    ).toEqual([{ lane: 'hot', grp: 'escalation-routing.tickets', events: 1 }]);
    // The taxonomy has a restricted category and this event names none: its raw text goes to the vault.
    expect(await intake.count('vault', `event_id = '${answer.body.eventId}'`)).toBe(1);
  });

  it('gives the same answer with duplicate: true when it comes again, however its members are ordered', async () => {
    const first = await intake.post(DEMO, event({ id: 'again' }));
    const again = await intake.post(DEMO, {
      severity: 'critical',
      subject: 'db down',
      key: 'T-1',
      type: 'ticket.created',
      id: 'again',
    });
    expect(again).toMatchObject({ status: 202, body: { ...first.body, duplicate: true } });
  });

  it('takes effect once under 50 concurrent tries', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => intake.post(DEMO, event({ id: 'fifty' }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(202));
    expect(new Set(answers.map(({ body }) => body.eventId)).size).toBe(1);
    expect(answers.filter(({ body }) => body.duplicate === false)).toHaveLength(1);
    expect(await intake.count('outbox', `payload LIKE '%${answers[0]?.body.eventId}%'`)).toBe(1);
  });

  it('is refused with 409 when the id is known with another content, and the first is kept', async () => {
    const first = await intake.post(DEMO, event({ id: 'clash', subject: 'A' }));
    expect(await intake.post(DEMO, event({ id: 'clash', subject: 'B' }))).toMatchObject({
      status: 409,
      body: { title: 'Conflict' },
    });
    expect(await published(first.body.eventId)).toMatchObject({ subject: 'A' });
  });

  it('keeps its id when it had none and the same bytes come again', async () => {
    const nameless = { ...event(), id: undefined };
    const first = await intake.post(DEMO, nameless);
    expect((await intake.post(DEMO, nameless)).body).toEqual({ ...first.body, duplicate: true });
  });

  it('carries the source’s market, the lane of its priority and its unknown members as attributes', async () => {
    const hot = await intake.post(DEMO, event({ id: 'lane-hot', build: 'r17' }));
    const cold = await intake.post(DEMO, event({ id: 'lane-cold', severity: 'info' }));
    expect(await published(hot.body.eventId)).toMatchObject({
      lane: 'hot',
      market: 'SG',
      attributes: { build: 'r17' },
    });
    expect(await published(cold.body.eventId)).toMatchObject({ lane: 'cold' });
  });

  it('of a restricted category is published without its text, which goes to the vault', async () => {
    const { body } = await intake.post(
      DEMO,
      event({
        id: 'secret',
        category: 'safety.child.abuse',
        subject: 'a name',
        body: 'a story',
        tags: ['x'],
      }),
    );
    const sent = await published(body.eventId);
    expect(sent).toMatchObject({ restricted: true, subject: 'Child safety', attributes: {}, tags: [] });
    expect(JSON.stringify(sent)).not.toMatch(/a name|a story/);
    expect(await intake.count('raw_event', `event_id = '${body.eventId}'`)).toBe(0);
    expect(await intake.count('vault', `event_id = '${body.eventId}' AND body LIKE '%a story%'`)).toBe(1);
  });
});

describe('a sender that is not known', () => {
  it('gets 404 for an unknown source and 401 for a wrong key, as problem+json, with nothing stored', async () => {
    const before = await intake.count('received');
    const unknown = await intake.post('/v1/sources/nobody/events', event());
    expect(unknown).toMatchObject({ status: 404, body: { status: 404, title: 'Not Found' } });
    expect(unknown.headers.get('content-type')).toContain('application/problem+json');
    expect(await intake.post(DEMO, event(), { authorization: 'Bearer wrong' })).toMatchObject({
      status: 401,
    });
    expect(await intake.post(DEMO, event(), { authorization: '' })).toMatchObject({ status: 401 });
    expect(await intake.count('received')).toBe(before);
  });

  it('reads the refusal in its own language', async () => {
    const { body } = await intake.post('/v1/sources/nobody/events', event(), {
      'accept-language': 'zh-CN,zh;q=0.9',
    });
    expect(body.detail).toContain('来源');
  });
});

describe('a body that cannot be taken', () => {
  it.each([
    ['too large', JSON.stringify(event({ body: 'x'.repeat(300_000) })), {}, 413],
    ['larger than any vendor’s', 'x'.repeat(1_100_000), {}, 413],
    ['not JSON', '{', {}, 400],
    ['empty', '', {}, 400],
    ['of another media type', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['in an encoding we do not read', '{}', { 'content-encoding': 'br' }, 415],
    ['no gzip though it says so', '{}', { 'content-encoding': 'gzip' }, 400],
    ['too deep', `{"attributes":${'['.repeat(40)}${']'.repeat(40)}}`, {}, 400],
    [
      'of too many members',
      JSON.stringify(
        event({ attributes: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`k${i}`, i])) }),
      ),
      {},
      400,
    ],
  ])('is refused: %s', async (_name, body, headers, status) => {
    const before = await intake.count('received');
    const answer = await intake.post(DEMO, body, headers);
    expect(answer).toMatchObject({ status, body: { status, detail: expect.any(String) } });
    expect(await intake.count('received')).toBe(before);
  });

  it('names each fault of our published form by its JSON pointer', async () => {
    expect(await intake.post(DEMO, { type: 'ticket.exploded', key: '', subject: 7 })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/type' }, { pointer: '/key' }, { pointer: '/subject' }] },
    });
  });
});

describe('a batch', () => {
  const BATCH = '/v1/sources/demo/events:batch';
  it('of NDJSON ends line by line', async () => {
    const lines = [
      JSON.stringify(event({ id: 'b-1' })),
      '{',
      JSON.stringify(event({ id: 'b-1' })),
      '',
      JSON.stringify({ type: 'ticket.created' }),
    ];
    const { status, body } = await intake.post(BATCH, lines.join('\n'), {
      'content-type': 'application/x-ndjson',
    });
    expect(status).toBe(200);
    expect(body.results).toMatchObject([
      { line: 1, duplicate: false },
      { line: 2, error: { status: 400 } },
      { line: 3, duplicate: true },
      { line: 5, error: { status: 422, errors: [{ pointer: '/key' }] } },
    ]);
  });

  it('as a JSON array ends the same, and 1,200 events are all durable', async () => {
    const items = Array.from({ length: 1200 }, (_, n) =>
      event({ id: `many-${n}`, key: `M-${n}`, severity: n % 2 === 0 ? 'critical' : 'info' }),
    );
    const { status, body } = await intake.post(BATCH, items);
    expect(status).toBe(200);
    const ids = body.results.map(({ eventId }) => eventId);
    const [row] = await intake.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM ticket_intake.received WHERE event_id = ANY ($1)',
      [ids],
    );
    expect(row?.n).toBe(1200);
  });

  it('of more than 10,000 events is refused whole', async () => {
    const before = await intake.count('received');
    const line = `${JSON.stringify(event())}\n`;
    expect(
      await intake.post(BATCH, line.repeat(10_001), { 'content-type': 'application/x-ndjson' }),
    ).toMatchObject({ status: 413 });
    expect(await intake.count('received')).toBe(before);
  });
});
