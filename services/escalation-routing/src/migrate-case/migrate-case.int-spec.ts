import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CaseEvent, ConfigTree } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import type { MigrateResult } from './migrate-case.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

/** Dee before the owner, who has longer. */
const NEWER: ConfigTree = {
  ...TREE,
  policies: {
    'live-pay': {
      steps: [
        { name: 'head', page: 'person dee', wait: '60s' },
        { name: 'owner', page: 'tier2 of the service', wait: '10m' },
      ],
      fallback: { page: 'person dee' },
    },
  },
};
/** The service is gone, and with it policy, schedule, and everyone but Dee. */

const GONE: ConfigTree = {
  people: { dee: { name: 'Dee', timeZone: 'Asia/Singapore', contact: { desk: { sandbox: true } } } },
  sources: { demo: { kind: 'generic', severity: { critical: 'P1' } } },
};

const trees = [TREE];
let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, trees);
  clock = await FakeClock.install(database);
  await clock.stop('2026-11-02T04:00:00Z');
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});

async function openAtFirst(): Promise<bigint> {
  trees.length = 1;
  await rig.query('DELETE FROM escalation_routing.escalation');
  const event = ticketEvent();
  await rig.triage([event]);
  const [row] = await rig.query<{ id: string }>(
    'SELECT id::text FROM escalation_routing.case_record WHERE ticket_key = $1',
    [event.ticketKey],
  );
  return BigInt(row?.id ?? 0);
}

const timeline = (id: bigint): Promise<CaseEvent[]> => rig.routing.timeline.read({ tenant: 'default', id });
const migrate = (caseId: bigint, preview: boolean): Promise<MigrateResult> =>
  rig.routing.migrateCase.migrate({ tenant: 'default', caseId, by: 'ops', preview });
const pagedLast = async (id: bigint): Promise<unknown> => (await timeline(id)).at(-1)?.facts['persons'];

async function later(wait: string): Promise<void> {
  await clock.advance(wait);
  await rig.routing.advanceDue.advance();
}

describe('a case whose policy was edited', () => {
  it('keeps its plan; a preview shows what would remain and changes nothing', async () => {
    const id = await openAtFirst();
    trees.push(NEWER);
    const shown = await migrate(id, true);
    expect(shown).toMatchObject({
      migrated: {
        from: 1,
        to: 2,
        before: [
          { step: 'on-call' },
          { step: 'owner' },
          { step: 'on-call', round: 2 },
          { step: 'owner' },
          {},
        ],
        after: [{ step: 'head', page: ['person dee'], wait: 60 }, { step: 'owner' }, { step: 'fallback' }],
      },
    });
    expect((await timeline(id)).map(({ type }) => type)).not.toContain('EscalationMigrated');
    await later('120s');
    expect(await pagedLast(id)).toMatchObject([{ person: 'bo' }]);
  });

  it('moves when asked, to the step of the same name in a new epoch, and goes on by the new plan from then on', async () => {
    const id = await openAtFirst();
    await later('120s');
    trees.push(NEWER);
    expect(await migrate(id, false)).toMatchObject({
      ok: true,
      migrated: { case: { revision: 2, escalation: { state: 'running', epoch: 2, step: 1 } } },
    });
    await later('599s');
    expect((await timeline(id)).at(-1)?.type).toBe('StepStarted');
    await later('1s');
    expect((await timeline(id)).at(-1)?.type).toBe('FallbackPaged');
    await migrate(id, false);
    expect((await timeline(id)).filter(({ type }) => type === 'EscalationMigrated')).toHaveLength(1);
  });

  it('is refused when nothing runs, and unknown to another tenant', async () => {
    const caseId = await openAtFirst();
    await rig.routing.respondToCase.respond({
      tenant: 'default',
      caseId,
      act: 'resolve',
      by: 'ana',
      body: {},
    });
    trees.push(NEWER);
    expect(await migrate(caseId, false)).toMatchObject({ ok: false, refused: { reason: 'not-running' } });
    const other = { tenant: 'other', caseId, by: 'ops', preview: true };
    expect(await rig.routing.migrateCase.migrate(other)).toMatchObject({
      refused: { reason: 'unknown-case' },
    });
  });
});

describe('a case whose service, policy, schedule and people were deleted', () => {
  it('walks the plan that it pinned to the end', async () => {
    const id = await openAtFirst();
    trees.push(NEWER, GONE);
    const seen: unknown[] = [];
    for (const wait of ['120s', '180s', '120s', '180s']) {
      await later(wait);
      seen.push(await pagedLast(id));
    }
    expect(seen).toMatchObject([
      [{ person: 'bo' }],
      [{ person: 'ana' }],
      [{ person: 'bo' }],
      [{ person: 'dee' }],
    ]);
  });

  it('pages everyone who is left when it is moved all the same', async () => {
    const id = await openAtFirst();
    trees.push(NEWER, GONE);
    expect(await migrate(id, false)).toMatchObject({
      migrated: {
        after: [{ step: 'fallback', page: ['everyone'] }],
        case: { escalation: { state: 'exhausted' } },
      },
    });
    expect(await pagedLast(id)).toMatchObject([{ person: 'dee' }]);
  });
});
