import { describe, expect, it } from '@jest/globals';
import { SOURCE_KINDS } from '@tocsin/contracts';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';

const warningsOf = (changes: Readonly<Record<string, unknown>>): string[] =>
  readConfig(changedTree(changes)).warnings.map(({ pointer, message }) => `${pointer}: ${message}`);

const faultsOf = (changes: Readonly<Record<string, unknown>>): string[] => {
  const read = readConfig(changedTree(changes));
  return read.ok ? [] : read.faults.map(({ pointer, message }) => `${pointer}: ${message}`);
};

const silent = { name: 'x', timeZone: 'UTC' };
const rule = (name: string, when: string) => ({ name, when, set: 'P2', because: { en: 'b', 'zh-CN': 'b' } });
const notify = (name: string, rules: unknown) => ({ [`/people/${name}/notify`]: rules });

describe('warnings of a config tree', () => {
  it('are none for a tree in which all is used and everybody can be reached', () => {
    expect(warningsOf({})).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a team that nothing uses',
      { '/teams/spare': { members: ['ana'] } },
      '/teams/spare: nothing uses team «spare»; refer to it or remove it',
    ],
    [
      'a source of a kind that nobody knows',
      { '/sources/crm': { kind: 'zendesc', key: 'env:K' } },
      `/sources/crm/kind: no vendor’s format is called «zendesc»: this source speaks our own form; the known kinds are ${SOURCE_KINDS.join(', ')}`,
    ],
    [
      'topics of Amazon that are not named',
      { '/sources/aws': { kind: 'sns' } },
      '/sources/aws: every account of Amazon can sign for SNS, so nothing is accepted without «senders: [ARN of the topic]»',
    ],
    [
      'a policy that nothing uses',
      { '/policies/old': { steps: [{ name: 'a', page: 'person bo', wait: '1m' }], escalates: 'P3-P4' } },
      '/policies/old: nothing uses policy «old»; refer to it or remove it',
    ],
    [
      'a schedule that nothing uses',
      { '/policies/live-pay/steps/0/page': 'person bo' },
      '/schedules/primary: nothing uses schedule «primary»; refer to it or remove it',
    ],
    [
      'a person whom nothing names, where no policy pages everyone',
      {
        '/people/eve': { name: 'Eve', timeZone: 'UTC', contact: { desk: { sandbox: true } } },
        '/policies/live-pay/fallback/page': 'team live',
      },
      '/people/eve: nothing uses person «eve»; refer to it or remove it',
    ],
    [
      'a service to which nothing leads',
      { '/services/lost': { team: 'live', policy: 'live-pay' } },
      '/services/lost: no category, routing rule or source leads to service «lost»; give it «handles:» or a rule',
    ],
    [
      'a person without a contact method',
      { '/people/bo': silent },
      '/people/bo: «bo» has no contact method, so no page can arrive; add one, such as «contact: { mail: { email: … } }»',
    ],
    [
      'a service whose owners cannot be reached',
      { '/people/bo': silent, '/people/ana': silent },
      '/services/payouts: nobody of team «live» has a contact method, so the owners of this service cannot be reached; give one of them a «contact:»',
    ],
    [
      'a step that can never reach anybody',
      { '/people/chen': silent },
      '/policies/live-pay/steps/1: step «owner» can never reach anybody: nobody of it (chen) has a contact method; it will be left at once',
    ],
    [
      'a fallback that can never reach anybody',
      { '/people/chen': silent, '/policies/live-pay/fallback/page': 'person chen' },
      '/policies/live-pay/fallback: the fallback can never reach anybody: nobody of it has a contact method; name somebody who has',
    ],
    [
      'a personal rule whose priorities another has taken',
      notify('bo', { 'P1-P3': [{ via: 'desk' }], 'P2-P3': [{ via: 'desk' }] }),
      '/people/bo/notify/P2-P3: this rule never runs: every priority of P2-P3 is taken by «P1-P3» above it; remove it or change the bands',
    ],
    [
      'a personal rule for no priority',
      notify('bo', { 'P3-P1': [{ via: 'desk' }] }),
      '/people/bo/notify/P3-P1: this rule never runs: P3-P1 holds no priority; write the more urgent one first, such as P1-P3',
    ],
    [
      'a personal step that the policy always overtakes',
      notify('bo', { 'P1-P2': [{ via: 'desk' }, { via: 'desk', after: '2m' }] }),
      '/people/bo/notify/P1-P2/1: «desk» after 2m always comes too late: the next step of every policy that pages «bo» starts after 2m or sooner; use it earlier or let the policy wait longer',
    ],
    [
      'a priority rule whose condition stands above it, written in another way',
      {
        '/priority/rules': [
          rule('a', 'event.affected > 5 && event.market == "SG"'),
          rule('b', "(event.affected>5) && event.market=='SG'"),
        ],
      },
      '/priority/rules/1: this rule never matches: the rule at /priority/rules/0 above has the same condition and wins first; remove one of them',
    ],
    [
      'a routing rule below one that matches everything',
      {
        '/routing': [
          { when: 'true', to: 'service other' },
          { when: 'event.market == "SG"', to: 'service payouts' },
        ],
      },
      '/routing/1: this rule never matches: the rule at /routing/0 above matches everything; move it to the end',
    ],
    [
      'a rule that is never true',
      { '/routing': [{ when: 'false', to: 'service other' }] },
      '/routing/0: this rule never matches: its condition is «false»; remove it',
    ],
    [
      'a count of reports where one event is looked at',
      { '/routing': [{ when: 'event.reports > 5', to: 'service other' }] },
      '/routing/0/when: «event.reports» is always 1 here: this looks at one event, and only priority rules see what the events of a case together have said; take it out',
    ],
    [
      'a promise in the key of a group',
      {
        '/grouping': [{ name: 'g', when: 'true', by: ['market', 'event.promise'], window: { fixed: '1h' } }],
      },
      '/grouping/0/by/1: «event.promise» is always "" here: this looks at one event, and only priority rules see what the events of a case together have said; take it out',
    ],
    [
      'a promise where nothing is promised',
      { '/priority/rules': [rule('a', 'event.promise == "at-risk"')], '/sla': undefined },
      '/priority/rules/0/when: «event.promise» is always "" in this config: it promises nothing; write an «sla:» policy or take it out',
    ],
    [
      'a state that a promise never has',
      {
        '/priority/rules': [rule('a', 'event.promise in ["at-risk", "late"]')],
        '/sla': [{ name: 's', when: 'true', calendar: '24x7', targets: { resolve: { P1: '1h' } } }],
      },
      '/priority/rules/0/when: «event.promise» is never «late»: it is "", "at-risk" or "breached"',
    ],
    [
      'a text in one language, nested as people write it',
      { '/taxonomy/live/payout/label': 'Payout' },
      '/taxonomy/live/payout/label: this text is missing in zh-CN; write «{ en: …, zh-CN: … }»',
    ],
    [
      'a reason without its English',
      { '/priority/rules/0/because': { 'zh-CN': '提现' } },
      '/priority/rules/0/because: this text is missing in en; write «{ en: …, zh-CN: … }»',
    ],
  ])('name %s', (_, changes, warning) => {
    expect(warningsOf(changes)).toContain(warning);
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'a personal step that one of several policies leaves time for',
      {
        ...notify('bo', { 'P1-P2': [{ via: 'desk', after: '2m' }] }),
        '/policies/slow': {
          steps: [{ name: 'a', page: 'person bo', wait: '10m' }],
          fallback: { page: 'everyone' },
        },
      },
    ],
    [
      'a personal rule of a band that an earlier one takes in part',
      notify('bo', { P1: [{ via: 'desk' }], 'P1-P2': [{ via: 'desk' }] }),
    ],
    [
      'a narrower condition before one that is always true',
      {
        '/routing': [
          { when: 'event.market == "SG"', to: 'service other' },
          { when: 'true', to: 'service other' },
        ],
      },
    ],
  ])('do not name %s', (_, changes) => {
    expect(warningsOf(changes).filter((warning) => !warning.includes('nothing uses'))).toEqual([]);
  });

  it('say each in Chinese as well', () => {
    const { warnings } = readConfig(changedTree({ '/people/bo': silent }));
    expect(warnings.map(({ severity, texts }) => [severity, texts['zh-CN']])).toContainEqual([
      'warning',
      '「bo」没有联系方式，任何呼叫都无法送达；请添加，例如「contact: { mail: { email: … } }」',
    ]);
  });
});

describe('errors that lint teaches', () => {
  it('refuse a step that can never be a person', () => {
    expect(
      faultsOf({
        '/people': {},
        '/teams': {},
        '/schedules': {},
        '/services': {},
        '/policies': { p: { steps: [{ name: 'all', page: 'everyone', wait: '1m' }], escalates: 'P3-P4' } },
        '/sources': {},
        '/routing': [],
      }),
    ).toEqual([
      '/policies/p/steps/0/page: step «all» can never be a person: «everyone» lead to nobody; name a person, a team or a schedule',
    ]);
  });

  it.each([
    ['/polices', { p: {} }, 'polices', 'policies'],
    ['/teams/live/membrs', ['bo'], 'membrs', 'members'],
    ['/policies/live-pay/steps/0/wiat', '5m', 'wiat', 'wait'],
    ['/taxonomy/live/payout/prority', 'P1', 'prority', 'priority'],
  ])('name the key that was probably meant at %s', (pointer, value, name, nearest) => {
    const [fault] = faultsOf({ [pointer]: value });
    expect(fault).toMatch(
      new RegExp(`^${pointer}: «${name}» is no key here; .*did you mean «${nearest}»\\?$`),
    );
  });

  it('refuse a service without a team or a policy', () => {
    expect(
      faultsOf({ '/services/payouts': { handles: ['live.payout'] } }).map((f) => f.split(':')[0]),
    ).toEqual(['/services/payouts/team', '/services/payouts/policy']);
  });
});
