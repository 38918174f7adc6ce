import { describe, expect, it } from '@jest/globals';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { pagingOf } from './paging-of.js';
import { planPeople } from './plan-people.js';

const NOW = Date.parse('2026-11-23T01:00:00Z');

function configWith(changes: Readonly<Record<string, unknown>>) {
  const read = readConfig(changedTree(changes));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

const planOf = (changes: Readonly<Record<string, unknown>>) =>
  planPeople(configWith({}), configWith(changes), NOW);

describe('who is paged at which second when nobody answers', () => {
  it('follows the policy through its rounds to the fallback', () => {
    expect(
      pagingOf(configWith({}), { service: 'payouts', priority: 'P1', at: NOW }).map(
        (p) => `${p.person} ${p.after}`,
      ),
    ).toEqual(['bo 0', 'chen 120', 'bo 300', 'chen 420', 'ana 600', 'bo 600', 'chen 600', 'dee 600']);
  });

  it('is nobody below the band of the policy', () => {
    expect(pagingOf(configWith({}), { service: 'payouts', priority: 'P5', at: NOW })).toEqual([]);
  });
});

describe('what a change of config means to people', () => {
  it('is nothing when nothing changes', () => {
    expect(planOf({})).toMatchObject({ people: [], secondPerson: [] });
  });

  it('names who is paged later by a longer wait, and that a P1 stays longer with one person', () => {
    const { people, secondPerson } = planOf({ '/policies/live-pay/steps/0/wait': '300s' });
    expect(people.find(({ person }) => person === 'chen')?.pages).toEqual([
      {
        service: 'other',
        priorities: ['P1', 'P2', 'P3', 'P4'],
        before: [120, 420, 600],
        after: [300, 780, 960],
      },
      {
        service: 'payouts',
        priorities: ['P1', 'P2', 'P3', 'P4'],
        before: [120, 420, 600],
        after: [300, 780, 960],
      },
    ]);
    expect(secondPerson).toEqual([
      { service: 'other', before: 120, after: 300, worsens: true },
      { service: 'payouts', before: 120, after: 300, worsens: true },
    ]);
  });

  it('says nobody follows when the second person is taken away', () => {
    const { secondPerson } = planOf({
      '/policies/live-pay/steps': [{ name: 'on-call', page: 'person bo', wait: '1m' }],
      '/policies/live-pay/fallback/page': 'person bo',
    });
    expect(secondPerson[0]).toEqual({ service: 'other', before: 120, after: null, worsens: true });
  });

  it('counts the hours on call that people gain and lose', () => {
    const { people } = planOf({ '/schedules/primary/layers/0/people': ['bo', 'ana', 'dee'] });
    const hours = people.flatMap(({ person, onCall }) =>
      onCall.map(({ schedule, before, after }) => `${person} ${schedule} ${before} → ${after}`),
    );
    // Turns 46 to 50, the last of two days. Two people: bo has the even ones. Three: ana, dee, bo, ana, dee.
    expect(hours).toEqual(['bo primary 384 → 168', 'dee primary 0 → 216']);
  });

  it('names who gains pages where a service changes hands, and nobody else', () => {
    const { people } = planOf({
      '/teams/new': { members: ['dee'], ladder: { tier2: 'person dee' } },
      '/services/other/team': 'new',
    });
    expect(
      people.map(({ person, pages }) => [person, pages.map((p) => [p.service, p.before, p.after])]),
    ).toEqual([
      ['chen', [['other', [120, 420, 600], [600]]]],
      ['dee', [['other', [600], [120, 420, 600]]]],
    ]);
  });

  it('says how long a new window hushes whom, and when it is on next; the pages stay the same', () => {
    const weekly = { name: 'weekly', services: ['payouts'], every: 'Sun', from: '01:00', for: '90m' };
    const plan = planOf({ '/maintenance': [{ ...weekly, timeZone: 'UTC', until: '2026-12-06' }] });
    expect(plan).toMatchObject({ people: [], secondPerson: [] });
    const next = { from: Date.parse('2026-11-29T01:00:00Z'), until: Date.parse('2026-11-29T02:30:00Z') };
    expect(plan.windows).toEqual([
      { name: 'weekly', scope: { services: ['payouts'] }, before: 0, after: 3, next },
    ]);
  });
});
