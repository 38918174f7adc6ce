import { describe, expect, it } from '@jest/globals';
import { changedTree as changed } from './changed-tree.given.js';
import { readConfig } from './read-config.js';
import { starterTree } from './starter-tree.given.js';

const faultsOf = (changes: Readonly<Record<string, unknown>>): string[] => {
  const read = readConfig(changed(changes));
  return read.ok ? [] : read.faults.map(({ pointer, message }) => `${pointer}: ${message}`);
};

describe('reading a config tree', () => {
  it('takes a sound one, units resolved', () => {
    const read = readConfig(starterTree());
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    expect(read.config.policies['live-pay']?.steps[0]).toMatchObject({ wait: 120 });
    expect(Object.keys(read.config.taxonomy)).toEqual(['live', 'live.payout', 'safety', 'safety.child']);
  });

  it('takes an empty one', () => {
    expect(readConfig({}).ok).toBe(true);
  });

  it.each([null, 'text', 7, []])('refuses %j, which is no tree', (tree) => {
    expect(readConfig(tree).ok).toBe(false);
  });

  it.each([
    [
      '/teams/live/members',
      ['bo', 'chenn'],
      '/teams/live/members/1: «chenn» is no person; did you mean «chen»?',
    ],
    ['/teams/live/ladder/tier2', 'person zoltan', '/teams/live/ladder/tier2: «zoltan» is no person'],
    [
      '/teams/live/ladder/tier2',
      'manager of the service',
      '/teams/live/ladder/tier2: a rung of a ladder names persons, teams, schedules or everyone, not another rung',
    ],
    [
      '/teams/live/ladder',
      {},
      '/teams/live/ladder: policy «live-pay» pages tier2 of the service, but the ladder of team «live» has no tier2; add «tier2: person NAME» to it',
    ],
    [
      '/policies/live-pay/steps/0/page',
      'channel slack:#war-room',
      '/policies/live-pay/steps/0/page: «channel slack:#war-room» is no target: a step pages people, not channels or webhooks; name a person, and give them the webhook as a contact method',
    ],
    [
      '/policies/live-pay/steps/0/page',
      'policy live-pai',
      '/policies/live-pay/steps/0/page: «live-pai» is no policy; did you mean «live-pay»?',
    ],
    [
      '/policies/live-pay/steps/0/page',
      'policy live-pay',
      '/policies/live-pay/steps/0/page: policy «live-pay» would run itself: live-pay → live-pay; take it out of one of them',
    ],
    [
      '/policies/live-pay/fallback',
      undefined,
      '/policies/live-pay: a policy for P1 or P2 needs a fallback, such as «fallback: { page: everyone }»',
    ],
    [
      '/policies/live-pay/steps/1/repeat/from',
      'oncall',
      '/policies/live-pay/steps/1/repeat/from: «oncall» is no earlier step of this policy',
    ],
    [
      '/policies/live-pay/steps/1/name',
      'on-call',
      '/policies/live-pay/steps/1/name: «on-call» is used twice; give each its own name',
    ],
    [
      '/policies/live-pay/steps/0/repeat',
      { from: 'on-call', times: 1 },
      '/policies/live-pay/steps/0/repeat: only the last step can repeat',
    ],
    [
      '/policies/live-pay/steps/0/page',
      'schedul primary',
      '/policies/live-pay/steps/0/page: «schedul primary» is no target; write person NAME, team NAME, schedule NAME, tier1|tier2|manager|executive of the service, or everyone',
    ],
    [
      '/policies/live-pay/steps/0/page',
      ['schedule primry'],
      '/policies/live-pay/steps/0/page: «primry» is no schedule; did you mean «primary»?',
    ],
    [
      '/policies/live-pay/steps/0/wait',
      '2 min',
      '/policies/live-pay/steps/0/wait: a whole number with a unit: 90s, 5m, 4h, 7d or 1w',
    ],
    [
      '/schedules/primary/layers/0/every',
      '90m',
      '/schedules/primary/layers/0/every: a shift by wall clock lasts whole hours and at least 3h; for other lengths write «by: elapsed»',
    ],
    ['/services/payouts/team', 'lives', '/services/payouts/team: «lives» is no team; did you mean «live»?'],
    [
      '/services/payouts/handles',
      ['live.payouts'],
      '/services/payouts/handles/0: «live.payouts» is no category of the taxonomy; did you mean «live.payout»?',
    ],
    ['/sources/mail/service', 'pay', '/sources/mail/service: «pay» is no service'],
    ['/routing/0/to', 'service othr', '/routing/0/to: «othr» is no service; did you mean «other»?'],
    ['/routing/0/when', 'event.nope == 1', '/routing/0/when: condition: No such key: nope'],
    ['/routing/0/when', 'event.category', '/routing/0/when: condition: is string, and must be true or false'],
    [
      '/priority/rules/0/when',
      'event.affected == "many"',
      '/priority/rules/0/when: condition: no such overload: int == string',
    ],
    [
      '/priority/rules/0/when',
      'event.subject.matches("(a+)+$")',
      '/priority/rules/0/when: condition: «matches» is not offered; use contains, startsWith or endsWith',
    ],
    ...(
      [
        [
          { file: 't.csv' },
          '',
          '«t.csv» was not read: files are read from a folder by the tocsin command; here write its rows under «rows:»',
        ],
        [{}, '', 'a table needs «file: NAME.csv» beside this YAML, or «rows:»'],
        [{ file: 't.csv', rows: [] }, '/file', 'a table has either a file or rows, not both; remove one'],
        [
          { rows: [{ market: 'SG' }] },
          '/rows/0',
          'this row lacks «owner»; add it, or leave it out of the table’s promise',
        ],
        [
          { rows: [{ market: 'SG', owner: 'bo', 'valid-from': '2026-13-01' }] },
          '/rows/0',
          '«2026-13-01» is no time; write valid-from as 2026-11-02 or 2026-11-02T09:00:00Z',
        ],
        [
          { rows: ['a', 'b'].map((owner) => ({ market: 'SG', owner })) },
          '/rows/1',
          '«SG» stands in row 1 already; remove one, or give them different valid-from',
        ],
      ] as const
    ).map(
      ([table, place, message]) =>
        [
          '/tables',
          { owners: { key: 'market', gives: ['owner'], ...table } },
          `/tables/owners${place}: ${message}`,
        ] as const,
    ),
    [
      '/tables',
      {
        a: { key: 'market', gives: ['owner'], rows: [] },
        b: { key: 'language', gives: ['desk', 'owner'], rows: [] },
      },
      '/tables/b/gives/1: table «a» gives «owner» too; name one of them differently',
    ],
    [
      '/priority/weights',
      { tier: { top: 5 } },
      '/priority/weights/tier/top: a whole number of steps from -4 to +4; +1 is one step more urgent',
    ],
    [
      '/priority/weights',
      { market: { SG: 0.5 } },
      '/priority/weights/market/SG: a whole number of steps from -4 to +4; +1 is one step more urgent',
    ],
    [
      '/priority/weights',
      { category: { 'live.payouts': 1 } },
      '/priority/weights/category/live.payouts: «live.payouts» is no category of the taxonomy; did you mean «live.payout»?',
    ],
    [
      '/priority/weights',
      { source: { dem: 1 } },
      '/priority/weights/source/dem: «dem» is no source; did you mean «demo»?',
    ],
    ['/priority/recalculate', { lower: '30m' }, '/priority/recalculate/lower: after 30m stable'],
    [
      '/priority/rules/0/examples/1/then',
      'P1',
      '/priority/rules/0/examples/1: this example says P1, but the rule says not matched',
    ],
    [
      '/priority/rules/0/examples/1/given',
      { afected: 3 },
      '/priority/rules/0/examples/1/given/afected: «afected» is no field of an event; did you mean «affected»?',
    ],
    [
      '/people/bo/notify',
      { 'P1-P2': [{ via: ['desk', 'dest'] }] },
      '/people/bo/notify/P1-P2/0/via: «dest» is no contact method of this person; did you mean «desk»?',
    ],
    [
      '/people/bo/contact/desk',
      { sandbox: true, sms: '+65' },
      '/people/bo/contact/desk/sms: «sms» does not go with the other keys here: they are two forms; keep one',
    ],
    [
      '/taxonomy/live/payout/floor',
      'P9',
      '/taxonomy/live/payout/floor: Invalid option: expected one of "P1"|"P2"|"P3"|"P4"|"P5"',
    ],
  ])('with %s as %j names the place and the cure', (pointer, value, fault) => {
    expect(faultsOf({ [pointer]: value })).toContain(fault);
  });

  it('says all faults at once, those of the shape beside those of the meaning', () => {
    expect(
      faultsOf({
        '/people/bo/timeZone': 'Mars/Olympus',
        '/teams/live/members': ['bo', 'anna'],
        '/routing/0/when': 'event.tags > 3',
      }),
    ).toEqual([
      '/people/bo/timeZone: an IANA time zone such as Asia/Singapore',
      '/teams/live/members/1: «anna» is no person; did you mean «ana»?',
      '/routing/0/when: condition: no such overload: list<string> > int',
    ]);
  });

  it('says each in Chinese as well', () => {
    const read = readConfig(
      changed({
        '/people/bo/timeZone': 'x',
        '/services/payouts/policy': 'live-pai',
        '/sources/mail/kind': 7,
      }),
    );
    expect(read.ok ? [] : read.faults.map((f) => f.texts['zh-CN'])).toEqual([
      'IANA 时区，例如 Asia/Singapore',
      expect.stringContaining('无效输入'),
      '「live-pai」不是策略；是否想写「live-pay」？',
    ]);
  });

  it('takes categories by dotted paths as well as nested', () => {
    const label = { en: 'x', 'zh-CN': 'x' };
    const read = readConfig({ taxonomy: { live: { label }, 'live.payout': { label, priority: 'P3' } } });
    expect(read.ok && Object.keys(read.config.taxonomy)).toEqual(['live', 'live.payout']);
  });
});

describe('reading a policy', () => {
  const step = (more: object) => ({
    '/policies/live-pay/steps/0': { name: 'on-call', page: 'person bo', wait: '1m', ...more },
  });
  const at = '/policies/live-pay/steps/0';

  it.each([
    [{ when: 'case.priority in ["P1", "P2"]' }, []],
    [{ when: 'now.day in ["Sat", "Sun"]', timeZone: 'Asia/Singapore', otherwise: 'hold' }, []],
    [{ when: 'case.market == "SG"', otherwise: { 'go-to': 'owner' } }, []],
    [{ when: 'case.prio == "P1"' }, [`${at}/when: «prio» is no field of a case`]],
    [{ when: 'case.events' }, [`${at}/when: condition: is int, and must be true or false`]],
    [
      { when: 'now.hour < 9' },
      [`${at}/when: this condition looks at the clock; say whose: «timeZone: Asia/Singapore»`],
    ],
    [
      { otherwise: 'hold' },
      [`${at}/otherwise: «otherwise» says what to do outside of «when»; add the condition, or leave it out`],
    ],
    [
      { when: 'true', otherwise: { 'go-to': 'on-call' } },
      [`${at}/otherwise/go-to: «on-call» is no later step of this policy; a case never walks back`],
    ],
  ])('of a step with %j says %j', (more, faults) => {
    expect(faultsOf(step(more))).toEqual(faults);
  });

  it.each([
    [{ P1: { remind: '30m', reopen: '45m', restart: 'owner' }, P2: { remind: '2h' } }, []],
    [
      { P1: { remind: '45m', reopen: '45m' } },
      [
        'P1/remind: the owner loses the case after 2700 s and would be reminded only after 2700 s; remind earlier',
      ],
    ],
    [
      { P2: { remind: '1m', restart: 'owner' } },
      [
        'P2/restart: «restart» says where a case starts that «reopen» took back; add «reopen: 45m», or leave it out',
      ],
    ],
    [
      { P1: { reopen: '1h', restart: 'boss' } },
      ['P1/restart: «boss» is no step of this policy; name one of its steps, or leave it out for the first'],
    ],
  ])('with acknowledged %j says %j', (acknowledged, faults) => {
    const place = '/policies/live-pay/acknowledged';
    expect(faultsOf({ [place]: acknowledged })).toEqual(faults.map((fault) => `${place}/${fault}`));
  });

  it.each([
    [{ step: 'on-call', of: 'team live', prefer: ['language', 'load'] }, []],
    [{ step: 'on-call', of: 'team liv' }, ['of: «liv» is no team; did you mean «live»?']],
    [{ step: 'on-call', of: 'person bo' }, ['of: team NAME']],
    [
      { step: 'boss', of: 'team live' },
      ['step: «boss» is no step of this policy that pages people; name the step that goes round'],
    ],
  ])('with round-robin %j says %j', (rule, faults) => {
    const place = '/policies/live-pay/round-robin';
    expect(faultsOf({ [place]: rule })).toEqual(faults.map((fault) => `${place}/${fault}`));
  });

  const other = (page: unknown, more: object = {}) => ({
    '/policies/night': {
      steps: [{ name: 'duty', page, wait: '1m', ...more }],
      fallback: { page: 'everyone' },
    },
  });

  it('names the way in which policies run in a circle, at each of them', () => {
    const circle = { ...other('policy live-pay'), '/policies/live-pay/steps/0/page': 'policy night' };
    expect(faultsOf(circle)).toEqual([
      `${at}/page: policy «live-pay» would run itself: live-pay → night → live-pay; take it out of one of them`,
      '/policies/night/steps/0/page: policy «night» would run itself: night → live-pay → night; take it out of one of them',
    ]);
  });

  it('wants a policy alone and without condition in its step', () => {
    expect(faultsOf(other(['policy live-pay', 'person bo'], { when: 'true' }))).toEqual([
      '/policies/night/steps/0/page: a policy stands alone in its step; give the other targets a step of their own',
      '/policies/night/steps/0/when: a step that runs another policy has no condition; put it on the steps of policy «live-pay»',
    ]);
  });

  it('wants the rungs of a policy that another one runs, once per team', () => {
    const faults = faultsOf({
      ...other('executive of the service'),
      '/policies/live-pay/steps/0/page': 'policy night',
    });
    expect(faults).toEqual([
      '/teams/live/ladder: policy «live-pay» pages executive of the service, but the ladder of team «live» has no executive; add «executive: person NAME» to it',
    ]);
  });
});
