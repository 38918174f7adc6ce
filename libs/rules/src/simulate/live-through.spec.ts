import { describe, expect, it } from '@jest/globals';
import { type Config, isoOf, PRIORITIES, type Priority, rankOf, type TicketEvent } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { ticketEvent } from '../ticket-event.given.js';
import type { Happening, Stimulus } from './happening.js';
import { liveThrough } from './live-through.js';

const START = Date.parse('2026-11-24T19:00:00Z');
const read = readConfig(changedTree({}));
if (!read.ok) throw new Error(JSON.stringify(read.faults));
const { config } = read;

const at = (seconds: number): number => START + seconds * 1000;
let sent = 0;
/** Later ones are newer. */
const send = (seconds: number, said: Partial<TicketEvent>): Stimulus => {
  sent += 1;
  const version = { by: 'receipt' as const, at: at(seconds), tie: String(sent).padStart(9, '0') };
  const receivedAt = isoOf(at(seconds));
  return { at: at(seconds), act: { type: 'event', event: ticketEvent({ version, receivedAt, ...said }) } };
};
const simulate = (world: Config, stimuli: readonly Stimulus[], until: number): Happening[] => [
  ...liveThrough(world, stimuli, until).happenings,
];
const lineOf = (one: Happening): string =>
  [(one.at - START) / 1000, one.case, one.type, 'person' in one ? one.person : undefined]
    .filter((part) => part !== undefined)
    .join(' ');

const worldOf = (changes: Readonly<Record<string, unknown>>): Config => {
  const promising = readConfig(changedTree(changes));
  if (!promising.ok) throw new Error(JSON.stringify(promising.faults));
  return promising.config;
};

const storm = { category: 'live.payout', affected: 1200 };

describe('a simulated world', () => {
  it('tells what happens to two tickets in the order of time', () => {
    const stimuli: Stimulus[] = [
      send(0, { ...storm, ticketKey: 'A' }),
      send(60, { ...storm, ticketKey: 'B' }),
      { at: at(130), act: { type: 'acknowledge', by: 'chen', ticketKey: 'A' } },
    ];
    expect(simulate(config, stimuli, at(250)).map(lineOf)).toEqual([
      '0 A#1 opened',
      '0 A#1 paged bo',
      '60 B#1 opened',
      '60 B#1 paged bo',
      '120 A#1 paged chen',
      '130 A#1 acknowledged',
      '180 B#1 paged chen',
    ]);
  });

  it('is quiet for what it depends on while that is open, but for a P1, and pages at once when it closes', () => {
    const dependent = readConfig(
      changedTree({
        '/services/payouts/depends-on': ['other'],
        '/sources/demo/severity': { critical: 'P1', high: 'P2', info: 'P5' },
      }),
    );
    if (!dependent.ok) throw new Error(JSON.stringify(dependent.faults));
    const pay = { category: 'live.payout', affected: 3 };
    const stimuli = [
      send(0, { ticketKey: 'UP', tags: ['vip'], severity: 'high' }),
      send(10, { ...pay, ticketKey: 'DOWN' }),
      send(20, { ...storm, ticketKey: 'P1' }),
      send(60, { ticketKey: 'UP', type: 'ticket.resolved' }),
    ];
    expect(simulate(dependent.config, stimuli, at(61)).map(lineOf)).toEqual([
      '0 UP#1 opened',
      '0 UP#1 paged bo',
      '10 DOWN#1 opened',
      '20 P1#1 opened',
      '20 P1#1 paged bo',
      '60 DOWN#1 paged bo',
      '60 UP#1 resolved',
    ]);
  });

  it('hushes in a maintenance window, and pages at its end what still fires', () => {
    const night = { name: 'night', on: '2026-11-24', from: '19:00', for: '10m', timeZone: 'UTC' };
    const hushed = readConfig(changedTree({ '/maintenance': [{ ...night, services: ['payouts'] }] }));
    if (!hushed.ok) throw new Error(JSON.stringify(hushed.faults));
    const stimuli = [
      send(0, { ...storm, ticketKey: 'A' }),
      send(60, { ...storm, ticketKey: 'B' }),
      send(120, { ticketKey: 'B', type: 'ticket.resolved' }),
    ];
    expect(simulate(hushed.config, stimuli, at(620)).map(lineOf)).toEqual([
      '0 A#1 opened',
      '60 B#1 opened',
      '120 B#1 resolved',
      '600 A#1 paged bo',
    ]);
  });

  it('opens a second case of a ticket whose first is resolved, but not by a comment', () => {
    const stimuli = [
      send(0, { ...storm }),
      send(10, { type: 'ticket.resolved' }),
      send(20, { type: 'ticket.commented' }),
      send(30, { ...storm }),
    ];
    expect(simulate(config, stimuli, at(40)).map(lineOf)).toEqual([
      '0 T-1#1 opened',
      '0 T-1#1 paged bo',
      '10 T-1#1 resolved',
      '30 T-1#2 opened',
      '30 T-1#2 paged bo',
    ]);
  });

  it('counts what raises a case again, not its comments, and raises it by that', () => {
    const because = { en: 'b', 'zh-CN': 'b' };
    const volume = worldOf({
      '/priority/rules': [{ name: 'storm', when: 'event.reports >= 3', set: 'P1', because }],
    });
    const stimuli = [
      send(0, {}),
      send(1, { type: 'ticket.commented' }),
      send(2, { type: 'ticket.updated' }),
      send(3, {}),
      send(4, {}),
      send(5, {}),
    ].map(({ at: when, act }) => ({
      at: when,
      act: act.type === 'event' ? { ...act, event: { ...act.event, source: 'mail' } } : act,
    }));
    const raised = simulate(volume, stimuli, at(9)).filter(({ type }) => type === 'raised');
    expect(raised.map(lineOf)).toEqual(['4 T-1#1 raised']);
  });

  it('raises by a promise at risk and then breached, which by each raise may come sooner, and comes to rest', () => {
    const because = { en: 'b', 'zh-CN': 'b' };
    const promised = worldOf({
      '/priority/rules': [
        { name: 'broken', when: 'event.promise == "breached"', set: 'P1', because },
        { name: 'risky', when: 'event.promise == "at-risk"', set: 'P3', because },
      ],
      '/policies/live-pay/escalates': 'P1-P2',
      '/sla': [
        {
          ...{ name: 's', when: 'true', calendar: '24x7' },
          targets: { acknowledge: { P4: '10m', P3: '9m', P2: '5m', P1: '1m' } },
        },
      ],
    });
    expect(simulate(promised, [send(0, { source: 'mail' })], at(600)).map(lineOf)).toEqual([
      '0 T-1#1 opened',
      '480 T-1#1 raised',
      '540 T-1#1 raised',
      '540 T-1#1 paged bo',
    ]);
    const answered: Stimulus = { at: at(100), act: { type: 'resolve', by: 'bo', ticketKey: 'T-1' } };
    const lines = simulate(promised, [send(0, { source: 'mail' }), answered], at(3600)).map(lineOf);
    expect(lines).toEqual(['0 T-1#1 opened', '100 T-1#1 resolved']);
  });

  it('pages the next step at a breach, where the policy says so', () => {
    const targets = { acknowledge: { P4: '50s' } };
    const sla = { name: 's', when: 'case.source == "mail"', calendar: '24x7', targets };
    const pages = (more: object): string[] =>
      simulate(worldOf({ '/sla': [{ ...sla, ...more }] }), [send(0, { source: 'mail' })], at(125)).map(
        lineOf,
      );
    expect(pages({})).toEqual(['0 T-1#1 opened', '0 T-1#1 paged bo', '120 T-1#1 paged chen']);
    expect(pages({ 'on-breach': 'escalate' })).toEqual([
      ...['0 T-1#1 opened', '0 T-1#1 paged bo', '50 T-1#1 paged chen'],
    ]);
  });

  it('comes to rest whatever is promised to whom, and what promises raise they never take back', () => {
    const priority = fc.constantFrom<Priority>(...PRIORITIES);
    const minutes = fc.integer({ min: 1, max: 60 }).map((n) => `${n}m`);
    const states = fc.constantFrom('at-risk', 'breached');
    const because = { en: 'b', 'zh-CN': 'b' };
    let raised = 0;
    fc.assert(
      fc.property(
        fc.dictionary(priority, minutes, { minKeys: 1 }),
        fc.uniqueArray(fc.tuple(states, priority), { selector: ([state]) => state, minLength: 1 }),
        (resolve, rules) => {
          const world = worldOf({
            '/sla': [{ name: 's', when: 'true', calendar: '24x7', targets: { resolve } }],
            '/priority/rules': rules.map(([state, set]) => ({
              ...{ name: state, when: `event.promise == "${state}"`, set, because },
            })),
          });
          const happenings = simulate(world, [send(0, { source: 'mail' })], at(2 * 3600));
          const ranks = happenings.flatMap((one) =>
            one.type === 'opened' || one.type === 'raised' ? [rankOf(one.priority)] : [],
          );
          raised += ranks.length - 1;
          expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => b - a));
        },
      ),
      { numRuns: runs(500) },
    );
    expect(raised).toBeGreaterThan(runs(50));
  });

  const stimulus = fc.record({
    seconds: fc.integer({ min: 0, max: 3000 }),
    key: fc.constantFrom('A', 'B'),
    what: fc.constantFrom('storm', 'small', 'solved', 'acknowledge', 'resolve'),
  });
  const stimuliOf = (given: { seconds: number; key: string; what: string }[]): Stimulus[] =>
    given.map(({ seconds, key: ticketKey, what }) => {
      if (what === 'storm') return send(seconds, { ...storm, ticketKey });
      if (what === 'small') return send(seconds, { category: 'live.payout', ticketKey });
      if (what === 'solved') return send(seconds, { type: 'ticket.resolved', ticketKey });
      const type = what === 'acknowledge' ? what : 'resolve';
      return { at: at(seconds), act: { type, by: 'bo', ticketKey } };
    });

  it('goes forward in time, the same each time, and S7: pages nobody of a case that was answered', () => {
    fc.assert(
      fc.property(fc.array(stimulus, { maxLength: 12 }), (given) => {
        const happenings = simulate(config, stimuliOf(given), at(4000));
        expect(simulate(config, stimuliOf(given), at(4000))).toEqual(happenings);
        const answered = new Set<string>();
        let now = START;
        for (const one of happenings) {
          expect(one.at).toBeGreaterThanOrEqual(now);
          now = one.at;
          if (one.type === 'acknowledged' || one.type === 'resolved') answered.add(one.case);
          if (one.type === 'paged') expect(answered.has(one.case)).toBe(false);
        }
      }),
    );
  });

  it('a longer look tells the same of the time before', () => {
    fc.assert(
      fc.property(fc.array(stimulus, { maxLength: 8 }), fc.integer({ min: 0, max: 4000 }), (given, until) => {
        const short = simulate(config, stimuliOf(given), at(until));
        const long = simulate(config, stimuliOf(given), at(4000));
        expect(short).toEqual(long.filter((one) => one.at <= at(until)));
      }),
    );
  });
});
