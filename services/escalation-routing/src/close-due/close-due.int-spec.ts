import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CaseEvent, ConfigTree, TicketEvent } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { viewOf } from '../case-view.js';
import type { RoutedCase } from '../routed-case.js';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import { CaseListStore } from '../show-cases/case-list.store.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

const CLOSING: ConfigTree = {
  ...TREE,
  closing: { 'resolve-after': '5m', 'reopen-within': '2h', inactive: '1d' },
  sla: [
    {
      ...{ name: 'all', when: 'case.priority == "P1"', calendar: '24x7' },
      targets: { resolve: { P1: '4h' } },
    },
  ],
};

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [CLOSING]);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  for (const table of ['escalation', 'case_record', 'outbox', 'ticket'])
    await rig.query(`DELETE FROM escalation_routing.${table}`);
  await clock.stop('2026-11-02T04:00:00Z');
});

async function cases(): Promise<RoutedCase[]> {
  const list = new CaseListStore(rig.connections.transactions);
  return (await list.list({ tenant: 'default' }, undefined, 10)).toReversed();
}
async function only(): Promise<RoutedCase> {
  const [routed, second] = await cases();
  if (routed === undefined || second !== undefined) throw new Error('not one case');
  return routed;
}
const timeline = async ({ id }: RoutedCase): Promise<CaseEvent[]> =>
  rig.routing.timeline.read({ tenant: 'default', id });
const types = async (): Promise<string[]> => (await timeline(await only())).map(({ type }) => type);
const pages = async (): Promise<string[]> =>
  (
    await rig.query<{ paged: string }>(
      `SELECT concat_ws(' ', substr(p->>'dueAt', 12, 8), p->>'person') AS paged
       FROM (SELECT payload::json AS p, batch, n FROM escalation_routing.outbox WHERE type = 'PageRequested') o ORDER BY batch, n`,
    )
  ).map(({ paged }) => paged);
const send = (type: TicketEvent['type'], more: Partial<TicketEvent> = {}): Promise<void> =>
  rig.triage([ticketEvent({ ticketKey: 'T-1', type, ...more })]);

async function at(time: string): Promise<void> {
  await clock.stop(`2026-11-${time}Z`);
  await rig.routing.closeDue.close();
  await rig.routing.advanceDue.advance();
}

describe('a resolve of the source', () => {
  it('closes the case after the grace; until then nobody further is paged', async () => {
    await send('ticket.created');
    await at('02T04:01:00');
    await send('ticket.resolved');
    expect(viewOf(await only())).toMatchObject({
      state: 'open',
      resolving: { by: 'demo', since: '2026-11-02T04:01:00.000Z', closesAt: '2026-11-02T04:06:00.000Z' },
    });
    await at('02T04:02:00');
    expect(viewOf(await only()).escalation).toMatchObject({
      state: 'suppressed',
      suppressed: { by: { kind: 'resolving', name: 'demo' }, until: '2026-11-02T04:06:00.000Z' },
    });
    await at('02T04:06:00');
    expect(await only()).toMatchObject({ state: 'resolved' });
    expect((await timeline(await only())).findLast(({ type }) => type === 'CaseResolved')).toMatchObject({
      by: 'demo',
      facts: { reason: 'grace.over', eventId: expect.stringMatching(/^evt_/) },
    });
    expect(await pages()).toEqual(['04:00:00 ana']);
  });

  it('that does not hold is withdrawn: what was held back pages at once', async () => {
    await send('ticket.created');
    await at('02T04:01:00');
    await send('ticket.resolved');
    await at('02T04:03:00');
    await send('ticket.commented');
    expect((await only()).resolving).toBeDefined();
    await send('ticket.created');
    expect(await only()).toMatchObject({ state: 'open', closeAt: Date.parse('2026-11-03T04:03:00Z') });
    expect((await only()).resolving).toBeUndefined();
    expect(await pages()).toEqual(['04:00:00 ana', '04:03:00 bo']);
    expect(await types()).toContain('ResolveWithdrawn');
    await at('02T04:06:00');
    expect((await only()).state).toBe('open');
  });

  it('is honoured in a snooze, and said twice it takes no longer', async () => {
    await send('ticket.created');
    const snooze = { until: Date.parse('2026-11-02T06:00:00Z'), reason: 'bank' };
    const { id } = await only();
    const asked = { tenant: 'default', caseId: id, by: 'ana', body: {} };
    await rig.routing.respondToCase.respond({ ...asked, act: 'snooze', wish: snooze });
    expect((await only()).state).toBe('snoozed');
    await send('ticket.resolved');
    await at('02T04:04:00');
    await send('ticket.resolved');
    await at('02T04:05:00');
    expect((await only()).state).toBe('resolved');
  });

  it('pages nobody where the loop that closes is late', async () => {
    await send('ticket.created');
    await send('ticket.resolved');
    await clock.stop('2026-11-02T04:10:00Z');
    await rig.routing.advanceDue.advance();
    expect(await pages()).toEqual(['04:00:00 ana']);
    await rig.routing.closeDue.close();
    expect((await only()).state).toBe('resolved');
  });
});

describe('raised again', () => {
  it('within the time it is the same case, with its history and its clocks, in a new epoch', async () => {
    await send('ticket.created');
    await send('ticket.resolved');
    await at('02T04:05:00');
    const before = await only();
    await at('02T05:00:00');
    await send('ticket.created');
    const after = await only();
    expect([after.id, after.state, after.escalation.epoch]).toEqual([before.id, 'open', 2]);
    expect(await types()).toEqual(expect.arrayContaining(['CaseResolved', 'CaseReopened', 'SlaResumed']));
    const [sla] = await rig.routing.showSla.viewsOf(after);
    expect(sla).toMatchObject({ kind: 'resolve', pauses: [expect.objectContaining({})] });
    expect(sla?.endedAt).toBeUndefined();
    expect(await pages()).toEqual(['04:00:00 ana', '05:00:00 ana']);
  });

  it('later it is another case', async () => {
    await send('ticket.created');
    await send('ticket.resolved');
    await at('02T04:05:00');
    await at('02T06:05:00');
    await send('ticket.created');
    expect((await cases()).map(({ state }) => state)).toEqual(['resolved', 'open']);
  });
});

describe('a case of which nobody says anything', () => {
  it('is closed when somebody has it, and put off by every word', async () => {
    await send('ticket.created');
    const { id } = await only();
    await rig.routing.respondToCase.respond({
      tenant: 'default',
      caseId: id,
      act: 'acknowledge',
      by: 'ana',
      body: {},
    });
    await clock.stop('2026-11-02T20:00:00Z');
    await send('ticket.commented');
    await at('03T04:00:00');
    expect(await only()).toMatchObject({
      state: 'acknowledged',
      closeAt: Date.parse('2026-11-03T20:00:00Z'),
    });
    await at('03T20:00:00');
    expect((await timeline(await only())).at(-1)?.type).toBe('SlaEnded');
    expect((await timeline(await only())).findLast(({ type }) => type === 'CaseResolved')).toMatchObject({
      by: 'tocsin',
      facts: { reason: 'inactive', heardAt: Date.parse('2026-11-02T20:00:00Z') },
    });
  });

  it('is never closed while somebody is being paged for it', async () => {
    await send('ticket.created');
    await at('03T04:00:00');
    expect(await only()).toMatchObject({ state: 'open', closeAt: Date.parse('2026-11-04T04:00:00Z') });
  });
});
