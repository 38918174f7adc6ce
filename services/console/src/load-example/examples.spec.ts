import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readFolder } from '@tocsin/config-files';
import { holdsLoopbackOnly } from '@tocsin/connections';
import { type Config, instantOf, type TicketEvent } from '@tocsin/contracts';
import {
  decidePriority,
  methodsOf,
  pickService,
  planAttempts,
  readConfig,
  resolveTargets,
  startPlan,
} from '@tocsin/rules';

const examples = resolve(import.meta.dirname, '../../../../examples');

async function worldOf(name: string): Promise<Config> {
  const files = await readFolder(resolve(examples, name));
  if (!files.ok) throw new Error(JSON.stringify(files.faults));
  const read = readConfig(files.tree);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

const event = (source: string, severity?: string): TicketEvent => ({
  id: 'evt_1',
  tenant: 'default',
  source,
  kind: 'ticket',
  type: 'ticket.created',
  ticketKey: 'K',
  version: { by: 'receipt', at: 0, tie: '' },
  receivedAt: '2026-11-22T03:00:00.000Z',
  subject: 'Creators cannot withdraw',
  ...(severity === undefined ? {} : { severity }),
  tags: [],
  parties: [],
  attributes: {},
  restricted: false,
});

describe('the starter world', () => {
  it.each([
    ['demo', 'critical', 'P1'],
    ['demo', 'info', 'P5'],
    ['zendesk', 'urgent', 'P1'],
    ['zendesk', 'low', 'P4'],
    ['alertmanager', 'warning', 'P3'],
    ['pagerduty', 'error', 'P2'],
    ['demo', undefined, 'P4'],
  ])(
    'makes of a %s event of severity «%s» a %s case of a service that has a policy',
    async (source, severity, priority) => {
      const world = await worldOf('starter');
      expect(decidePriority(event(source, severity), world).priority).toBe(priority);
      const { service } = pickService(event(source, severity), world);
      expect(world.services[service ?? '']?.policy).toBe('live-pay');
    },
  );

  it.each(['2024-03-01T00:00:00Z', '2026-11-22T23:59:59Z', '2031-07-07T01:00:00Z'])(
    'has Bo on call at %s, then Chen, Dee, and everyone at last',
    async (at) => {
      const world = await worldOf('starter');
      const context = { config: world, service: 'live-payouts', at: instantOf(at) };
      const policy = world.policies['live-pay'];
      const paged = startPlan('live-pay', world, 'live-payouts').steps.map(({ page }) =>
        resolveTargets(page, context).persons.map(({ person }) => person),
      );
      expect(paged).toEqual([['bo'], ['chen'], ['dee']]);
      expect(policy?.steps.map(({ wait }) => wait)).toEqual([120, 180, 180]);
      expect(resolveTargets(policy?.fallback?.page ?? [], context).persons).toHaveLength(4);
      expect(policy?.escalates).not.toContain('P5');
    },
  );

  it('pages Bo by push and text message at once, by voice after 60 s', async () => {
    const bo = (await worldOf('starter')).people['bo'];
    if (bo === undefined) throw new Error('no Bo');
    const plan = planAttempts({ priority: 'P1', dueAt: 0 }, bo.notify, methodsOf(bo));
    expect(plan).toMatchObject({
      attempts: [
        { method: 'app', dueAt: 0 },
        { method: 'phone', dueAt: 0 },
        { method: 'voice', dueAt: 60_000 },
      ],
    });
  });

  it('is the world of the containers but for where the secrets come from', async () => {
    const [starter, containers] = [await worldOf('starter'), await worldOf('compose')];
    expect(holdsLoopbackOnly(starter)).toBe(true);
    expect(holdsLoopbackOnly(containers)).toBe(false);
    const unnamed = (world: Config): string =>
      JSON.stringify(world).replaceAll(/"(env|loopback-only):[^"]+"/g, '"secret"');
    expect(unnamed(containers)).toBe(unnamed(starter));
  });
});
