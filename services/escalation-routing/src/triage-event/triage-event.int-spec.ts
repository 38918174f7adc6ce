import type { TicketEvent } from '@tocsin/contracts';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { caseIdText } from '@tocsin/contracts';
import { type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { fc } from '@tocsin/test-rig/worlds';
import { routingOn, type RoutingRig, ticketEvent } from '../routing.rig.js';

interface CaseSummary {
  readonly state: string;
  readonly priority: string;
  readonly events: number;
}

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

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

const casesOf = (key: string): Promise<CaseSummary[]> =>
  rig.query<CaseSummary>(
    'SELECT state, priority, events FROM escalation_routing.case_record WHERE ticket_key = $1 ORDER BY opened_at, id',
    [key],
  );

/** What was appended for the cases of a key, in order. */
async function rowsOf(
  ticketKey: string,
  topic: string,
): Promise<{ type: string; payload: string; lane: string }[]> {
  const cases = await rig.query<{ id: string }>(
    'SELECT id::text FROM escalation_routing.case_record WHERE ticket_key = $1',
    [ticketKey],
  );
  const keys = cases.map(({ id }) => `default:${caseIdText(BigInt(id))}`);
  return rig.query(
    'SELECT type, payload, lane FROM escalation_routing.outbox WHERE topic = $1 AND key = ANY ($2) ORDER BY batch, n',
    [topic, keys],
  );
}

describe('triaging events', () => {
  it('opens a case with an explained priority and pages whoever is on call, on the hot lane', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'first' })]);
    expect(await casesOf('first')).toEqual([{ state: 'open', priority: 'P1', events: 1 }]);
    const pages = await rowsOf('first', 'pages');
    expect(pages.map(({ type, lane }) => [type, lane])).toEqual([['PageRequested', 'hot']]);
    expect(JSON.parse(pages[0]?.payload ?? '')).toMatchObject({
      person: 'ana',
      priority: 'P1',
      epoch: 1,
      round: 1,
      step: 0,
      stepName: 'on-call',
      steps: 2,
      policy: 'live-pay',
      ticketKey: 'first',
    });
  });

  it('opens a P5 case that pages nobody, and says why', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'calm', severity: 'info' })]);
    const [row] = await rig.query<{ no_escalation: string; status: string }>(
      `SELECT c.no_escalation, e.status FROM escalation_routing.case_record c
        JOIN escalation_routing.escalation e ON e.case_id = c.id WHERE ticket_key = 'calm'`,
    );
    expect(row).toEqual({ no_escalation: 'below-band', status: 'none' });
  });

  it('makes one case and one page of 500 events with one key that come by 20 ways at once', async () => {
    const events = Array.from({ length: 500 }, () => ticketEvent({ ticketKey: 'storm' }));
    await Promise.all(
      Array.from({ length: 20 }, async (_, way) => {
        for (let at = way; at < events.length; at += 20) await rig.triage(events.slice(at, at + 1));
      }),
    );
    expect(await casesOf('storm')).toEqual([{ state: 'open', priority: 'P1', events: 500 }]);
    expect(await rowsOf('storm', 'pages')).toHaveLength(1);
  });

  it('applies an event once, however often it comes', async () => {
    const event = ticketEvent({ ticketKey: 'again' });
    await rig.triage([event, event]);
    await rig.triage([event]);
    expect(await casesOf('again')).toEqual([{ state: 'open', priority: 'P1', events: 1 }]);
  });

  it('opens no case and pages nobody when the created arrives after the resolved', async () => {
    await rig.triage([
      ticketEvent({ ticketKey: 'late', type: 'ticket.resolved', version: { by: 'sender', at: 9, tie: '' } }),
    ]);
    await rig.triage([ticketEvent({ ticketKey: 'late', version: { by: 'sender', at: 1, tie: '' } })]);
    expect(await casesOf('late')).toEqual([]);
    const outcomes = await rig.query<{ outcome: string }>(
      `SELECT outcome FROM escalation_routing.applied_event a WHERE case_id IS NULL ORDER BY outcome`,
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['ignored:late', 'ignored:no-open-case']);
  });

  it('keeps the subject when an update has none, and opens nothing for an alert that was never raised', async () => {
    const untitled: Partial<TicketEvent> = {
      kind: 'alert',
      type: 'ticket.updated',
      subject: 'pd',
      flags: ['subject-from-key'],
    };
    await rig.triage([ticketEvent({ ticketKey: 'pd', ...untitled })]);
    expect(await casesOf('pd')).toEqual([]);
    await rig.triage([
      ticketEvent({ ticketKey: 'pd', kind: 'alert', type: 'alert.raised', subject: 'Disk full' }),
    ]);
    await rig.triage([ticketEvent({ ticketKey: 'pd', ...untitled })]);
    expect(await casesOf('pd')).toMatchObject([{ state: 'open', events: 2 }]);
    const [row] = await rig.query<{ subject: string }>(
      `SELECT subject FROM escalation_routing.case_record WHERE ticket_key = 'pd'`,
    );
    expect(row?.subject).toBe('Disk full');
  });

  it('stops the pages when the ticket is resolved, and tells that a comment after it was ignored', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'done' })]);
    await rig.triage([ticketEvent({ ticketKey: 'done', type: 'ticket.resolved' })]);
    await rig.triage([ticketEvent({ ticketKey: 'done', type: 'ticket.commented' })]);
    expect(await casesOf('done')).toEqual([{ state: 'resolved', priority: 'P1', events: 2 }]);
    expect((await rowsOf('done', 'pages')).map(({ type }) => type)).toEqual([
      'PageRequested',
      'PagesStopped',
    ]);
    expect((await rowsOf('done', 'cases')).at(-1)).toMatchObject({ type: 'EventIgnored' });
  });

  it('opens a new case when a newer created follows the resolve', async () => {
    await rig.triage(
      (['ticket.created', 'ticket.resolved', 'ticket.created'] as const).map((type) =>
        ticketEvent({ ticketKey: 'twice', type }),
      ),
    );
    expect((await casesOf('twice')).map(({ state }) => state).sort()).toEqual(['open', 'resolved']);
  });

  it('raises the priority by a later event and starts the escalation that there was not', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'worse', severity: 'info' })]);
    await rig.triage([ticketEvent({ ticketKey: 'worse', type: 'ticket.updated', severity: 'critical' })]);
    expect(await casesOf('worse')).toEqual([{ state: 'open', priority: 'P1', events: 2 }]);
    expect((await rowsOf('worse', 'pages')).map(({ type }) => type)).toEqual(['PageRequested']);
  });

  it('leaves the priority alone when an event says nothing of urgency', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'quiet', severity: 'info' })]);
    const comment = ticketEvent({ ticketKey: 'quiet', type: 'ticket.commented', severity: 'of no meaning' });
    await rig.triage([comment]);
    expect(await casesOf('quiet')).toEqual([{ state: 'open', priority: 'P5', events: 2 }]);
  });

  it('ends in the same state in whatever order and batches the events come (S3)', async () => {
    const types = ['ticket.created', 'ticket.updated', 'ticket.resolved', 'ticket.commented'] as const;
    const ends = new Set<string>();
    let runs = 0;
    const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 4 }), async (positions, size) => {
        const key = `permuted-${(runs += 1)}`;
        const events = positions.map((n) =>
          ticketEvent({
            ticketKey: key,
            type: types[n] ?? 'ticket.created',
            version: { by: 'sender', at: n, tie: '' },
          }),
        );
        for (let at = 0; at < events.length; at += size) await rig.triage(events.slice(at, at + size));
        const [open] = await rig.query<{ open: number }>(
          `SELECT count(*)::int AS open FROM escalation_routing.case_record WHERE ticket_key = $1 AND state <> 'resolved'`,
          [key],
        );
        const [ticket] = await rig.query<object>(
          `SELECT seen_at, opened_at, resolved_at FROM escalation_routing.ticket WHERE ticket_key = $1`,
          [key],
        );
        ends.add(JSON.stringify([open, ticket]));
      }),
      { numRuns: 30 },
    );
    expect([...ends]).toEqual([JSON.stringify([{ open: 0 }, { seen_at: 3, opened_at: 0, resolved_at: 2 }])]);
  });

  it('spends at most six round trips on 100 new events', async () => {
    let trips = 0;
    const events = Array.from({ length: 100 }, () => ({ event: ticketEvent() }));
    await rig.connections.transactions.run('hot', async (tx) => {
      const counting = {
        query: <Row>(statement: Parameters<typeof tx.query>[0]) => {
          trips += 1;
          return tx.query<Row>(statement);
        },
        afterCommit: (act: () => void) => tx.afterCommit(act),
      };
      await rig.routing.triageEvent.triage(counting, events);
    });
    expect(trips).toBeLessThanOrEqual(6);
  });
});

describe('a crash between two statements of triage', () => {
  it.each([
    'router.after_tickets',
    'router.after_cases',
    'router.after_plan',
    'router.after_save',
    'router.after_append',
  ])('at %s leaves nothing behind, and the batch takes effect when it comes again', async (point) => {
    let dead = false;
    const crashing = await routingOn(database.url, (name) => {
      if (name !== point || dead) return;
      dead = true;
      throw new Error('killed');
    });
    const event = ticketEvent({ ticketKey: point });
    await expect(crashing.triage([event])).rejects.toThrow('killed');
    expect(await casesOf(point)).toEqual([]);
    expect(await rig.query(`SELECT 1 FROM escalation_routing.ticket WHERE ticket_key = $1`, [point])).toEqual(
      [],
    );
    await crashing.triage([event]);
    expect(await casesOf(point)).toEqual([{ state: 'open', priority: 'P1', events: 1 }]);
    expect(await rowsOf(point, 'pages')).toHaveLength(1);
    await crashing.close();
  });
});

describe('the constraint of S4', () => {
  it('refuses a step that is planned twice', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'planned' })]);
    await expect(
      rig.query(
        `INSERT INTO escalation_routing.step_plan SELECT * FROM escalation_routing.step_plan LIMIT 1`,
      ),
    ).rejects.toThrow(/step_plan_pkey/);
  });
});
