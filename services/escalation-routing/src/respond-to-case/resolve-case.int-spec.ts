import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ConfigTree, Resolution } from '@tocsin/contracts';
import { type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { viewOf } from '../case-view.js';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import type { Act, ActResult } from './respond-to-case.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

const label = { en: 'Rolled back', 'zh-CN': '已回滚' };
const CODED: ConfigTree = {
  ...TREE,
  resolution: {
    codes: { 'fixed.rollback': { label } },
    requires: { 'P1-P2': ['code', 'cause', 'reply'], P3: ['code'] },
  },
};
const WHOLE = { code: 'fixed.rollback', cause: 'bad release', reply: 'Your payout is on its way.' };

let database: TestDatabase;
let rig: RoutingRig;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [CODED]);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});

async function openCase(severity = 'critical'): Promise<{ id: bigint; ticketKey: string }> {
  const { ticketKey, ...event } = ticketEvent({ severity });
  await rig.triage([{ ...event, ticketKey }]);
  const [row] = await rig.query<{ id: string }>(
    'SELECT id::text FROM escalation_routing.case_record WHERE ticket_key = $1',
    [ticketKey],
  );
  return { id: BigInt(row?.id ?? 0), ticketKey };
}

const act = (caseId: bigint, what: Act, resolution?: Resolution): Promise<ActResult> =>
  rig.routing.respondToCase.respond({
    ...{ tenant: 'default', caseId, act: what, by: 'ana', body: {} },
    ...(resolution === undefined ? {} : { wish: { resolution } }),
  });
const lastOf = async (id: bigint) => (await rig.routing.timeline.read({ tenant: 'default', id })).at(-1);

describe('resolving with code, cause and reply', () => {
  it('changes nothing while something is missing for the priority, and says what', async () => {
    const { id } = await openCase();
    const before = await lastOf(id);
    expect(await act(id, 'resolve', { code: 'fixed.rollback' })).toMatchObject({
      ok: false,
      refused: { reason: 'unfit-resolution', faults: [{ member: 'cause' }, { member: 'reply' }] },
    });
    expect(await lastOf(id)).toEqual(before);
  });

  it('stands on the case, in its timeline and so in its event, with the label of the code', async () => {
    const { id } = await openCase();
    const done = await act(id, 'resolve', WHOLE);
    if (!done.ok) throw new Error(JSON.stringify(done.refused));
    expect(viewOf(done.case).resolution).toEqual({ ...WHOLE, codeLabel: label });
    expect(await lastOf(id)).toMatchObject({
      type: 'CaseResolved',
      by: 'ana',
      facts: { ...WHOLE, codeLabel: label },
    });
    // Whoever says it again need not know what was said.
    expect(await act(id, 'resolve')).toMatchObject({ ok: true, case: { resolution: WHOLE } });
    const again = await act(id, 'reopen');
    expect(again.ok && again.case.resolution).toBeUndefined();
    expect(await act(id, 'resolve')).toMatchObject({ ok: false });
  });

  it('asks less of what is less urgent, and nothing of a source', async () => {
    const { id } = await openCase('info');
    expect(await act(id, 'resolve')).toMatchObject({ ok: true, case: { state: 'resolved' } });
    const urgent = await openCase();
    await rig.triage([ticketEvent({ ticketKey: urgent.ticketKey, type: 'ticket.resolved' })]);
    expect(await lastOf(urgent.id)).toMatchObject({ type: 'CaseResolved', by: 'demo' });
  });
});
