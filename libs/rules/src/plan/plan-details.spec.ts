import { describe, expect, it } from '@jest/globals';
import type { Config } from '@tocsin/contracts';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { onCallChanges } from './on-call-hours.js';
import { planPeople } from './plan-people.js';
import { planRisks, zoneOf } from './plan-risks.js';
import { sampleInstants } from './sample-instants.js';
import { windowChanges } from './window-changes.js';

const DAY = 86_400_000;
/** A Monday. */
const NOW = Date.parse('2026-11-23T01:00:00Z');

function configWith(changes: Readonly<Record<string, unknown>>): Config {
  const read = readConfig(changedTree(changes));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}
const STARTER = configWith({});
const layer = { people: ['bo', 'ana'], every: '1d', handover: '09:00', from: '2026-01-05' };
const daily = { timeZone: 'UTC', layers: [layer] };

describe('the instants at which a plan is looked at', () => {
  const at = (day: number, hour: number): number =>
    Date.parse('2026-11-23T00:00:00Z') + day * DAY + hour * 3_600_000;

  it('are the beginning and every handover of either config, in order, each once', () => {
    const other = configWith({ '/schedules/primary': daily });
    expect(sampleInstants([STARTER], NOW, NOW + 10 * DAY)).toEqual([NOW, at(7, 1)]);
    expect(sampleInstants([STARTER, other], NOW, NOW + 3 * DAY)).toEqual([NOW, at(0, 9), at(1, 9), at(2, 9)]);
    expect(sampleInstants([other, STARTER, other], NOW, NOW + 2 * DAY)).toEqual([NOW, at(0, 9), at(1, 9)]);
  });

  it('are at most 200, evenly, and fewer the more services and people there are', () => {
    const often = configWith({ '/schedules/primary': { ...daily, layers: [{ ...layer, every: '3h' }] } });
    const span = NOW + 100 * DAY;
    const few = sampleInstants([often], NOW, span);
    expect(few.length).toBeGreaterThan(150);
    expect(few.length).toBeLessThanOrEqual(200);
    expect(few[0]).toBe(NOW);
    const many = {
      ...often,
      services: Object.fromEntries(
        Array.from({ length: 400 }, (_, n) => [`s${n}`, STARTER.services['other']]),
      ),
    } as Config;
    // 400 services, five priorities, fifty pages each: ten instants are a million pages.
    expect(sampleInstants([many], NOW, span).length).toBeLessThanOrEqual(10);
    expect(sampleInstants([many], NOW, span).length).toBeGreaterThan(5);
    const huge = {
      ...many,
      people: Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`p${n}`, {}])),
    };
    expect(sampleInstants([huge as unknown as Config], NOW, span)).toEqual([NOW]);
  });
});

describe('the hours on call that people gain and lose', () => {
  const week = { from: NOW, until: NOW + 7 * DAY };

  it('are those of each schedule that differs, a schedule that comes or goes included', () => {
    const other = configWith({ '/schedules/night': { ...daily, layers: [{ people: ['chen'] }] } });
    expect([...onCallChanges(STARTER, STARTER, week)]).toEqual([]);
    expect([...onCallChanges(STARTER, other, week)]).toEqual([
      ['chen', [{ schedule: 'night', before: 0, after: 168 }]],
    ]);
    expect([...onCallChanges(other, STARTER, week)]).toEqual([
      ['chen', [{ schedule: 'night', before: 168, after: 0 }]],
    ]);
  });

  it('are counted to the minute or so', () => {
    const short = { from: NOW, until: NOW + 100 * 60_000 };
    const other = configWith({ '/schedules/primary/layers/0/people': ['chen'] });
    expect(onCallChanges(STARTER, other, short).get('chen')).toEqual([
      { schedule: 'primary', before: 0, after: 1.67 },
    ]);
  });
});

describe('the windows that a plan changes', () => {
  const window = (name: string, more: object = {}) => ({
    ...{ name, every: ['Tue'], from: '02:00', for: '90m', timeZone: 'UTC', services: ['other'], ...more },
  });
  const changes = (before: object[], after: object[]) =>
    windowChanges(configWith({ '/maintenance': before }), configWith({ '/maintenance': after }), {
      ...{ from: NOW, until: NOW + 14 * DAY },
    });
  const tuesday = (week: number): number => Date.parse('2026-11-24T02:00:00Z') + week * 7 * DAY;
  const next = { from: tuesday(0), until: tuesday(0) + 5_400_000 };

  it('are the new, the altered and the gone, each with its hours, scope and next time', () => {
    const scope = { services: ['other'] };
    expect(
      changes(
        [window('same'), window('old'), window('longer')],
        [window('new'), window('same'), window('longer', { for: '3h' })],
      ),
    ).toEqual([
      { name: 'new', scope, before: 0, after: 3, next },
      { name: 'longer', scope, before: 3, after: 6, next: { ...next, until: tuesday(0) + 10_800_000 } },
      { name: 'old', scope, before: 3, after: 0 },
    ]);
  });

  it('have the scope of the new one, and no next time when they are over', () => {
    expect(changes([window('w')], [window('w', { services: ['payouts'], until: '2026-11-01' })])).toEqual([
      { name: 'w', scope: { services: ['payouts'] }, before: 3, after: 0 },
    ]);
  });

  it('count only what lies in the span', () => {
    const now = tuesday(0) + 1_800_000;
    const [change] = windowChanges(STARTER, configWith({ '/maintenance': [window('w')] }), {
      from: now,
      until: now + 1_800_000,
    });
    expect(change).toMatchObject({ after: 0.5, next });
  });
});

describe('what a change means to people', () => {
  it('is told person by person in the order of their names, and service by service', () => {
    const { people, from, until } = planPeople(
      STARTER,
      configWith({ '/policies/live-pay/fallback/page': 'person chen' }),
      NOW,
    );
    expect([from, until]).toEqual([NOW, NOW + 30 * DAY]);
    expect(people.map(({ person }) => person)).toEqual(['ana', 'bo', 'dee']);
    expect(people[0]).toEqual({
      person: 'ana',
      onCall: [],
      pages: ['other', 'payouts'].map((service) => ({
        ...{ service, priorities: ['P1', 'P2', 'P3', 'P4'], before: [0, 300, 600], after: [0, 300] },
      })),
    });
  });

  it('keeps priorities apart whose pages change in another way', () => {
    const steps = [{ name: 'one', page: 'person bo', wait: '1m', when: 'case.priority == "P1"' }];
    const config = configWith({
      '/policies/live-pay': { steps, fallback: { page: 'person chen' } },
      '/schedules/primary/layers/0/people': ['bo'],
    });
    const later = configWith({
      '/policies/live-pay': { steps: [{ ...steps[0], wait: '2m' }], fallback: { page: 'person chen' } },
      '/schedules/primary/layers/0/people': ['bo'],
    });
    const { people, secondPerson } = planPeople(config, later, NOW);
    expect(people).toEqual([
      {
        person: 'chen',
        onCall: [],
        pages: ['other', 'payouts'].map((service) => ({
          service,
          priorities: ['P1'],
          before: [60],
          after: [120],
        })),
      },
    ]);
    expect(
      secondPerson.map(({ service, before, after, worsens }) => [service, before, after, worsens]),
    ).toEqual([
      ['other', 60, 120, true],
      ['payouts', 60, 120, true],
    ]);
    expect(planPeople(later, config, NOW).secondPerson.map(({ worsens }) => worsens)).toEqual([false, false]);
  });

  it('says that somebody follows where nobody did, and speaks of no service that is new', () => {
    const alone = configWith({
      '/policies/live-pay': {
        steps: [{ name: 'a', page: 'person bo', wait: '1m' }],
        fallback: { page: 'person bo' },
      },
    });
    const both = configWith({
      '/policies/live-pay': {
        steps: [{ name: 'a', page: 'person bo', wait: '1m' }],
        fallback: { page: 'person dee' },
      },
    });
    const second = (before: Config, after: Config) =>
      planPeople(before, after, NOW).secondPerson.find(({ service }) => service === 'payouts');
    expect(second(alone, both)).toEqual({ service: 'payouts', before: null, after: 60, worsens: false });
    expect(second(both, alone)).toEqual({ service: 'payouts', before: 60, after: null, worsens: true });
    expect(second(alone, alone)).toBeUndefined();
    const fewer = configWith({ '/services/payouts': undefined, '/sources/mail': undefined });
    expect(planPeople(fewer, STARTER, NOW).secondPerson).toEqual([]);
  });
});

describe('what a plan makes worse', () => {
  it('is a service that is gone with a category that no other handles, or one above it', () => {
    const gone = (
      after: Readonly<Record<string, unknown>>,
      handles: readonly string[] = ['live.payout', 'safety'],
    ) =>
      planRisks(
        configWith({
          '/services/payouts/handles': handles,
          '/services/extra': { ...STARTER.services['other'], handles: ['safety.child'] },
        }),
        configWith({ '/services/payouts': undefined, '/sources/mail': undefined, ...after }),
        NOW,
      ).filter(({ kind }) => kind === 'service-removed');
    // Another handles «live», and so «live.payout»; nobody handles «safety» any more.
    expect(
      gone({}).map(({ service, texts }) => [
        service,
        texts.en.includes('live.payout'),
        texts.en.includes('safety'),
      ]),
    ).toEqual([
      ['payouts', false, true],
      ['extra', false, true],
    ]);
    expect(gone({ '/services/other/handles': ['live', 'safety'] })).toEqual([]);
    expect(
      gone({
        '/services/other/handles': ['li', 'safety'],
        '/taxonomy/li': { label: { en: 'x', 'zh-CN': 'x' } },
      }),
    ).toEqual([expect.objectContaining({ service: 'payouts', weight: 'second-approver' })]);
  });

  it('is found for each service by itself where a step looks at the service', () => {
    const policy = (service: string) => ({
      steps: [
        { name: 'a', page: 'person bo', wait: '1m', when: `case.service == "${service}"` },
        { name: 'b', page: 'person chen', wait: '10m' },
      ],
      fallback: { page: 'person dee' },
    });
    const risks = (after: string) =>
      planRisks(
        configWith({ '/policies/live-pay': policy('payouts') }),
        configWith({ '/policies/live-pay': policy(after) }),
        NOW,
      )
        .filter(({ kind }) => kind === 'second-person')
        .map(({ service }) => service);
    expect(risks('payouts')).toEqual([]);
    expect(risks('other')).toEqual(['payouts']);
  });

  it('is told in the clock of the schedule that the policy pages, else of the first there is', () => {
    const config = configWith({
      '/schedules/night': { ...daily, timeZone: 'Europe/London' },
      '/policies/late': {
        steps: [{ name: 'a', page: ['person bo', 'schedule night'], wait: '1m' }],
        escalates: 'P4',
      },
      '/policies/plain': { steps: [{ name: 'a', page: 'person bo', wait: '1m' }], escalates: 'P4' },
    });
    expect(['late', 'plain', 'gone'].map((policy) => zoneOf(config, policy))).toEqual([
      ...['Europe/London', 'Asia/Singapore', 'Asia/Singapore'],
    ]);
    expect(zoneOf({ ...config, schedules: {} }, 'plain')).toBe('UTC');
  });
});
