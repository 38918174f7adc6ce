import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BulkResults, caseIdText } from '@tocsin/contracts';
import { type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { ActOnMany } from './act-on-many.js';
import { KeptAnswerStore } from '../respond-to-case/kept-answer.store.js';
import type { Act, CaseRequest, Wish } from '../respond-to-case/respond-to-case.js';
import { routingOn, type RoutingRig, ticketEvent } from '../routing.rig.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(60_000);

let database: TestDatabase;
let rig: RoutingRig;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url);
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

interface Asked {
  readonly act: Act;
  readonly by?: string;
  readonly note?: string;
  readonly wish?: Wish;
  readonly allOrNone?: boolean;
  readonly key?: string;
}

const asked = (ids: readonly bigint[], { act, by = 'bo', note, wish = {} }: Asked) =>
  ids.map((caseId) => ({
    text: caseIdText(caseId),
    request: { tenant: 'default', caseId, act, by, body: { note }, wish } satisfies CaseRequest,
  }));

function actOn(ids: readonly bigint[], how: Asked) {
  const { allOrNone = false, key } = how;
  const request = JSON.stringify([ids.map(String), how]);
  const keyed = key === undefined ? {} : { key: { tenant: 'default', actor: 'ops', key, request } };
  return rig.routing.actOnMany.act({ acts: asked(ids, how), allOrNone, ...keyed });
}

const stateOf = async (ids: readonly bigint[]): Promise<string> =>
  JSON.stringify(
    await rig.query(
      `SELECT c.id::text, c.state, c.version, e.state AS escalation FROM escalation_routing.case_record c
        JOIN escalation_routing.escalation e ON e.case_id = c.id WHERE c.id = ANY ($1::bigint[]) ORDER BY 1`,
      [ids.map(String)],
    ),
  );

const toldOf = async (id: bigint): Promise<string[]> =>
  (await rig.routing.timeline.read({ tenant: 'default', id })).map(({ type }) => type);

describe('an act on many cases', () => {
  it('does what can be done, and gives each its own result in the order of the caller', async () => {
    const [first = 0n, second = 0n, third = 0n] = await openCases(3);
    await rig.routing.respondToCase.respond({
      ...{ tenant: 'default', caseId: second, act: 'acknowledge', by: 'ana', body: {} },
    });
    const ids = [third, 999n, second, first];
    const { done, refused, results } = (await actOn(ids, { act: 'acknowledge' })) as BulkResults;
    expect([done, refused]).toEqual([2, 2]);
    expect(results).toMatchObject([
      { case: caseIdText(third), status: 200, state: 'acknowledged', version: 2 },
      { case: caseIdText(999n), status: 404 },
      { case: caseIdText(second), status: 409, error: { owner: 'ana' } },
      { case: caseIdText(first), status: 200, state: 'acknowledged' },
    ]);
  });

  it('marks who answers without having been paged, case by case', async () => {
    const [id = 0n] = await openCases(1);
    await actOn([id], { act: 'acknowledge', by: 'bo' });
    const [told] = (await rig.routing.timeline.read({ tenant: 'default', id })).slice(-1);
    expect(told).toMatchObject({ type: 'CaseAcknowledged', by: 'bo', facts: { notPaged: true } });
    const [other = 0n] = await openCases(1);
    await actOn([other], { act: 'acknowledge', by: 'ana' });
    const [paged] = (await rig.routing.timeline.read({ tenant: 'default', id: other })).slice(-1);
    expect(paged?.facts).not.toHaveProperty('notPaged');
  });

  it('does nothing at all when one refuses and all or none is asked, and names the place of each', async () => {
    const ids = await openCases(3);
    const before = await stateOf(ids);
    const outcome = await actOn([...ids, 999n], { act: 'resolve', allOrNone: true, key: 'none' });
    expect(outcome).toMatchObject({ noneDone: [{ place: 3, problem: { status: 404 } }] });
    expect(await stateOf(ids)).toBe(before);
    // The refusal is not kept: when the cause is gone, the same key goes through.
    expect(await actOn(ids, { act: 'resolve', allOrNone: true, key: 'all' })).toMatchObject({ done: 3 });
    expect(await rig.query('SELECT 1 FROM escalation_routing.kept_answer WHERE key = $1', ['none'])).toEqual(
      [],
    );
  });

  it('takes effect once per Idempotency-Key', async () => {
    const ids = await openCases(2);
    const how: Asked = { act: 'note', note: 'the bank is closed', key: 'notes' };
    const first = await actOn(ids, how);
    expect(await actOn(ids, how)).toEqual(first);
    expect(await actOn(ids, { ...how, note: 'another' })).toBe('other-request');
    for (const id of ids) expect((await toldOf(id)).filter((type) => type === 'NoteAdded')).toHaveLength(1);
  });

  it('reassigns and escalates as the single acts do', async () => {
    const ids = await openCases(2);
    await actOn(ids, { act: 'reassign', wish: { to: [{ kind: 'person', name: 'dee' }] } });
    for (const id of ids) expect(await toldOf(id)).toContain('CaseReassigned');
    const others = await openCases(2);
    await actOn(others, { act: 'escalate' });
    for (const id of others) expect(await toldOf(id)).toContain('CaseEscalated');
  });

  it('takes a thousand cases at once', async () => {
    const ids = await openCases(1000);
    expect(await actOn(ids, { act: 'resolve' })).toMatchObject({ done: 1000, refused: 0 });
  });

  it('leaves everything as it was when it dies before its commit', async () => {
    const ids = await openCases(2);
    const before = await stateOf(ids);
    const { respondToCase } = rig.routing;
    const dying = {
      respondToAllIn: async (...args: Parameters<typeof respondToCase.respondToAllIn>) => {
        await respondToCase.respondToAllIn(...args);
        throw new Error('killed');
      },
    } as unknown as typeof respondToCase;
    const many = new ActOnMany(rig.connections.transactions, new KeptAnswerStore(), dying);
    const acts = asked(ids, { act: 'resolve' });
    await expect(many.act({ acts, allOrNone: false })).rejects.toThrow('killed');
    expect(await stateOf(ids)).toBe(before);
  });
});
