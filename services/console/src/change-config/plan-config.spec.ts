import { describe, expect, it } from '@jest/globals';
import { planChanges } from './plan-config.js';

const policy = (wait: string) => ({ 'live-pay': { steps: [{ name: 'on-call', page: 'person bo', wait }] } });

describe('planning a change of config', () => {
  it('says nothing when nothing differs, whatever the order of keys', () => {
    expect(planChanges({ people: { bo: { a: 1, b: 2 } } }, { people: { bo: { b: 2, a: 1 } } })).toEqual([]);
  });

  it('names the value that differs, before and after', () => {
    expect(planChanges({ policies: policy('120s') }, { policies: policy('300s') })).toEqual([
      {
        kind: 'policies',
        name: 'live-pay',
        change: 'changed',
        differences: [{ pointer: '/policies/live-pay/steps/0/wait', before: '120s', after: '300s' }],
      },
    ]);
  });

  it('lists added and removed objects by name', () => {
    expect(planChanges({ people: { bo: {} } }, { people: { ana: {} } })).toEqual([
      { kind: 'people', name: 'ana', change: 'added' },
      { kind: 'people', name: 'bo', change: 'removed' },
    ]);
  });

  it('shows a rule list whose length differs as a whole', () => {
    const [change] = planChanges({ routing: [] }, { routing: [{ when: 'true', to: 'service a' }] });
    expect(change).toMatchObject({
      kind: 'routing',
      change: 'changed',
      differences: [{ pointer: '/routing', before: [] }],
    });
  });
});
