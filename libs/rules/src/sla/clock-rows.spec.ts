import { describe, expect, it } from '@jest/globals';
import { Config, isoOf, type TicketEvent } from '@tocsin/contracts';
import { ticketEvent } from '../ticket-event.given.js';
import { clockStateOf, slaWakeAt } from './clock-times.js';
import { workSpansIn } from './count-work.js';
import { recomputeDue } from './recompute-clock.js';
import { startClock } from './run-clock.js';
import { ClockStory, inSingapore, storyTerms } from './sla.given.js';
import type { SlaClock } from './sla-clock.js';
import type { SlaTell } from './sla-effect.js';
import type { SlaInput } from './sla-input.js';
import { slaTerms, targetOf } from './sla-terms.js';
import { evidenceOf } from './tell-clock.js';
import { toldByTicket } from './told-by-ticket.js';
import { holidaysOf, workingHours } from './working-hours.js';

const OPENED = inSingapore('2026-11-03T16:30');
const day3 = (clock: string): number => inSingapore(`2026-11-05T${clock}`);

function story(
  kind: SlaClock['kind'] = 'first-response',
  more?: Parameters<typeof storyTerms>[0],
): ClockStory {
  const terms = storyTerms(more);
  const begun = startClock(kind, { by: 'desk', event: 'evt_1', priority: 'P2' }, terms, OPENED);
  return new ClockStory(begun.clock, terms).take(begun, OPENED);
}
const heard = (event: string, more: Partial<Extract<SlaInput, { type: 'TicketUpdated' }>>): SlaInput => ({
  ...{ type: 'TicketUpdated', by: 'desk', event, ...more },
});
const status = (event: string, value: string): SlaInput => heard(event, { status: value });
const rows = ({ effects }: ClockStory): SlaTell[] =>
  effects.filter((effect): effect is SlaTell => effect.type === 'Tell');
const last = (run: ClockStory): SlaTell | undefined => rows(run).at(-1);

describe('what a clock tells', () => {
  it('when it starts: its policy, calendar and priority', () => {
    expect(last(story())).toMatchObject({
      ...{ type: 'Tell', event: 'SlaStarted', by: 'tocsin', clocks: ['first-response'] },
      facts: { policy: 'business', calendar: 'sg-business', priority: 'P2' },
    });
  });

  it('when it pauses and goes on: by whom, by which event, and why', () => {
    const run = story().at(day3('10:00'), status('evt_2', 'on-hold'));
    expect(last(run)).toEqual({
      ...{ type: 'Tell', event: 'SlaPaused', by: 'desk', clocks: ['first-response'] },
      facts: {
        status: 'on-hold',
        eventId: 'evt_2',
        because: { en: expect.stringContaining('on-hold'), 'zh-CN': expect.stringContaining('on-hold') },
      },
    });
    run.at(day3('10:10'), status('evt_3', 'open'));
    expect(last(run)).toEqual({
      ...{ type: 'Tell', event: 'SlaResumed', by: 'desk', clocks: ['first-response'] },
      facts: {
        eventId: 'evt_3',
        because: { en: expect.stringContaining('open'), 'zh-CN': expect.stringContaining('open') },
      },
    });
  });

  it('when a person ends it: how, and that it was met; a person’s act has no event', () => {
    const run = story('resolve', { targets: { resolve: { P2: '4h' } } });
    expect(last(run.at(day3('10:00'), { type: 'Resolved', by: 'bo' }))).toEqual({
      ...{ type: 'Tell', event: 'SlaEnded', by: 'bo', clocks: ['resolve'] },
      facts: { policy: 'business', how: 'resolved', met: true },
    });
  });

  it('when it ends too late: that it was not met, and that the breach pages nobody', () => {
    const run = story().at(day3('12:00'), heard('evt_2', { reply: 'agent' }));
    expect(rows(run).slice(-2)).toEqual([
      {
        ...{ type: 'Tell', event: 'EscalationNotStarted', by: 'tocsin', clocks: ['first-response'] },
        facts: { reason: 'answered' },
      },
      {
        ...{ type: 'Tell', event: 'SlaEnded', by: 'desk', clocks: ['first-response'] },
        facts: { policy: 'business', how: 'responded', met: false, eventId: 'evt_2' },
      },
    ]);
  });

  it('when it is at risk and when it is broken: what its time is made of', () => {
    const run = story().at(day3('11:30'), { type: 'Woke' });
    const facts = {
      ...{
        policy: 'business',
        target: 14_400,
        startedAt: isoOf(OPENED),
        dueAt: isoOf(day3('11:30')),
        pauses: [],
      },
    };
    const [, risk, breach] = rows(run);
    expect(risk).toMatchObject({ event: 'SlaAtRisk', by: 'tocsin', clocks: ['first-response'], facts });
    expect(breach).toMatchObject({ event: 'SlaBreached', by: 'tocsin', clocks: ['first-response'], facts });
    const said = (row: SlaTell | undefined) => (row?.facts as { because: { en: string } }).because.en;
    expect(said(risk)).toContain('80');
    expect(said(risk)).toContain(isoOf(day3('11:30')));
    expect(said(breach)).not.toBe(said(risk));
  });

  it('when it was at risk before a pause that lasts: no due time, and words of their own', () => {
    const targets = { 'first-response': { P2: '4h', P3: '210m' } };
    const risk = (run: ClockStory) => rows(run).find(({ event }) => event === 'SlaAtRisk')?.facts;
    const paused = story('first-response', { targets }).at(day3('10:20'), status('evt_2', 'on-hold'));
    expect(risk(paused)).toBeUndefined();
    // Of P3 four fifths had passed at 10:18, and it would be due at 11:00.
    paused.at(day3('10:30'), { type: 'PriorityChanged', to: 'P3' });
    expect(risk(paused)).not.toHaveProperty('dueAt');
    expect(risk(paused)).toMatchObject({
      because: { en: expect.not.stringContaining('{'), 'zh-CN': expect.not.stringContaining('{') },
    });
    expect(rows(paused).map(({ event }) => event)).not.toContain('SlaBreached');
  });

  it('of its pauses: each with its causes and its own doubts', () => {
    const run = story('resolve', { targets: { resolve: { P2: '4h' } } })
      .at(day3('09:10'), heard('evt_2', { reply: 'customer' }))
      .at(day3('09:30'), status('evt_3', 'waiting-for-customer'))
      .at(day3('09:40'), heard('evt_4', { by: 'ana', status: 'open' }))
      .at(day3('09:50'), status('evt_5', 'on-hold'));
    expect(evidenceOf(run.clock, run.terms)).toEqual([
      {
        ...{
          from: isoOf(day3('09:30')),
          until: isoOf(day3('09:40')),
          status: 'waiting-for-customer',
          by: 'desk',
        },
        ...{ eventId: 'evt_3', endedBy: 'ana', endedByEventId: 'evt_4', doubts: ['customer-had-replied'] },
      },
      { from: isoOf(day3('09:50')), status: 'on-hold', by: 'desk', eventId: 'evt_5', doubts: [] },
    ]);
  });

  it('after a reopening: who had solved it and who opened it again', () => {
    const run = story()
      .at(day3('10:00'), { type: 'Resolved', by: 'bo' })
      .at(day3('10:30'), { type: 'Reopened', by: 'ana', event: 'evt_9' });
    expect(last(run)).toMatchObject({ event: 'SlaResumed', by: 'ana', facts: { eventId: 'evt_9' } });
    expect(evidenceOf(run.clock, run.terms)).toEqual([
      {
        ...{ from: isoOf(day3('10:00')), until: isoOf(day3('10:30')), status: 'solved', by: 'bo' },
        ...{ endedBy: 'ana', endedByEventId: 'evt_9', doubts: [] },
      },
    ]);
    // What the ticket said before counts no more: the same status pauses anew.
    const held = story()
      .at(day3('10:00'), status('evt_2', 'on-hold'))
      .at(day3('10:05'), { type: 'Resolved', by: 'bo' })
      .at(day3('10:30'), { type: 'Reopened', by: 'ana' })
      .at(day3('10:40'), status('evt_3', 'on-hold'));
    expect(clockStateOf(held.clock, held.terms)).toBe('paused');
  });

  it('of an update that is given in a pause: the end, a new start, and the pause again', () => {
    const run = story('next-update')
      .at(OPENED + 60_000, status('evt_2', 'on-hold'))
      .at(OPENED + 120_000, heard('evt_3', { reply: 'agent' }));
    expect(rows(run).map(({ event }) => event)).toEqual([
      'SlaStarted',
      'SlaPaused',
      'SlaEnded',
      'SlaStarted',
      'SlaPaused',
    ]);
    expect(rows(run)[2]).toMatchObject({ facts: { how: 'responded', met: true, eventId: 'evt_3' } });
    expect(run.clock).toMatchObject({ told: 'nothing', startedAt: OPENED + 120_000 });
  });
});

describe('whose turn it is', () => {
  it('is the agent’s again when the customer replies, once', () => {
    const run = story('resolve', { targets: { resolve: { P2: '4h' } } })
      .at(day3('10:00'), status('evt_2', 'waiting-for-customer'))
      .at(day3('10:01'), heard('evt_3', { reply: 'agent' }))
      .at(day3('10:02'), heard('evt_4', { reply: 'agent' }));
    // The first answer in the pause is the one that counts.
    expect(run.clock.pauses.at(-1)?.agentRepliedAt).toBe(day3('10:01'));
    run.at(day3('10:05'), heard('evt_5', { reply: 'customer' }));
    expect(run.clock.lastReply).toEqual({ from: 'customer', at: day3('10:05') });
    expect(rows(run).map(({ event }) => event)).toEqual(['SlaStarted', 'SlaPaused', 'SlaResumed']);
  });

  it('pauses again when an agent’s reply comes with the same status', () => {
    const run = story('resolve', { targets: { resolve: { P2: '4h' } } })
      .at(day3('10:00'), status('evt_2', 'waiting-for-customer'))
      .at(day3('10:05'), heard('evt_3', { reply: 'customer' }))
      .at(day3('10:10'), status('evt_4', 'waiting-for-customer'));
    expect(clockStateOf(run.clock, run.terms)).toBe('running');
    run.at(day3('10:20'), heard('evt_5', { reply: 'agent', status: 'waiting-for-customer' }));
    expect(run.clock.pauses.map(({ from }) => from)).toEqual([day3('10:00'), day3('10:20')]);
    // In a pause the same status with a reply is no other pause.
    run.at(day3('10:25'), heard('evt_6', { reply: 'agent', status: 'waiting-for-customer' }));
    expect(run.clock.pauses).toHaveLength(2);
  });

  it('is not the agent’s by a reply to a ticket that is on hold', () => {
    const run = story('resolve', { targets: { resolve: { P2: '4h' } } })
      .at(day3('10:00'), status('evt_2', 'on-hold'))
      .at(day3('10:05'), heard('evt_3', { reply: 'customer' }));
    expect(clockStateOf(run.clock, run.terms)).toBe('paused');
  });
});

describe('how a clock stands', () => {
  const paused = { from: 5, status: 'on-hold', began: { by: 'desk' } };
  const ended = { how: 'responded', at: 9, by: 'ana' } as const;
  const clock: SlaClock = { ...story().clock };

  it.each<[string, Partial<SlaClock>, string]>([
    ['running', {}, 'running'],
    ['at risk', { told: 'at-risk' }, 'at-risk'],
    ['paused, at risk or not', { told: 'at-risk', pauses: [paused] }, 'paused'],
    ['running after a pause', { pauses: [{ ...paused, until: 7 }] }, 'running'],
    ['met', { ended, pauses: [{ ...paused, until: 7 }] }, 'met'],
    ['met though it was at risk', { ended, told: 'at-risk' }, 'met'],
    ['breached though it was met later', { ended, told: 'breached' }, 'breached'],
    ['without a target at this priority', { priority: 'P5' }, 'no-target'],
    ['breached at a priority that has none', { priority: 'P5', told: 'breached' }, 'breached'],
  ])('%s', (_, more, state) => {
    expect(clockStateOf({ ...clock, ...more }, story().terms)).toBe(state);
  });

  it('is looked at when it is at risk, then when it is due, and never when it is over', () => {
    const wakesAt = (more: Partial<SlaClock>) => slaWakeAt({ ...clock, ...more }, story().terms);
    expect([wakesAt({}), wakesAt({ told: 'at-risk' })]).toEqual([day3('10:42'), day3('11:30')]);
    const never: Partial<SlaClock>[] = [
      { told: 'breached' },
      { ended },
      { priority: 'P5' },
      { told: 'at-risk', priority: 'P5' },
    ];
    expect(never.map(wakesAt)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('is due before a pause that begins at that instant', () => {
    const at = (from: number) =>
      slaWakeAt({ ...clock, told: 'at-risk', pauses: [{ ...paused, from }] }, story().terms);
    expect([at(day3('11:30')), at(day3('11:30') - 1)]).toEqual([day3('11:30'), undefined]);
  });

  it('is counted anew from the rows of its own kind alone', () => {
    const run = story()
      .at(day3('10:00'), status('evt_2', 'on-hold'))
      .at(day3('10:20'), status('evt_3', 'open'));
    const strange = run.timeline.map((event) => ({
      ...event,
      facts: { ...event.facts, clocks: ['resolve'] },
    }));
    const mixed = run.timeline.flatMap((event, i) => [...(i > 0 ? [strange[i] ?? event] : []), event]);
    expect(recomputeDue(mixed, 'first-response', run.terms)).toBe(day3('11:50'));
    expect(recomputeDue(strange, 'first-response', run.terms)).toBeUndefined();
    expect(recomputeDue([], 'first-response', run.terms)).toBeUndefined();
    const other = run.timeline.map((event) => ({
      ...event,
      facts: { ...event.facts, clocks: 'first-response' },
    }));
    expect(recomputeDue(other, 'first-response', run.terms)).toBeUndefined();
  });
});

describe('what an event of the ticket tells its clocks', () => {
  const said = (more: Partial<TicketEvent>, newest = true) =>
    toldByTicket(ticketEvent({ id: 'evt_7', source: 'desk', type: 'ticket.commented', ...more }), newest);
  const agent = { role: 'agent', name: 'ana' } as const;

  it('is who, what, its status, and whose reply', () => {
    expect(said({ author: agent, status: 'open' })).toEqual({
      ...{ type: 'TicketUpdated', by: 'ana', event: 'evt_7', status: 'open', reply: 'agent' },
    });
    expect(said({})).toEqual({ type: 'TicketUpdated', by: 'desk', event: 'evt_7' });
  });

  it('is no status where the event was overtaken', () => {
    expect(said({ status: 'open' }, false)).not.toHaveProperty('status');
    expect(said({})).not.toHaveProperty('status');
  });

  it.each<[string, Partial<TicketEvent>, string | undefined]>([
    ['a comment of the customer', { author: { role: 'customer' } }, 'customer'],
    ['a comment that nobody outside reads', { author: { ...agent, internal: true } }, undefined],
    ['one that says that it is read', { author: { ...agent, internal: false } }, 'agent'],
    ['a comment of nobody', {}, undefined],
    ['an update by an agent', { type: 'ticket.updated', author: agent }, undefined],
  ])('%s is a reply, or none', (_, more, reply) => {
    expect(said(more)).toEqual(
      expect.objectContaining(reply === undefined ? { type: 'TicketUpdated' } : { reply }),
    );
    expect('reply' in said(more)).toBe(reply !== undefined);
  });
});

describe('the hours of a calendar', () => {
  const config = Config.parse({
    calendars: {
      office: {
        timeZone: 'UTC',
        hours: { 'Mon-Thu': '09:00-17:00', Fri: '09:00-12:00' },
        holidays: 'sg',
        worked: ['2026-11-05'],
      },
      own: { timeZone: 'UTC', hours: { Mon: '09:00-10:00' }, holidays: [{ date: '2026-11-02', name: 'x' }] },
      lost: { timeZone: 'UTC', hours: { Mon: '09:00-10:00' }, holidays: 'gone' },
      even: { timeZone: 'UTC', hours: { Mon: '09:00-10:00', Tue: '11:00-12:00' }, worked: ['2026-11-07'] },
    },
    holidays: {
      sg: {
        days: ['2026-11-03', '2026-11-04', '2026-11-05'].map((date) => ({ date, name: 'x' })),
        worked: ['2026-11-04'],
      },
    },
    sla: [],
  });
  const at = (text: string): number => Date.parse(`${text}Z`);
  const day = (date: string): number => at(`${date}T00:00`) / 86_400_000;
  const spans = (name: string, from: string, until: string) =>
    workSpansIn(workingHours(config, name), { from: at(from), until: at(until) }).map((span) =>
      [span.from, span.until].map((one) => isoOf(one).slice(5, 16)),
    );

  it('are the worked spans of a window, cut at its ends', () => {
    expect(spans('own', '2026-11-09T09:20', '2026-11-16T09:40')).toEqual([
      ['11-09T09:20', '11-09T10:00'],
      ['11-16T09:00', '11-16T09:40'],
    ]);
    expect(spans('own', '2026-11-09T10:00', '2026-11-16T09:00')).toEqual([]);
  });

  it('leave out holidays of a table that its worked dates, and those of the calendar, do not take back', () => {
    expect(holidaysOf(config, 'office')).toEqual(new Set([day('2026-11-03')]));
    expect(spans('office', '2026-11-03T00:00', '2026-11-05T00:00')).toEqual([['11-04T09:00', '11-04T17:00']]);
    expect(holidaysOf(config, 'own')).toEqual(new Set([day('2026-11-02')]));
    expect(spans('own', '2026-11-02T00:00', '2026-11-03T00:00')).toEqual([]);
    expect(holidaysOf(config, 'lost')).toEqual(new Set());
    expect(() => holidaysOf(config, 'gone')).toThrow(/«gone» is no calendar/);
  });

  it('on a worked weekend day are those of the first of the longest days', () => {
    expect(spans('even', '2026-11-07T00:00', '2026-11-08T00:00')).toEqual([['11-07T09:00', '11-07T10:00']]);
  });
});

describe('the terms of a policy', () => {
  it('are found by name, with a target for some priorities', () => {
    const terms = storyTerms();
    expect([
      targetOf(terms, 'first-response', 'P2'),
      targetOf(terms, 'first-response', 'P3'),
      targetOf(terms, 'resolve', 'P2'),
    ]).toEqual([...[14_400, undefined, undefined]]);
    expect(slaTerms(Config.parse({}), 'business')).toBeUndefined();
  });
});
