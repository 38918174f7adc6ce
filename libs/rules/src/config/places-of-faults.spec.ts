import { describe, expect, it } from '@jest/globals';
import { changedTree } from './changed-tree.given.js';
import { flattenTaxonomy } from './flatten-taxonomy.js';
import { nearestName } from './nearest-name.js';
import { readConfig } from './read-config.js';

/** All faults of the starter tree with members replaced; the first word is the place. */
function faultsOf(changes: Readonly<Record<string, unknown>>): string[] {
  const read = readConfig(changedTree(changes));
  return read.ok ? [] : read.faults.map(({ pointer, message }) => `${pointer}: ${message}`);
}

const step = (name: string, page: unknown, more: object = {}) => ({ name, page, wait: '1m', ...more });
const fallback = { page: 'everyone' };

describe('a name that names nothing', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'of a member',
      { '/teams/live/members': ['bo', 'anna'] },
      '/teams/live/members/1: «anna» is no person; did you mean «ana»?',
    ],
    [
      'of the only target of a rung',
      { '/teams/live/ladder/tier2': ['person zed'] },
      '/teams/live/ladder/tier2: «zed» is no person',
    ],
    [
      'of one target of several of a rung',
      { '/teams/live/ladder/manager': ['person dee', 'team zed'] },
      '/teams/live/ladder/manager/1: «zed» is no team',
    ],
    [
      'of one target of several of a step',
      { '/policies/live-pay/steps/0/page': ['person bo', 'schedule zed'] },
      '/policies/live-pay/steps/0/page/1: «zed» is no schedule',
    ],
    [
      'of a fallback',
      { '/policies/live-pay/fallback/page': 'person zed' },
      '/policies/live-pay/fallback/page: «zed» is no person',
    ],
    [
      'of a policy within a policy',
      { '/policies/live-pay/steps/0/page': 'policy zed' },
      '/policies/live-pay/steps/0/page: «zed» is no policy',
    ],
    [
      'of a layer',
      { '/schedules/primary/layers/0/people': ['bo', 'zed'] },
      '/schedules/primary/layers/0/people/1: «zed» is no person',
    ],
    [
      'of the team of a service',
      { '/services/payouts/team': 'zed' },
      '/services/payouts/team: «zed» is no team',
    ],
    [
      'of the policy of a service',
      { '/services/payouts/policy': 'zed' },
      '/services/payouts/policy: «zed» is no policy',
    ],
    [
      'of a category of a service',
      { '/services/payouts/handles': ['live.payout', 'zed'] },
      '/services/payouts/handles/1: «zed» is no category of the taxonomy',
    ],
    [
      'of a service that one depends on',
      { '/services/payouts/depends-on': ['other', 'zed'] },
      '/services/payouts/depends-on/1: «zed» is no service',
    ],
    [
      'of the service of a heartbeat',
      { '/heartbeats': { night: { to: 'service zed', every: '1h', grace: '5m' } } },
      '/heartbeats/night/to: «zed» is no service',
    ],
    [
      'of the services of a window',
      {
        '/maintenance': [
          {
            name: 'w',
            services: ['other', 'zed'],
            every: ['Mon'],
            from: '02:00',
            for: '1h',
            timeZone: 'UTC',
          },
        ],
      },
      '/maintenance/0/services/1: «zed» is no service',
    ],
    [
      'of the sources of a window',
      {
        '/maintenance': [
          { name: 'w', sources: ['zed'], every: ['Mon'], from: '02:00', for: '1h', timeZone: 'UTC' },
        ],
      },
      '/maintenance/0/sources/0: «zed» is no source',
    ],
    [
      'of the person of a token',
      { '/tokens': { t: { token: 'env:T', role: 'viewer', person: 'zed' } } },
      '/tokens/t/person: «zed» is no person',
    ],
  ])('%s stands at its place', (_, changes, fault) => {
    expect(faultsOf(changes)).toEqual(expect.arrayContaining([expect.stringContaining(fault)]));
  });

  it('in a test stands at its step', () => {
    const test = {
      name: 't',
      given: { at: '2026-11-28 03:00 UTC' },
      when: [
        { 'at 0s': { event: { source: 'zed1' } } },
        { 'at 1s': { acknowledge: 'zed2' } },
        { 'at 2s': { resolve: 'zed3' } },
      ],
      then: [{ 'at 3s': { case: { service: 'zed4' }, paged: ['bo', 'zed5'], 'paged-never': ['zed6'] } }],
    };
    expect(faultsOf({ '/tests': [test] })).toEqual([
      '/tests/0/when/0/at 0s/event/source: «zed1» is no source',
      '/tests/0/when/1/at 1s/acknowledge: «zed2» is no person',
      '/tests/0/when/2/at 2s/resolve: «zed3» is no person',
      '/tests/0/then/0/at 3s/case/service: «zed4» is no service',
      '/tests/0/then/0/at 3s/paged/1: «zed5» is no person',
      '/tests/0/then/0/at 3s/paged-never/0: «zed6» is no person',
    ]);
  });

  it('of a contact method stands at its rule', () => {
    const notify = { 'P1-P2': [{ via: ['desk'] }, { after: '1m', via: ['zed'] }] };
    expect(faultsOf({ '/people/bo/notify': notify })).toEqual([
      '/people/bo/notify/P1-P2/1/via: «zed» is no contact method of this person',
    ]);
  });
});

describe('names that stand twice', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'of steps',
      {
        '/policies/live-pay/steps': [step('a', 'person bo'), step('b', 'person bo'), step('a', 'person bo')],
      },
      '/policies/live-pay/steps/2/name',
    ],
    [
      'of windows',
      {
        '/maintenance': ['w', 'w'].map((name) => ({
          name,
          every: ['Mon'],
          from: '02:00',
          for: '1h',
          timeZone: 'UTC',
          services: ['other'],
        })),
      },
      '/maintenance/1/name',
    ],
    [
      'of priority rules',
      {
        '/priority/rules': ['r', 'r'].map((name) => ({
          name,
          when: 'true',
          set: 'P2',
          because: { en: 'b', 'zh-CN': 'b' },
        })),
      },
      '/priority/rules/1/name',
    ],
  ])('%s are a fault at the second', (_, changes, place) => {
    expect(faultsOf(changes).map((fault) => fault.split(':')[0])).toEqual([place]);
  });
});

describe('a ladder', () => {
  it('may not lead to a rung again', () => {
    expect(faultsOf({ '/teams/live/ladder/tier2': 'manager of the service' })).toEqual([
      expect.stringMatching(/^\/teams\/live\/ladder\/tier2: /),
    ]);
  });

  it('needs the rungs of the fallback, and not those of a fallback of a policy within', () => {
    expect(faultsOf({ '/policies/live-pay/fallback/page': 'executive of the service' })).toEqual([
      expect.stringContaining('/teams/live/ladder: policy «live-pay» pages executive'),
    ]);
    const within = { steps: [step('duty', 'person bo')], fallback: { page: 'executive of the service' } };
    expect(
      faultsOf({ '/policies/night': within, '/policies/live-pay/steps/0/page': 'policy night' }),
    ).toEqual([]);
  });
});

describe('a policy', () => {
  it('without a fallback is a fault where P1 or P2 escalate by it', () => {
    const of = (escalates: string) =>
      faultsOf({ '/policies/calm': { steps: [step('a', 'person bo')], escalates } });
    expect(of('P1')).toEqual([expect.stringMatching(/^\/policies\/calm: /)]);
    expect(of('P2-P3')).toEqual([expect.stringMatching(/^\/policies\/calm: /)]);
    expect(of('P3-P5')).toEqual([]);
  });

  it('repeats from one of its steps, after its last', () => {
    const of = (steps: unknown) => faultsOf({ '/policies/turns': { steps, fallback } });
    const repeat = (from: string) => ({ repeat: { from, times: 1 } });
    expect(of([step('a', 'person bo'), step('b', 'person bo', repeat('a'))])).toEqual([]);
    expect(of([step('a', 'person bo', repeat('a')), step('b', 'person bo')])).toEqual([
      expect.stringMatching(/^\/policies\/turns\/steps\/0\/repeat: /),
    ]);
    expect(of([step('a', 'person bo', repeat('z'))])).toEqual([
      expect.stringMatching(/^\/policies\/turns\/steps\/0\/repeat\/from: «z»/),
    ]);
  });

  it('that leads into a circle of others is in none itself', () => {
    const policy = (page: string) => ({ steps: [step('s', page)], fallback });
    const faults = faultsOf({
      '/policies/outer': policy('policy a'),
      '/policies/a': policy('policy b'),
      '/policies/b': policy('policy a'),
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      '/policies/a/steps/0/page',
      '/policies/b/steps/0/page',
    ]);
  });
});

describe('services that depend on each other in a circle', () => {
  const policy = { team: 'live', policy: 'live-pay' };

  it('are named with the way round, at each of them; who only leads there is not', () => {
    const faults = faultsOf({
      '/services/payouts/depends-on': ['a'],
      '/services/a': { ...policy, handles: ['safety'], 'depends-on': ['b'] },
      '/services/b': { ...policy, handles: ['safety.child'], 'depends-on': ['a'] },
    });
    expect(faults).toEqual([
      expect.stringMatching(/^\/services\/a\/depends-on: .*a → b → a/),
      expect.stringMatching(/^\/services\/b\/depends-on: .*b → a → b/),
    ]);
  });
});

describe('what a resolution asks for', () => {
  it('is no code where there is none to choose', () => {
    expect(faultsOf({ '/resolution': { requires: { 'P1-P2': ['code'] } } })).toEqual([
      expect.stringMatching(/^\/resolution\/requires: /),
    ]);
    expect(faultsOf({ '/resolution': { requires: { 'P1-P2': ['note'] } } })).not.toContainEqual(
      expect.stringMatching(/^\/resolution\/requires: /),
    );
  });
});

describe('a place', () => {
  it('has «~» and «/» of a name written so that it can be found', () => {
    expect(
      faultsOf({ '/teams/a~1b': undefined, '/teams': { 'a/b~c': { members: ['zed'] } } }),
    ).toContainEqual(expect.stringMatching(/^\/teams\/a~1b~0c/));
  });

  it('of what stands under no object of a taxonomy is that of the value', () => {
    expect(faultsOf({ '/taxonomy/live': 7 })).toContainEqual(expect.stringMatching(/^\/taxonomy\/live: /));
  });
});

describe('a taxonomy', () => {
  it('is one record of dotted paths, each with its own members and its place', () => {
    const { categories, origins } = flattenTaxonomy({
      live: { label: 'l', payout: { label: 'p', late: { floor: 'P1' } }, odd: [1] },
      'live.refund': { label: 'r' },
      wrong: 7,
    });
    expect(categories).toEqual({
      live: { label: 'l', odd: [1] },
      'live.payout': { label: 'p' },
      'live.payout.late': { floor: 'P1' },
      'live.refund': { label: 'r' },
      wrong: 7,
    });
    expect(Object.fromEntries(origins)).toEqual({
      live: ['live'],
      'live.payout': ['live', 'payout'],
      'live.payout.late': ['live', 'payout', 'late'],
      'live.refund': ['live.refund'],
      wrong: ['wrong'],
    });
  });

  it.each([[undefined], [null], [[]], ['x']])('of %j has none', (taxonomy) => {
    expect(flattenTaxonomy(taxonomy)).toEqual({ categories: {}, origins: new Map() });
  });
});

describe('the nearest name', () => {
  it.each<[string, string[], string | undefined]>([
    ['live', ['live'], 'live'],
    ['lve', ['life', 'live'], 'live'],
    ['livee', ['live'], 'live'],
    ['live', ['olive', 'zive'], 'olive'],
    ['ab', ['xyz'], undefined],
    ['ab', ['xy'], 'xy'],
    ['abc', ['xyz'], undefined],
    ['payments', ['payouts'], undefined],
    ['payment-x', ['payment'], 'payment'],
    ['abcdefghi', ['abcdefxyz'], 'abcdefxyz'],
    ['abcdefghi', ['abcdewxyz'], undefined],
    ['', ['ab', 'a'], 'a'],
    ['kitten', ['sittin'], 'sittin'],
    ['ca', ['abc'], undefined],
    ['x', [], undefined],
  ])('to «%s» among %j is %j', (name, names, nearest) => {
    expect(nearestName(name, names)).toBe(nearest);
  });
});
