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
});
