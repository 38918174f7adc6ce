import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type CaseEvent, caseIdText, type CaseView, type ConfigTree, type Priority } from '@tocsin/contracts';
import { type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import type { PinRequest, PinResult } from './pin-priority.js';

jest.setTimeout(30_000);

const because = (name: string) => ({ en: name, 'zh-CN': name });
const RULED: ConfigTree = {
  ...TREE,
  taxonomy: { ...TREE.taxonomy, 'safety.child': { label: because('Child safety'), floor: 'P2' } },
  tables: {
    creators: { key: 'requester.id', gives: ['tier'], rows: [{ 'requester.id': 'u1', tier: 'top' }] },
  },
  priority: {
    rules: [
      { name: 'many', when: 'event.affected >= 500', set: 'P1', because: because('{affected} people') },
      { name: 'vip', when: '"vip" in event.tags', set: 'P2', because: because('a vip') },
    ],
    weights: { market: { SG: 1 }, tier: { top: 1 } },
    recalculate: { lower: 'after 30m stable' },
  },
};

let database: TestDatabase;
let rig: RoutingRig;

/** Moves the database's clock; nobody sleeps. */
const setClock = (minutes: number): Promise<unknown> =>
  database.query(
    `CREATE OR REPLACE FUNCTION event_log.tocsin_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
      AS $$ SELECT timestamptz '2026-11-02 03:00Z' + interval '${minutes} minutes' $$`,
  );

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [RULED]);
});
beforeEach(() => setClock(0));
afterAll(async () => {
  await rig.close();
  await database.drop();
});

const idOf = async (ticketKey: string): Promise<bigint> => {
  const [row] = await rig.query<{ id: string }>(
    'SELECT id::text FROM escalation_routing.case_record WHERE ticket_key = $1',
    [ticketKey],
  );
  return BigInt(row?.id ?? 0);
};

const priorityOf = async (ticketKey: string): Promise<Priority | undefined> => {
  const [row] = await rig.query<{ priority: Priority }>(
    'SELECT priority FROM escalation_routing.case_record WHERE ticket_key = $1',
    [ticketKey],
  );
  return row?.priority;
};

const timelineOf = async (ticketKey: string): Promise<CaseEvent[]> =>
  rig.routing.timeline.read({ tenant: 'default', id: await idOf(ticketKey) });

const pagesOf = async (ticketKey: string): Promise<unknown[]> =>
  rig.query(
    `SELECT type FROM escalation_routing.outbox WHERE topic = 'pages' AND key = $1 ORDER BY batch, n`,
    [`default:${caseIdText(await idOf(ticketKey))}`],
  );

const pin = async (ticketKey: string, request: Partial<PinRequest> = {}): Promise<PinResult> =>
  rig.routing.pinPriority.pin({ tenant: 'default', caseId: await idOf(ticketKey), by: 'ana', ...request });

const to = (priority: Priority, until?: number): PinRequest['pin'] => ({
  priority,
  reason: 'known outage',
  ...(until === undefined ? {} : { until: Date.UTC(2026, 10, 2, 3, until) }),
});

const viewOf = (result: PinResult): CaseView => {
  if (!result.ok) throw new Error(JSON.stringify(result.refused));
  return result.view;
};

describe('new facts', () => {
  it('raise a case at once by what its events say together, and the timeline tells record and counterfactual', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'more', severity: 'info', affected: 20 })]);
    await rig.triage([
      ticketEvent({ ticketKey: 'more', type: 'ticket.updated', severity: 'info', market: 'SG' }),
    ]);
    expect(await priorityOf('more')).toBe('P4');
    const repeat = { ticketKey: 'more', type: 'ticket.updated', severity: 'info' } as const;
    await rig.triage([ticketEvent({ ...repeat, tags: ['vip'] }), ticketEvent({ ...repeat, affected: 900 })]);
    expect(await priorityOf('more')).toBe('P1');
    const changes = (await timelineOf('more')).filter(({ type }) => type === 'PriorityChanged');
    expect(changes.map(({ facts }) => [facts['from'], facts['to'], facts['cause']])).toEqual([
      ['P5', 'P4', 'raised'],
      ['P4', 'P1', 'raised'],
    ]);
    expect(changes[0]?.facts).toMatchObject({
      priorityBy: 'severity',
      revision: 1,
      record: { weights: [{ by: 'market', value: 'SG', steps: 1 }] },
      counterfactual: { found: true, priority: 'P2', text: { en: 'P2 if severity were «warning»' } },
    });
    expect(await pagesOf('more')).toHaveLength(1);
  });

  it('are enriched by the tables of the config, category and lookup shown with the case', async () => {
    const event = { ticketKey: 'known', severity: 'warning', requester: { id: 'u1' } };
    await rig.triage([ticketEvent({ ...event, category: 'live.payout.bank' })]);
    const [opened] = await timelineOf('known');
    expect(opened?.facts).toMatchObject({
      priority: 'P2',
      record: { lookups: [{ table: 'creators', value: 'u1', found: { tier: 'top' } }] },
    });
    const view = viewOf(await pin('known', { pin: to('P1') }));
    expect(view.categoryLabel).toEqual({ en: 'Payout', 'zh-CN': '提现' });
  });

  it('lower it after its stable time, by whichever process looks then', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'less' })]);
    await setClock(10);
    await rig.triage([ticketEvent({ ticketKey: 'less', type: 'ticket.updated', severity: 'warning' })]);
    await setClock(39);
    await rig.routing.reweighDue.reweigh();
    expect(await priorityOf('less')).toBe('P1');
    await setClock(40);
    const other = await routingOn(database.url, undefined, [RULED]);
    expect(
      await Promise.all([other.routing.reweighDue.reweigh(), rig.routing.reweighDue.reweigh()]),
    ).toContain(1);
    await other.close();
    expect(await priorityOf('less')).toBe('P3');
    const changes = (await timelineOf('less')).filter(({ type }) => type === 'PriorityChanged');
    expect(changes.map(({ facts }) => facts)).toMatchObject([{ from: 'P1', to: 'P3', cause: 'lowered' }]);
    expect(await rig.routing.reweighDue.reweigh()).toBe(0);
  });

  it('do not lower a case that is resolved meanwhile', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'gone' })]);
    await rig.triage([ticketEvent({ ticketKey: 'gone', type: 'ticket.updated', severity: 'info' })]);
    await rig.triage([ticketEvent({ ticketKey: 'gone', type: 'ticket.resolved' })]);
    await setClock(90);
    expect(await rig.routing.reweighDue.reweigh()).toBe(0);
    expect(await priorityOf('gone')).toBe('P1');
  });

  it('raise a case from before weighings were kept, and lower none such', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'old', severity: 'warning' })]);
    await rig.query(`UPDATE escalation_routing.case_record SET weighing = NULL WHERE ticket_key = 'old'`);
    const update = { ticketKey: 'old', type: 'ticket.updated' } as const;
    await rig.triage([ticketEvent({ ...update, severity: 'info' })]);
    await setClock(90);
    expect(await rig.routing.reweighDue.reweigh()).toBe(0);
    expect(await priorityOf('old')).toBe('P3');
    await rig.triage([ticketEvent({ ...update, tags: ['vip'] })]);
    expect(await priorityOf('old')).toBe('P2');
  });
});

describe('a case that cannot be weighed', () => {
  it('is put off and holds up no other', async () => {
    for (const ticketKey of ['broken', 'sound']) {
      await rig.triage([ticketEvent({ ticketKey })]);
      await rig.triage([ticketEvent({ ticketKey, type: 'ticket.updated', severity: 'info' })]);
    }
    await rig.query(`UPDATE escalation_routing.case_record SET weighing = '{' WHERE ticket_key = 'broken'`);
    await setClock(30);
    expect(await rig.routing.reweighDue.reweigh()).toBe(2);
    expect(await priorityOf('sound')).toBe('P5');
    expect(await rig.routing.reweighDue.reweigh()).toBe(0);
    await rig.query(
      `UPDATE escalation_routing.case_record SET reweigh_at = NULL WHERE ticket_key = 'broken'`,
    );
  });
});

describe('a pinned priority', () => {
  it('starts the escalation that there was not, says who and why, and ends on time', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'pinned', severity: 'info' })]);
    expect(await pagesOf('pinned')).toHaveLength(0);
    const view = viewOf(await pin('pinned', { pin: to('P2', 60) }));
    expect(view).toMatchObject({
      priority: 'P2',
      pin: { by: 'ana', reason: 'known outage', until: '2026-11-02T04:00:00.000Z', computed: 'P5' },
      counterfactual: {
        found: true,
        priority: 'P5',
        text: { en: 'P5 without the pin', 'zh-CN': '若未固定，则为 P5' },
      },
      escalation: { state: 'running' },
    });
    expect(view.because.en).toBe(
      'pinned to P2 by ana until 2026-11-02T04:00:00.000Z: known outage; computed P5',
    );
    expect(await pagesOf('pinned')).toHaveLength(1);
    await setClock(59);
    expect(await rig.routing.reweighDue.reweigh()).toBe(0);
    await setClock(60);
    await rig.routing.reweighDue.reweigh();
    expect(await priorityOf('pinned')).toBe('P5');
    const told = (await timelineOf('pinned')).filter(({ type }) => type.startsWith('Priority'));
    expect(told.map(({ facts }) => facts).slice(0, 2)).toMatchObject([
      { priority: 'P2', reason: 'known outage', until: '2026-11-02T04:00:00.000Z' },
      { priorityBy: 'pin', asked: 'ana', counterfactual: { text: { en: 'P5 without the pin' } } },
    ]);
    expect(told.map(({ type, by, facts }) => [type, by, facts['cause']])).toEqual([
      ['PriorityPinned', 'ana', undefined],
      ['PriorityChanged', 'tocsin', 'pinned'],
      ['PriorityUnpinned', 'tocsin', 'pin-ended'],
      ['PriorityChanged', 'tocsin', 'pin-ended'],
    ]);
  });

  it('holds while events ask for more, and gives way to them when it is freed', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'held', severity: 'warning' })]);
    await pin('held', { pin: to('P4') });
    const more = { ticketKey: 'held', type: 'ticket.updated', severity: 'warning', affected: 900 } as const;
    await rig.triage([ticketEvent(more)]);
    expect(await priorityOf('held')).toBe('P4');
    const freed = viewOf(await pin('held'));
    expect(freed).toMatchObject({ priority: 'P1', because: { en: '900 people (rule «many»: P1)' } });
    expect(freed.pin).toBeUndefined();
    expect(freed.counterfactual?.text.en).toBe('P3 if affected < 500');
  });

  it('is refused below a floor, in the past, when resolved, at another version, and when there is none', async () => {
    const floored = { ticketKey: 'floored', category: 'safety.child.photo', severity: 'info' };
    await rig.triage([ticketEvent(floored)]);
    const refusals = [
      await pin('floored', { pin: to('P3') }),
      await pin('floored', { pin: to('P1', 0) }),
      await pin('floored'),
      await pin('floored', { pin: to('P1'), ifMatch: '"99"' }),
      await pin('floored', { pin: to('P1'), tenant: 'other' }),
    ];
    await rig.triage([ticketEvent({ ...floored, type: 'ticket.resolved' })]);
    refusals.push(await pin('floored', { pin: to('P1') }));
    expect(refusals.map((result) => (result.ok ? 'done' : result.refused))).toEqual([
      { reason: 'below-floor', floor: 'P2', category: 'safety.child' },
      { reason: 'past-until' },
      { reason: 'not-pinned' },
      { reason: 'other-version', version: 1 },
      { reason: 'unknown-case' },
      { reason: 'already-resolved' },
    ]);
    expect(await priorityOf('floored')).toBe('P2');
  });

  it('takes effect once for one Idempotency-Key', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'keyed', severity: 'info' })]);
    const key = { tenant: 'default', actor: 'ana', key: 'k1', request: 'pin' };
    const first = viewOf(await pin('keyed', { pin: to('P3'), key }));
    expect(viewOf(await pin('keyed', { pin: to('P3'), key }))).toEqual(first);
    expect(await pin('keyed', { pin: to('P4'), key: { ...key, request: 'else' } })).toMatchObject({
      ok: false,
    });
    expect((await timelineOf('keyed')).filter(({ type }) => type === 'PriorityPinned')).toHaveLength(1);
  });

  it('may stand on a case that a person opened, and frees it to what that person said', async () => {
    const { case: byHand } = (await rig.routing.pageByHand.page({
      ...{ tenant: 'default', by: 'bo', traceparent: '' },
      body: { target: [{ kind: 'person', name: 'ana' }], subject: 'help', priority: 'P3' },
    })) as { case: CaseView };
    const caseId = BigInt(
      (
        await rig.query<{ id: string }>(
          `SELECT id::text FROM escalation_routing.case_record WHERE subject = 'help'`,
        )
      )[0]?.id ?? 0,
    );
    expect(caseIdText(caseId)).toBe(byHand.id);
    const request = { tenant: 'default', caseId, by: 'ana' };
    expect(viewOf(await rig.routing.pinPriority.pin({ ...request, pin: to('P1') })).priority).toBe('P1');
    expect(viewOf(await rig.routing.pinPriority.pin(request))).toMatchObject({
      priority: 'P3',
      counterfactual: { found: false, reason: 'not-computed' },
    });
  });
});
