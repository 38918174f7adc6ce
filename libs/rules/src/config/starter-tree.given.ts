import type { ConfigTree } from '@tocsin/contracts';

const TEXT = { en: 'Payout', 'zh-CN': '提现' };

const PEOPLE = Object.fromEntries(
  ['ana', 'bo', 'chen', 'dee'].map((name) => [
    name,
    { name, timeZone: 'UTC', contact: { desk: { sandbox: true } } },
  ]),
);

/** A small sound world for specs: the people of the stories, one team, schedule, policy and service. */
export const starterTree = () =>
  structuredClone({
    people: PEOPLE,
    teams: {
      live: {
        members: ['ana', 'bo'],
        ladder: { tier2: 'person chen', manager: ['person dee', 'person chen'] },
      },
    },
    schedules: {
      primary: {
        timeZone: 'Asia/Singapore',
        layers: [{ people: ['bo', 'ana'], every: '1w', handover: 'Mon 09:00', from: '2026-01-05' }],
      },
    },
    policies: {
      'live-pay': {
        steps: [
          { name: 'on-call', page: 'schedule primary', wait: '120s' },
          {
            name: 'owner',
            page: 'tier2 of the service',
            wait: '180s',
            repeat: { from: 'on-call', times: 1 },
          },
        ],
        fallback: { page: ['team live', 'everyone'] },
      },
    },
    services: {
      payouts: { team: 'live', policy: 'live-pay', handles: ['live.payout'] },
      other: { team: 'live', policy: 'live-pay', handles: ['live'] },
    },
    taxonomy: {
      live: { label: TEXT, payout: { label: TEXT, priority: 'P3' } },
      safety: { label: TEXT, child: { label: TEXT, restricted: true, floor: 'P1' } },
    },
    priority: {
      default: 'P4',
      rules: [
        {
          name: 'many creators unpaid',
          when: 'event.category.startsWith("live.payout") && event.affected >= 500',
          set: 'P1',
          because: { en: '{affected} creators cannot be paid', 'zh-CN': '{affected} 名主播无法提现' },
          examples: [
            { given: { category: 'live.payout', affected: 1200 }, then: 'P1' },
            { given: { category: 'live.payout', affected: 3 }, then: 'not matched' },
          ],
        },
      ],
    },
    routing: [{ when: '"vip" in event.tags', to: 'service other' }],
    sources: {
      demo: { kind: 'generic', severity: { critical: 'P1', info: 'P5' } },
      mail: { kind: 'generic', service: 'payouts' },
    },
  }) as unknown as ConfigTree;
