import { connect, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testData, whenGiven } from '@tocsin/test-rig';
import { type IntakeUnderTest, intakeUnderTest, KEY, type Posted } from '../intake.rig.js';
import { type BadInput, requestsOf } from './bad-inputs.rig.js';

const TARGETS = new Set(['POST /v1/events', 'POST /v1/events/batch']);
const EVENT = { type: 'ticket.created', key: 'T-ok', subject: 'still here', severity: 'critical' };

whenGiven('test data', describe)('the bad inputs that touch intake', () => {
  let intake: IntakeUnderTest;
  let lines: BadInput[] = [];
  beforeAll(async () => {
    lines = readFileSync(testData('security', 'bad-inputs.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as BadInput)
      .filter(({ target }) => TARGETS.has(target));
    intake = await intakeUnderTest();
  }, 60_000);
  afterAll(() => intake.stop());

  const rows = (): Promise<number> => intake.count('received');

  async function send(line: BadInput): Promise<{ answers: Posted[]; milliseconds: number }> {
    const answers: Posted[] = [];
    const requests = requestsOf(line, `bad-${line.id}`);
    const started = performance.now();
    for (const { path, body, headers } of requests)
      answers.push(await intake.post(path, body, { ...headers }));
    return { answers, milliseconds: performance.now() - started };
  }

  /** The limit is about our work: on a machine that is busy with other things the best of three tries counts. */
  async function isWithin(limit: number, first: number, again: () => Promise<number>): Promise<void> {
    let best = first;
    for (let tries = 1; tries < 3 && best >= limit; tries++) best = Math.min(best, await again());
    expect(best).toBeLessThan(limit);
  }

  async function postValid(): Promise<number> {
    const started = performance.now();
    const answer = await intake.post('/v1/sources/demo/events', { ...EVENT, id: `after-${started}` });
    expect(answer.status).toBe(202);
    return performance.now() - started;
  }

  const isStillServing = async (): Promise<void> => isWithin(500, await postValid(), postValid);

  it('are answered as each line says: never 5xx, nothing half done, each refusal clear', async () => {
    const overHttp = lines.filter(({ req }) => req.transport === undefined);
    expect(overHttp.length).toBeGreaterThan(30);
    await isStillServing();
    for (const line of overHttp) {
      const before = await rows();
      const { answers, milliseconds } = await send(line);
      const said = { line: line.id, statuses: answers.map(({ status }) => status) };
      for (const { status, body } of answers) {
        expect({ ...said, isExpected: line.expect.status.includes(status) }).toEqual({
          ...said,
          isExpected: true,
        });
        if (status >= 400)
          expect({ ...said, detail: typeof body.detail }).toEqual({ ...said, detail: 'string' });
      }
      if (line.expect.inv.includes('no_row'))
        expect({ ...said, rows: await rows() }).toEqual({ ...said, rows: before });
      const limit = line.expect.inv
        .map((text) => /^latency_ms<(\d+)$/.exec(text)?.[1])
        .find((text) => text !== undefined);
      if (limit !== undefined)
        await isWithin(Number(limit), milliseconds, async () => (await send(line)).milliseconds);
      await isStillServing();
    }
    expect(
      ({} as Record<string, unknown>)['isAdmin'] ?? ({} as Record<string, unknown>)['polluted'],
    ).toBeUndefined();
  }, 60_000);

  it('that are only odd are kept whole once the members they lack are given', async () => {
    for (const id of ['val-017', 'inj-004', 'inj-005']) {
      const raw = requestsOf(lines.find((line) => line.id === id) as BadInput, id)[0]?.body as string;
      const whole = raw.replace(
        /^\{/,
        `{"type":"ticket.created",${raw.includes('"subject"') ? '' : '"subject":"s",'}`,
      );
      expect(await intake.post('/v1/sources/demo/events', whole)).toMatchObject({ status: 202 });
    }
  });

  it('come in clean where they are accepted: one line, no controls, a link only when it is one', async () => {
    const published = await intake.database.query<{ payload: string }>(
      `SELECT payload FROM ticket_intake.outbox`,
    );
    expect(published.length).toBeGreaterThan(15);
    for (const { payload } of published) {
      const { subject, link } = JSON.parse(payload) as { subject: string; link?: string };
      expect(subject).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
      if (link !== undefined) expect(link).toMatch(/^https?:/);
    }
  });

  it('that drip in byte by byte on 200 connections hold nobody up', async () => {
    expect(lines.some(({ req }) => req.transport?.kind === 'slowloris')).toBe(true);
    const { hostname, port } = new URL(intake.url);
    const head = `POST /v1/sources/demo/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${KEY}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{`;
    const sockets = await Promise.all(
      Array.from(
        { length: 200 },
        () =>
          new Promise<Socket>((resolve, reject) => {
            const socket = connect(Number(port), hostname, () => socket.write(head, () => resolve(socket)));
            socket.on('error', reject);
          }),
      ),
    );
    for (let n = 0; n < 20; n++) await isStillServing();
    for (const socket of sockets) socket.destroy();
    await isStillServing();
  });

  it('that come as a storm of low priority are taken or told to come back, and every P1 is taken', async () => {
    expect(lines.some(({ req }) => req.transport?.kind === 'burst')).toBe(true);
    const storm = Array.from({ length: 2000 }, (_, n) =>
      intake.post('/v1/sources/demo/events', {
        ...EVENT,
        id: `storm-${n}`,
        severity: n % 20 === 0 ? 'critical' : 'low',
      }),
    );
    const answers = await Promise.all(storm);
    for (const { status, headers } of answers) {
      expect([202, 429, 503]).toContain(status);
      if (status !== 202) expect(headers.get('retry-after')).not.toBeNull();
    }
    expect(answers.filter((_, n) => n % 20 === 0).every(({ status }) => status === 202)).toBe(true);
  }, 30_000);
});
