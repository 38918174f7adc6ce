import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type CaseEvent, caseIdText } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { routingOn, type RoutingRig, ticketEvent } from '../routing.rig.js';
import type { Act, ActResult } from './respond-to-case.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url);
  clock = await FakeClock.install(database);
  await clock.stop('2026-11-02T04:00:00Z');
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});

async function openCases(count: number): Promise<bigint[]> {
  const events = Array.from({ length: count }, () => ticketEvent());
  await rig.triage(events);
  const rows = await rig.query<{ id: string }>(
    'SELECT id::text FROM escalation_routing.case_record WHERE ticket_key = ANY ($1) ORDER BY id',
    [events.map(({ ticketKey }) => ticketKey)],
  );
  return rows.map(({ id }) => BigInt(id));
}

async function openCase(): Promise<bigint> {
  const [id] = await openCases(1);
  if (id === undefined) throw new Error('no case was opened');
  return id;
}

const respond = (
  caseId: bigint,
  act: Act,
  by: string,
  body: { epoch?: number; note?: string } = {},
): Promise<ActResult> => rig.routing.respondToCase.respond({ tenant: 'default', caseId, act, by, body });

const timeline = (id: bigint): Promise<CaseEvent[]> => rig.routing.timeline.read({ tenant: 'default', id });

const typesOf = async (id: bigint): Promise<string[]> => (await timeline(id)).map(({ type }) => type);

describe('answering a case', () => {
  it('lets the first own it: again by them is fine, by another is a conflict that names owner and time', async () => {
    const id = await openCase();
    expect(await respond(id, 'acknowledge', 'ana')).toMatchObject({
      ok: true,
      case: { acknowledgedBy: 'ana' },
    });
    expect(await respond(id, 'acknowledge', 'ana')).toMatchObject({ ok: true });
    expect(await respond(id, 'acknowledge', 'bo')).toEqual({
      ok: false,
      refused: { reason: 'already-acknowledged', owner: 'ana', at: Date.parse('2026-11-02T04:00:00Z') },
    });
    expect((await typesOf(id)).filter((type) => type === 'CaseAcknowledged')).toHaveLength(1);
  });

  it('lets exactly one of two win, 200 times', async () => {
    const ids = await openCases(200);
    for (const id of ids) {
      const race = await Promise.all([respond(id, 'acknowledge', 'ana'), respond(id, 'acknowledge', 'bo')]);
      expect(race.filter(({ ok }) => ok)).toHaveLength(1);
    }
  });

  it('refuses an answer to a page of an earlier epoch', async () => {
    const id = await openCase();
    await respond(id, 'resolve', 'ana');
    await respond(id, 'reopen', 'ana');
    expect(await respond(id, 'acknowledge', 'ana', { epoch: 1 })).toMatchObject({
      refused: { reason: 'stale-epoch' },
    });
    expect(await respond(id, 'acknowledge', 'ana', { epoch: 2 })).toMatchObject({ ok: true });
  });

  it('refuses an answer to a resolved case', async () => {
    const id = await openCase();
    await respond(id, 'resolve', 'ana');
    expect(await respond(id, 'acknowledge', 'bo')).toMatchObject({
      refused: { reason: 'already-resolved', owner: 'ana' },
    });
  });

  it('allows an answer of somebody who was not paged, and marks it', async () => {
    const [a, b] = await openCases(2);
    if (a === undefined || b === undefined) throw new Error('no cases');
    await respond(a, 'acknowledge', 'dee');
    await respond(b, 'acknowledge', 'ana');
    const facts = await Promise.all([a, b].map(async (id) => (await timeline(id)).at(-1)?.facts['notPaged']));
    expect(facts).toEqual([true, undefined]);
  });

  it('keeps a note, and pages the next step when asked to escalate', async () => {
    const id = await openCase();
    await respond(id, 'escalate', 'ana', { note: 'needs payments' });
    const told = await timeline(id);
    expect(told.slice(-3).map(({ type }) => type)).toEqual(['CaseEscalated', 'StepStarted', 'NoteAdded']);
    expect(told.at(-1)?.facts).toEqual({ note: 'needs payments' });
  });

  it('does not know a case of another tenant', async () => {
    const caseId = await openCase();
    const request = { tenant: 'other', caseId, act: 'acknowledge', by: 'ana', body: {} } as const;
    expect(await rig.routing.respondToCase.respond(request)).toEqual({
      ok: false,
      refused: { reason: 'unknown-case' },
    });
  });
});

describe('an answer at the moment the next step is due', () => {
  it('is either before the step, and there is none, or after it: never a step after the answer (S7)', async () => {
    const ids = await openCases(200);
    await clock.advance('120s');
    const answering = async (some: readonly bigint[]): Promise<void> => {
      for (const id of some) await respond(id, 'acknowledge', 'ana');
    };
    const answers = [0, 1, 2, 3].map((way) => answering(ids.filter((_, n) => n % 4 === way)));
    const steps = rig.routing.advanceDue.advance().then(() => rig.routing.advanceDue.advance());
    await Promise.all([...answers, steps]);
    for (const id of ids) {
      const types = await typesOf(id);
      const answered = types.indexOf('CaseAcknowledged');
      expect(answered).toBeGreaterThan(0);
      expect(types.slice(answered).filter((type) => type === 'StepStarted')).toEqual([]);
    }
    expect(await rig.routing.advanceDue.advance()).toBe(0);
  });

  it('is waited for: a step does not pass an answer that holds the lock', async () => {
    await rig.query('DELETE FROM escalation_routing.escalation');
    const id = await openCase();
    await clock.advance('120s');
    await rig.connections.transactions.run('hot', async (tx) => {
      const request = { tenant: 'default', caseId: id, act: 'acknowledge', by: 'ana', body: {} } as const;
      await rig.routing.respondToCase.respondIn(tx, request);
      expect(await rig.routing.advanceDue.advance()).toBe(0);
    });
    expect(await rig.routing.advanceDue.advance()).toBe(0);
    expect((await typesOf(id)).filter((type) => type === 'StepStarted')).toHaveLength(1);
  });
});

describe('what notification hands over', () => {
  const deliver = (events: Parameters<RoutingRig['routing']['recordDelivery']['record']>[1]): Promise<void> =>
    rig.connections.transactions.run('hot', (tx) => rig.routing.recordDelivery.record(tx, events));
  const position = (id: bigint) => ({
    tenant: 'default',
    caseId: caseIdText(id),
    epoch: 1,
    round: 1,
    step: 0,
  });
  const at = '2026-11-02T04:05:00.000Z';

  it('puts attempts into the timeline', async () => {
    const id = await openCase();
    const attempt = {
      person: 'ana',
      channel: 'sandbox',
      method: 'desk',
      try: 1,
      state: 'delivered',
      repeat: false,
    } as const;
    await deliver([{ event: { type: 'AttemptRecorded', ...position(id), ...attempt, at } }]);
    expect((await timeline(id)).at(-1)).toMatchObject({
      type: 'AttemptRecorded',
      at,
      facts: { ...attempt, round: 1, step: 0 },
    });
  });

  it('goes to the next step at once when nobody of this one can be reached (L2)', async () => {
    const id = await openCase();
    await deliver([
      { event: { type: 'PageUnreachable', ...position(id), person: 'ana', reason: 'no-methods', at } },
    ]);
    const told = await timeline(id);
    expect(told.slice(-3).map(({ type }) => type)).toEqual(['PageUnreachable', 'StepSkipped', 'StepStarted']);
    expect(told.at(-1)?.facts['persons']).toMatchObject([{ person: 'bo' }]);
  });

  it('applies an answer that was taken while routing was away, and tells one that came second', async () => {
    const id = await openCase();
    const answer = (person: string) =>
      ({
        type: 'CaseAnswered',
        tenant: 'default',
        caseId: caseIdText(id),
        epoch: 1,
        person,
        act: 'acknowledge',
        via: 'link',
        at,
      }) as const;
    await deliver([{ event: answer('ana') }, { event: answer('bo') }]);
    const told = await timeline(id);
    expect(told.slice(-2).map(({ type, by }) => [type, by])).toEqual([
      ['CaseAcknowledged', 'ana'],
      ['EventIgnored', 'bo'],
    ]);
    expect(told.at(-1)?.facts).toMatchObject({ reason: 'already-acknowledged' });
  });
});
