import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { caseIdText, type CaseEvent, type ConfigTree } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { CASE_COLUMNS, caseOf, type CaseRow } from '../case-row.js';
import type { RoutedCase } from '../routed-case.js';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

const ruleOf = (name: string, when: string, set: string) => ({
  ...{ name, when, set },
  because: { en: name, 'zh-CN': name },
});

/** Only P1 and P2 page. What is promised at P2 is over before a case that is at risk at P3 becomes one. */
const GATHERING = {
  ...TREE,
  policies: Object.fromEntries(
    Object.entries(TREE.policies ?? {}).map(([name, policy]) => [name, { ...policy, escalates: 'P1-P2' }]),
  ),
  priority: {
    rules: [
      ruleOf('broken', 'event.promise == "breached"', 'P1'),
      ruleOf('risky', 'event.promise == "at-risk"', 'P2'),
      ruleOf('storm', 'event.reports >= 50', 'P2'),
    ],
    recalculate: { lower: 'after 30m stable' },
  },
  sla: [
    {
      ...{ name: 'patient', when: 'case.market == "SG"', calendar: '24x7' },
      targets: { acknowledge: { P3: '100m', P2: '90m' } },
    },
    {
      ...{ name: 'strict', when: 'case.market == "GB"', calendar: '24x7' },
      targets: { resolve: { P3: '100m', P2: '60m', P1: '10m' } },
    },
  ],
} as ConfigTree;

const KILLED = 'killed';
let dies: string | undefined;
let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  const pass = (place: string): void => {
    if (place === dies) throw new Error(KILLED);
  };
  rig = await routingOn(database.url, pass, [GATHERING]);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  dies = undefined;
  for (const table of ['escalation', 'outbox', 'sla_clock', 'case_record', 'ticket'])
    await rig.query(`DELETE FROM escalation_routing.${table}`);
  await at(0);
});

/** Minutes after the opening. */
const at = (minutes: number): Promise<void> =>
  clock.stop(new Date(Date.UTC(2026, 10, 2, 3, minutes)).toISOString());

async function theCase(): Promise<RoutedCase> {
  const [row] = await rig.query<CaseRow>(
    `SELECT ${CASE_COLUMNS} FROM escalation_routing.case_record c JOIN escalation_routing.escalation e ON e.case_id = c.id`,
  );
  if (row === undefined) throw new Error('no case');
  return caseOf(row);
}
const rows = async (topic: string): Promise<CaseEvent[]> => {
  const key = `default:${caseIdText((await theCase()).id)}`;
  const found = await rig.query<{ payload: string }>(
    'SELECT payload FROM escalation_routing.outbox WHERE topic = $1 AND key = $2 ORDER BY batch, n',
    [topic, key],
  );
  return found.map(({ payload }) => JSON.parse(payload) as CaseEvent);
};
const changes = async () =>
  (await rows('cases')).flatMap(({ type, facts }) =>
    type === 'PriorityChanged' ? [[facts['from'], facts['to'], facts['cause']]] : [],
  );
const toldOf = async (...types: string[]): Promise<string[]> =>
  (await rows('cases')).map(({ type }) => type as string).filter((type) => types.includes(type));
const warning = { ticketKey: 'T', severity: 'warning' } as const;

describe('how often a case was reported', () => {
  it('raises within the transaction of the report that is one too many; what is delivered twice counts once', async () => {
    const reports = Array.from({ length: 60 }, () => ticketEvent(warning));
    await rig.triage(reports.slice(0, 1));
    await rig.triage([ticketEvent({ ...warning, type: 'ticket.commented' })]);
    await rig.triage(reports.slice(1, 49));
    expect([(await theCase()).priority, await rows('pages')]).toEqual(['P3', []]);
    await rig.triage(reports.slice(1));
    await rig.triage(reports);
    expect(await theCase()).toMatchObject({ priority: 'P2', weighing: { facts: { reports: 60 } } });
    expect(await changes()).toEqual([['P3', 'P2', 'raised']]);
    expect(await rows('pages')).toHaveLength(1);
    const raised = (await rows('cases')).find(({ type }) => type === 'PriorityChanged');
    expect(raised?.facts).toMatchObject({
      record: { inputs: { reports: 50 } },
      counterfactual: { text: { en: 'P3 if reports < 50' } },
    });
  });

  it('raises by sixty that come at once', async () => {
    await rig.triage(Array.from({ length: 60 }, () => ticketEvent(warning)));
    expect(await theCase()).toMatchObject({ priority: 'P2', weighing: { facts: { reports: 60 } } });
    expect(await rows('pages')).toHaveLength(1);
  });

  it('counts from one in a case that was weighed before reports were counted', async () => {
    await rig.triage([ticketEvent(warning)]);
    await rig.query(
      `UPDATE escalation_routing.case_record SET
        weighing = (weighing::jsonb #- '{facts,reports}' #- '{facts,promise}')::text`,
    );
    expect((await theCase()).weighing?.facts).not.toHaveProperty('reports');
    await rig.triage([ticketEvent(warning)]);
    expect((await theCase()).weighing?.facts).toMatchObject({ reports: 2, promise: '' });
  });

  it('counts a created that its own update has overtaken once', async () => {
    const created = ticketEvent(warning);
    await rig.triage([ticketEvent({ ...warning, type: 'ticket.updated' })]);
    await rig.triage([created]);
    expect((await theCase()).weighing?.facts.reports).toBe(1);
  });
});

describe('a promise', () => {
  it.each(['router.after_plan', 'router.after_save', 'router.after_append'])(
    'at risk raises and pages in the transaction of its clock, all or nothing where it dies at %s',
    async (failpoint) => {
      await rig.triage([ticketEvent({ ...warning, market: 'SG' })]);
      await at(79);
      expect(await rig.routing.advanceSla.advance()).toBe(0);
      await at(80);
      dies = failpoint;
      await expect(rig.routing.advanceSla.advance()).rejects.toThrow(KILLED);
      expect([(await theCase()).priority, await toldOf('SlaAtRisk'), await rows('pages')]).toEqual([
        ...['P3', [], []],
      ]);
      dies = undefined;
      const other = await routingOn(database.url, undefined, [GATHERING]);
      await Promise.all([other.routing.advanceSla.advance(), rig.routing.advanceSla.advance()]);
      await other.close();
      expect(await theCase()).toMatchObject({
        priority: 'P2',
        because: { en: 'risky (rule «risky»: P2)' },
        weighing: { facts: { promise: 'at-risk' } },
      });
      expect(await toldOf('SlaAtRisk', 'PriorityChanged', 'StepStarted')).toEqual([
        ...['SlaAtRisk', 'PriorityChanged', 'StepStarted'],
      ]);
      expect(await rows('pages')).toHaveLength(1);
      expect(await rig.routing.advanceSla.advance()).toBe(0);
    },
  );

  it('that is over by the raise which its risk has caused is breached at once, and that is the end of it', async () => {
    await rig.triage([ticketEvent({ ...warning, market: 'GB' })]);
    await at(80);
    await rig.routing.advanceSla.advance();
    expect(await changes()).toEqual([
      ['P3', 'P2', 'raised'],
      ['P2', 'P1', 'raised'],
    ]);
    expect(await toldOf('SlaAtRisk', 'SlaBreached')).toEqual(['SlaAtRisk', 'SlaBreached']);
    expect(await theCase()).toMatchObject({ priority: 'P1', version: 2 });
    await at(500);
    expect(await rig.routing.advanceSla.advance()).toBe(0);
    expect(await rig.routing.reweighDue.reweigh()).toBe(0);
    expect((await theCase()).priority).toBe('P1');
  });

  it('that an answer ends asks for less, and gets it after the stable time', async () => {
    await rig.triage([ticketEvent({ ...warning, market: 'SG' })]);
    await at(80);
    await rig.routing.advanceSla.advance();
    await at(85);
    await rig.routing.respondToCase.respond({
      ...{ tenant: 'default', caseId: (await theCase()).id, act: 'acknowledge', by: 'ana', body: {} },
    });
    expect(await theCase()).toMatchObject({
      priority: 'P2',
      weighing: { facts: { promise: '' }, lowering: { to: 'P3' } },
    });
    await at(114);
    await rig.routing.reweighDue.reweigh();
    expect((await theCase()).priority).toBe('P2');
    await at(115);
    await rig.routing.reweighDue.reweigh();
    expect(await changes()).toEqual([
      ['P3', 'P2', 'raised'],
      ['P2', 'P3', 'lowered'],
    ]);
  });

  it('of a case that is resolved moves nothing, and is at risk again when it is opened again', async () => {
    await rig.triage([ticketEvent({ ...warning, market: 'GB' })]);
    await at(70);
    const answer = { tenant: 'default', caseId: (await theCase()).id, by: 'ana', body: {} };
    await rig.routing.respondToCase.respond({ ...answer, act: 'resolve' });
    await at(200);
    expect(await rig.routing.advanceSla.advance()).toBe(0);
    expect((await theCase()).priority).toBe('P3');
    await rig.routing.respondToCase.respond({ ...answer, act: 'reopen' });
    await at(211);
    await rig.routing.advanceSla.advance();
    expect((await theCase()).priority).toBe('P1');
  });
});
