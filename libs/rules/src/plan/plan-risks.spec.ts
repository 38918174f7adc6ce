import { describe, expect, it } from '@jest/globals';
import { Config } from '@tocsin/contracts';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { planRisks } from './plan-risks.js';

const NOW = Date.parse('2026-11-23T01:00:00Z');
const EMPTY = Config.parse({});

function configWith(changes: Readonly<Record<string, unknown>>): Config {
  const read = readConfig(changedTree(changes));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

const STEPS = '/policies/live-pay/steps';
const said = (before: Config, after: Config): string[] =>
  planRisks(before, after, NOW).map(({ weight, kind, texts }) => `${weight} ${kind}: ${texts.en}`);
const worseBy = (changes: Readonly<Record<string, unknown>>): string[] =>
  said(configWith({}), configWith(changes));

const SLOW = { 'P1-P2': [{ after: '2m', via: 'desk' }] };
const GAP = [
  {
    people: ['bo', 'ana'],
    ...{ every: '1w', handover: 'Mon 09:00', from: '2026-01-05' },
    only: [{ days: 'Mon-Fri', from: '00:00', to: '23:59' }],
  },
];
const WITH_A_GAP = {
  '/schedules/primary/layers': GAP,
  '/teams/live/ladder': { tier2: 'schedule primary' },
};

describe('what a plan makes worse', () => {
  it('is nothing where nothing that pages changes, where pages come sooner, and in a first config', () => {
    expect(worseBy({ '/priority/default': 'P5' })).toEqual([]);
    expect(worseBy({ [`${STEPS}/0/wait`]: '60s' })).toEqual([]);
    expect(said(EMPTY, configWith({}))).toEqual([]);
  });

  it('is a second person who comes later, for every service of the policy', () => {
    expect(worseBy({ [`${STEPS}/0/wait`]: '5m' })).toEqual([
      'second-approver second-person: other  P1 first page → second person: 2m → 5m',
      'second-approver second-person: payouts  P1 first page → second person: 2m → 5m',
    ]);
  });

  it('is a first page that comes later by a rule of the person', () => {
    expect(
      worseBy({ '/people/bo/notify': SLOW, '/people/ana/notify': SLOW, '/people/chen/notify': SLOW }),
    ).toContain('second-approver time-to-page: payouts  P1 median time to the first page: 0s → 2m');
  });

  it('is a P1 without anybody, which two persons cannot pass either; of a P2 it is a warning', () => {
    const none = {
      steps: [{ name: 'silent', page: 'person zed', wait: '20m' }],
      fallback: { page: 'everyone' },
    };
    const zed = { name: 'Zed', timeZone: 'UTC' };
    const unmanned = {
      '/people/zed': zed,
      '/policies/none': none,
      '/services/payouts/policy': 'none',
    };
    const found = said(configWith({}), configWith({ ...unmanned }));
    expect(found.filter((line) => line.includes('of payouts'))).toEqual([
      expect.stringMatching(/^blocks coverage: none P1 of payouts: nobody is paged within 300 s/),
      expect.stringMatching(/^warning coverage: none P2 of payouts/),
    ]);
    expect(said(EMPTY, configWith(unmanned))).toContainEqual(expect.stringMatching(/^blocks coverage/));
  });

  it('is no hole that stood as long before', () => {
    const before = configWith(WITH_A_GAP);
    const renamed = configWith({ ...WITH_A_GAP, '/people/bo/name': 'Bo Li' });
    expect(said(configWith({}), before)).toContainEqual(expect.stringMatching(/^blocks coverage/));
    expect(said(before, renamed).filter((line) => !line.startsWith('warning'))).toEqual([]);
    expect(said(before, renamed)).toContainEqual(expect.stringMatching(/^warning coverage: live-pay P1/));
  });

  it('is a service that is gone, unless another handles the same', () => {
    const routing = { '/routing': [], '/sources/mail/service': 'payouts' };
    expect(worseBy({ ...routing, '/services/other': undefined })).toEqual([
      'second-approver service-removed: other  is gone, and no service handles live any more',
    ]);
    expect(worseBy({ '/services/payouts': undefined, '/sources/mail/service': 'other' })).toEqual([]);
  });
});
