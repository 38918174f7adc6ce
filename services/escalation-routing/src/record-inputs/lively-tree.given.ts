import type { ConfigTree } from '@tocsin/contracts';

const because = (text: string) => ({ en: text, 'zh-CN': text });
const person = (contact: Record<string, { sandbox: true }>) => ({
  name: 'Somebody',
  timeZone: 'Asia/Singapore',
  contact,
});
const desk = { desk: { sandbox: true as const } };

/** A world in which everything of the engine happens: rules, weights, lowering, turns, holds, clocks, reminders. */
export const LIVELY_TREE: ConfigTree = {
  people: {
    ana: person(desk),
    bo: { ...person(desk), speaks: ['zh'] },
    chen: { ...person(desk), timeZone: 'Europe/London' },
    dee: person(desk),
    // Nothing leads to them.
    mo: person({}),
  },
  teams: {
    pay: {
      members: ['ana', 'bo', 'chen'],
      ladder: { tier2: 'person bo', manager: 'person dee', executive: 'person mo' },
    },
  },
  schedules: {
    primary: {
      timeZone: 'Asia/Singapore',
      layers: [{ people: ['ana', 'bo'], every: '1d', handover: '09:00', from: '2026-01-05' }],
    },
  },
  policies: {
    pay: {
      steps: [
        { name: 'on-call', page: 'schedule primary', wait: '120s' },
        {
          name: 'awake',
          page: 'team pay',
          wait: '60s',
          when: 'now.hour >= 8 && now.hour < 20',
          timeZone: 'Asia/Singapore',
          otherwise: 'hold',
        },
        {
          name: 'owner',
          page: ['person mo', 'tier2 of the service'],
          wait: '180s',
          when: 'case.events < 5',
        },
        {
          name: 'silent',
          page: 'executive of the service',
          wait: '60s',
          repeat: { from: 'on-call', times: 1 },
        },
      ],
      fallback: { page: 'person dee' },
      acknowledged: { P1: { remind: '10m', reopen: '30m', restart: 'owner' } },
    },
    turns: {
      steps: [{ name: 'turn', page: 'team pay', wait: '90s' }],
      'round-robin': { step: 'turn', of: 'team pay', prefer: ['language', 'load'] },
      fallback: { page: 'person dee' },
    },
  },
  services: {
    payouts: { team: 'pay', policy: 'pay', handles: ['live.payout'] },
    safety: { team: 'pay', policy: 'turns', handles: ['safety'], 'depends-on': ['payouts'] },
  },
  taxonomy: {
    'live.payout': { label: because('Payout') },
    safety: { label: because('Safety'), floor: 'P3' },
  },
  tables: {
    creators: { key: 'requester.id', gives: ['tier'], rows: [{ 'requester.id': 'u1', tier: 'top' }] },
  },
  priority: {
    rules: [
      { name: 'many', when: 'event.affected >= 500', set: 'P1', because: because('many') },
      { name: 'vip', when: '"vip" in event.tags', set: 'P2', because: because('vip') },
      { name: 'often', when: 'event.reports >= 5', set: 'P2', because: because('often') },
      {
        name: 'broken',
        when: 'event.promise == "breached" && event.market != ""',
        set: 'P1',
        because: because('broken'),
      },
    ],
    weights: { tier: { top: 1 } },
    recalculate: { lower: 'after 5m stable' },
  },
  grouping: [
    {
      name: 'hosts',
      when: 'event.kind == "alert"',
      by: ['attributes.host'],
      window: { session: '4m' },
      flap: { changes: 3, in: '20m', calm: '3m' },
    },
    {
      name: 'payouts',
      when: 'event.category == "live.payout" && event.market != ""',
      by: ['service', 'market'],
      window: { sliding: '3m', 'at-most': '1h' },
      'reopen-within': '20m',
    },
  ],
  maintenance: [
    {
      name: 'mornings',
      services: ['payouts'],
      when: 'case.priority != "P2"',
      every: ['Mon'],
      from: '09:00',
      for: '40m',
      timeZone: 'Asia/Singapore',
    },
  ],
  closing: { 'resolve-after': '2m', 'reopen-within': '15m', inactive: '40m' },
  resolution: { codes: { fixed: { label: because('Fixed') } }, requires: { P1: ['code', 'cause'] } },
  sla: [
    {
      name: 'pay',
      when: 'case.service == "payouts"',
      calendar: '24x7',
      targets: { acknowledge: { P1: '4m', P2: '15m' }, resolve: { P1: '1h', P3: '4h' } },
      'pause-in': ['waiting-for-customer'],
      'on-breach': 'escalate',
    },
  ],
  sources: {
    demo: { kind: 'generic', severity: { critical: 'P1', warning: 'P3', info: 'P5' }, service: 'payouts' },
  },
};
