import { describe, expect, it } from '@jest/globals';
import type { Config } from '@tocsin/contracts';
import { readConfig } from '../config/read-config.js';
import { starterTree } from '../config/starter-tree.given.js';
import { startPlan } from './start-plan.js';

const read = readConfig(starterTree());
const config: Config = read.ok ? read.config : (undefined as never);

describe('the plan that a case pins', () => {
  it('is the policy of its service, plain enough to be stored', () => {
    const plan = startPlan(undefined, config, 'payouts');
    expect(plan).toMatchObject({
      policy: 'live-pay',
      steps: [
        { name: 'on-call', wait: 120 },
        { name: 'owner', wait: 180 },
      ],
      repeat: { from: 0, times: 1 },
      escalatesDownTo: 'P4',
    });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it.each([
    [undefined, undefined],
    ['gone', 'payouts'],
    [undefined, 'constructor'],
  ])('of policy %s and service %s is the last resort of P1 and P2', (policy, service) => {
    expect(startPlan(policy, config, service)).toEqual({
      service,
      steps: [],
      fallback: [{ kind: 'everyone' }],
      escalatesDownTo: 'P2',
    });
  });

  it('has the steps of another policy in the place of the step that names it; waits, rounds and fallback are the outer', () => {
    const tree = starterTree() as unknown as Record<string, Record<string, unknown>>;
    tree['policies'] = {
      'live-pay': {
        steps: [
          { name: 'first', page: 'policy night', wait: '10m' },
          { name: 'last', page: 'person dee', wait: '5m', repeat: { from: 'first', times: 2 } },
        ],
        fallback: { page: 'everyone' },
        acknowledged: { P1: { reopen: '1h', restart: 'last' } },
      },
      night: {
        steps: [
          {
            name: 'duty',
            page: 'person bo',
            wait: '1m',
            when: 'case.market == "SG"',
            otherwise: { 'go-to': 'owner' },
          },
          { name: 'spare', page: 'person ana', wait: '2m' },
          { name: 'owner', page: 'person chen', wait: '3m', when: 'case.round == 1', otherwise: 'hold' },
        ],
        fallback: { page: 'person ana' },
      },
    };
    const nested = readConfig(tree);
    if (!nested.ok) throw new Error(JSON.stringify(nested.faults));
    expect(startPlan(undefined, nested.config, 'payouts')).toMatchObject({
      steps: [
        { name: 'first › duty', wait: 60, otherwise: { goTo: 2 } },
        { name: 'first › spare', wait: 120 },
        { name: 'first › owner', wait: 600, otherwise: 'hold' },
        { name: 'last', wait: 300 },
      ],
      repeat: { from: 0, times: 2 },
      fallback: [{ kind: 'everyone' }],
      acknowledged: { P1: { reopen: 3600, restart: 3 } },
    });
  });
});
