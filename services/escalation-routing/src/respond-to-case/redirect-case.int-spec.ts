import { viewOf } from '../case-view.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CaseEvent, ConfigTree, PageRequested } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import type { Act, ActResult, Wish } from './respond-to-case.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

/** Story 3's second half, and an owner who is only paged by day. 04:00 UTC is noon in Singapore. */
const WATCHED: ConfigTree = {
  ...TREE,
  policies: {
    'live-pay': {
      steps: [
        { name: 'on-call', page: 'schedule primary', wait: '120s' },
        {
          name: 'owner',
          page: 'tier2 of the service',
          wait: '180s',
          when: 'case.priority == "P1" || now.time >= "12:10"',
          timeZone: 'Asia/Singapore',
          otherwise: 'hold',
        },
      ],
      fallback: { page: 'person dee' },
      acknowledged: { P1: { remind: '30m', reopen: '45m', restart: 'owner' } },
    },
  },
};

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [WATCHED]);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  await rig.query('DELETE FROM escalation_routing.escalation');
  await clock.stop('2026-11-02T04:00:00Z');
});

async function openCase(severity = 'critical'): Promise<bigint> {
  const event = ticketEvent({ severity });
  await rig.triage([event]);
  const [row] = await rig.query<{ id: string }>(
    'SELECT id::text FROM escalation_routing.case_record WHERE ticket_key = $1',
    [event.ticketKey],
  );
  if (row === undefined) throw new Error('no case was opened');
  return BigInt(row.id);
}

const respond = (caseId: bigint, act: Act, by: string, wish: Wish = {}): Promise<ActResult> =>
  rig.routing.respondToCase.respond({ tenant: 'default', caseId, act, by, body: {}, wish });

const timeline = (id: bigint): Promise<CaseEvent[]> => rig.routing.timeline.read({ tenant: 'default', id });
const lastTypes = async (id: bigint, count: number): Promise<string[]> =>
  (await timeline(id)).slice(-count).map(({ type }) => type);

async function later(...waits: readonly string[]): Promise<void> {
  for (const wait of waits) {
    await clock.advance(wait);
    await rig.routing.advanceDue.advance();
  }
}

/** `person epoch/round/step as`, in the order in which they were asked for. */
async function pages(id: bigint): Promise<string[]> {
  const [routed] = await rig.query<{ key: string }>(
    `SELECT DISTINCT key FROM escalation_routing.outbox WHERE topic = 'cases' AND key = $1`,
    [(await timeline(id)).map(({ tenant, caseId }) => `${tenant}:${caseId}`)[0]],
  );
  const rows = await rig.query<{ payload: string }>(
    `SELECT payload FROM escalation_routing.outbox WHERE type = 'PageRequested' AND key = $1 ORDER BY batch, n`,
    [routed?.key],
  );
  return rows
    .map(({ payload }) => JSON.parse(payload) as PageRequested)
    .map(({ person, epoch, round, step, asked }) =>
      `${person} ${epoch}/${round}/${step} ${asked?.as ?? ''}`.trim(),
    );
}

describe('an owner who forgets', () => {
  it('is reminded after 30 minutes; after 45 the case is taken back and starts at the owner of the service', async () => {
    const id = await openCase();
    await respond(id, 'acknowledge', 'ana');
    await later('29m', '1m', '14m', '1m');
    expect(await pages(id)).toEqual(['ana 1/1/0', 'ana 2/1/0 reminder', 'bo 3/1/1']);
    expect(await lastTypes(id, 3)).toEqual(['OwnerReminded', 'CaseReopened', 'StepStarted']);
    const reopened = (await timeline(id)).find(({ type }) => type === 'CaseReopened');
    expect(reopened?.facts).toMatchObject({ was: 'ana', reason: 'acknowledgement.expired' });
  });

  it('keeps the case by answering the reminder, also over the link of the first page', async () => {
    const id = await openCase();
    await respond(id, 'acknowledge', 'ana');
    await later('30m');
    expect(await respond(id, 'acknowledge', 'ana')).toMatchObject({
      ok: true,
      case: { state: 'acknowledged', acknowledgedAt: Date.parse('2026-11-02T04:00:00Z') },
    });
    await later('15m');
    expect(await lastTypes(id, 1)).toEqual(['OwnershipConfirmed']);
  });
});

describe('times for the owner of one case', () => {
  it('stand above the policy’s for as long as was asked for, and are shown', async () => {
    const id = await openCase();
    expect(await respond(id, 'owner-times', 'ana', { seconds: 7200, reason: 'repair' })).toMatchObject({
      ok: false,
      refused: { reason: 'no-owner' },
    });
    await respond(id, 'acknowledge', 'ana');
    const done = await respond(id, 'owner-times', 'ana', { seconds: 7200, reason: 'repair', remind: 3600 });
    expect(done.ok && viewOf(done.case).escalation.ownerTimes).toMatchObject({
      by: 'ana',
      remind: 3600,
      until: '2026-11-02T06:00:00.000Z',
    });
    await later('46m');
    expect(await pages(id)).toEqual(['ana 1/1/0']);
    await later('14m');
    expect(await pages(id)).toEqual(['ana 1/1/0', 'ana 2/1/0 reminder']);
    await later('1h', '30m', '15m');
    expect(await lastTypes(id, 3)).toEqual(['OwnerReminded', 'CaseReopened', 'StepStarted']);
  });
});

describe('a snooze', () => {
  it('is shown, and returns on time though its source is silent', async () => {
    const id = await openCase();
    const asleep = await respond(id, 'snooze', 'bo', { seconds: 3600, reason: 'bank is closed' });
    expect(asleep).toMatchObject({ ok: true, case: { state: 'snoozed', escalation: { status: 'snoozed' } } });
    await later('120s', '57m');
    expect(await pages(id)).toEqual(['ana 1/1/0']);
    await later('1m');
    expect(await pages(id)).toEqual(['ana 1/1/0', 'ana 2/1/0']);
    expect(await lastTypes(id, 3)).toEqual(['CaseSnoozed', 'SnoozeEnded', 'StepStarted']);
  });

  it('is broken by an event that makes the case more urgent', async () => {
    const event = ticketEvent({ severity: 'warning' });
    await rig.triage([event]);
    const [row] = await rig.query<{ id: string }>(
      'SELECT id::text FROM escalation_routing.case_record WHERE ticket_key = $1',
      [event.ticketKey],
    );
    const id = BigInt(row?.id ?? 0);
    await respond(id, 'snooze', 'bo', { seconds: 3600, reason: 'later' });
    await rig.triage([ticketEvent({ ticketKey: event.ticketKey, type: 'ticket.updated' })]);
    expect(await lastTypes(id, 4)).toEqual(['CaseUpdated', 'PriorityChanged', 'SnoozeEnded', 'StepStarted']);
  });

  it('into the past is refused', async () => {
    const id = await openCase();
    const past = await respond(id, 'snooze', 'bo', {
      until: Date.parse('2026-11-02T03:59:59Z'),
      reason: 'x',
    });
    expect(past).toMatchObject({ ok: false, refused: { reason: 'time-passed' } });
  });
});

describe('a step that waits for its condition', () => {
  it('is held minute by minute, over a restart of the service, until the clock of its zone meets it', async () => {
    const id = await openCase('warning');
    await later('120s', '60s');
    expect(await lastTypes(id, 2)).toEqual(['StepStarted', 'StepHeld']);
    expect(await rig.routing.advanceDue.untilNext()).toBe(60_000);
    const restarted = await routingOn(database.url, undefined, [WATCHED]);
    await clock.stop('2026-11-02T04:09:59Z');
    await restarted.routing.advanceDue.advance();
    expect(await pages(id)).toEqual(['ana 1/1/0']);
    await clock.stop('2026-11-02T04:10:00Z');
    await restarted.routing.advanceDue.advance();
    await restarted.close();
    expect(await pages(id)).toEqual(['ana 1/1/0', 'bo 1/1/1']);
    expect((await timeline(id)).filter(({ type }) => type === 'StepHeld')).toHaveLength(1);
  });

  it('has its wake-up given back by the auditor (L3)', async () => {
    await openCase('warning');
    await later('120s');
    await rig.query('UPDATE escalation_routing.escalation SET wake_at = NULL');
    expect((await rig.routing.auditEscalations.audit()).repaired).toHaveLength(1);
    await rig.routing.advanceDue.advance();
    expect(await rig.routing.advanceDue.untilNext()).toBe(60_000);
  });
});

describe('changing whom a case pages', () => {
  it('reassigns: others are paged at once, twice within ten seconds is one action, then the policy goes on', async () => {
    const id = await openCase();
    const to = [{ kind: 'person', name: 'dee' }] as const;
    await respond(id, 'reassign', 'ana', { to });
    await respond(id, 'reassign', 'ana', { to });
    await later('300s');
    expect(await pages(id)).toEqual(['ana 1/1/0', 'dee 2/1/0 owner', 'bo 2/1/1']);
  });

  it('adds responders beside a step and beside an owner; nothing else moves, and their answer is no stranger’s', async () => {
    const id = await openCase();
    await respond(id, 'add-responder', 'ana', { responder: 'bo' });
    await respond(id, 'acknowledge', 'bo');
    expect((await timeline(id)).at(-1)?.facts['notPaged']).toBeUndefined();
    await respond(id, 'add-responder', 'bo', { responder: 'dee' });
    const joined = await respond(id, 'acknowledge', 'dee');
    expect(joined).toMatchObject({ ok: true, case: { acknowledgedBy: 'bo' } });
    expect(await pages(id)).toEqual(['ana 1/1/0', 'bo 1/1/3 responder', 'dee 2/1/0 responder']);
    expect(await lastTypes(id, 2)).toEqual(['ResponderAdded', 'ResponderJoined']);
  });
});
