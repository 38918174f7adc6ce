import { describe, expect, it } from '@jest/globals';
import type { SlaKind } from '@tocsin/contracts';
import { auditPauses } from './audit-pauses.js';
import { EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import { clockStateOf, clockTimes, slaWakeAt } from './clock-times.js';
import { recomputeDue } from './recompute-clock.js';
import { startClock } from './run-clock.js';
import { ClockStory, inSingapore, storyConfig, storyTerms } from './sla.given.js';
import type { SlaInput } from './sla-input.js';
import { kindsOf, pickSla } from './sla-terms.js';

const OPENED = inSingapore('2026-11-03T16:30');

function story(kind: SlaKind = 'first-response', more?: Parameters<typeof storyTerms>[0]): ClockStory {
  const terms = storyTerms(more);
  const opened = { by: 'zendesk', event: 'evt_1', priority: 'P2' as const };
  const begun = startClock(kind, opened, terms, OPENED);
  return new ClockStory(begun.clock, terms).take(begun, OPENED);
}

const WOKE: SlaInput = { type: 'Woke' };
const says = (event: string, more: Partial<Extract<SlaInput, { type: 'TicketUpdated' }>>): SlaInput => ({
  type: 'TicketUpdated',
  by: 'zendesk',
  event,
  ...more,
});
const waiting = (event = 'evt_2'): SlaInput => says(event, { status: 'waiting-for-customer' });
const reply = (event = 'evt_3'): SlaInput => says(event, { reply: 'customer' });
const agent = (event = 'evt_4'): SlaInput => says(event, { reply: 'agent' });

const toldBy = ({ effects }: ClockStory): string[] =>
  effects.map((effect) => (effect.type === 'Tell' ? effect.event : effect.type));
const day3 = (clock: string): number => inSingapore(`2026-11-05T${clock}`);

describe('story 5: a P2 of day 1 16:30 with four business hours and a holiday on day 2', () => {
  it('is at risk on day 3 at 10:42 and due at 11:30', () => {
    const { clock, terms } = story();
    const times = clockTimes(clock, terms);
    expect(times).toEqual({ target: 14_400, atRiskAt: day3('10:42'), dueAt: day3('11:30') });
    expect(slaWakeAt(clock, terms)).toBe(day3('10:42'));
  });

  it('tells each at its instant, once, and asks for the next step at the breach', () => {
    const run = story();
    run.at(day3('10:41:59.999'), WOKE);
    expect(toldBy(run)).toEqual(['SlaStarted']);
    run.at(day3('10:42'), WOKE).at(day3('10:42'), WOKE);
    expect(toldBy(run)).toEqual(['SlaStarted', 'SlaAtRisk']);
    expect(slaWakeAt(run.clock, run.terms)).toBe(day3('11:30'));
    run.at(day3('11:29:59.999'), WOKE).at(day3('11:30'), WOKE).at(day3('11:31'), WOKE);
    expect(toldBy(run)).toEqual(['SlaStarted', 'SlaAtRisk', 'SlaBreached', 'Escalate']);
    expect(slaWakeAt(run.clock, run.terms)).toBeUndefined();
  });

  it('paused on day 3 from 10:00 until the customer replies at 10:20 is at risk at 11:02 and due at 11:50', () => {
    const run = story().at(day3('10:00'), waiting());
    expect(clockTimes(run.clock, run.terms)).toEqual({ target: 14_400 });
    expect(slaWakeAt(run.clock, run.terms)).toBeUndefined();
    run.at(day3('10:20'), reply());
    const times = clockTimes(run.clock, run.terms);
    expect(times).toMatchObject({ atRiskAt: day3('11:02'), dueAt: day3('11:50') });
    expect(recomputeDue(run.timeline, 'first-response', run.terms)).toBe(day3('11:50'));
    run.at(day3('11:49:59'), WOKE).at(day3('11:50'), WOKE);
    const breach = run.timeline.find(({ type }) => type === 'SlaBreached');
    expect(breach?.facts).toMatchObject({
      dueAt: '2026-11-05T03:50:00.000Z',
      pauses: [
        {
          from: '2026-11-05T02:00:00.000Z',
          until: '2026-11-05T02:20:00.000Z',
          status: 'waiting-for-customer',
          eventId: 'evt_2',
          endedByEventId: 'evt_3',
          doubts: [],
        },
      ],
    });
  });

  it('after an outage tells both in their order, and a breach that an answer came too late for', () => {
    const woken = story().at(day3('15:00'), WOKE);
    expect(toldBy(woken)).toEqual(['SlaStarted', 'SlaAtRisk', 'SlaBreached', 'Escalate']);
    const answered = story().at(day3('11:30'), agent());
    expect(toldBy(answered).slice(1)).toEqual([
      ...['SlaAtRisk', 'SlaBreached', 'EscalationNotStarted', 'SlaEnded'],
    ]);
    expect(clockStateOf(answered.clock, answered.terms)).toBe('breached');
  });

  it('does not take a case from the person whose answer brings the breach to light', () => {
    const targets = { resolve: { P2: '4h' } };
    for (const type of ['Acknowledged', 'Resolved'] as const)
      expect(toldBy(story('resolve', { targets }).at(day3('11:31'), { type, by: 'bo' }))).not.toContain(
        'Escalate',
      );
    expect(toldBy(story('resolve', { targets }).at(day3('11:31'), reply()))).toContain('Escalate');
  });
});

describe('what a clock hears', () => {
  it('ends with what it waits for, and with nothing else but the resolution', () => {
    const ends = (kind: SlaKind, input: SlaInput): string | undefined =>
      story(kind, { targets: { [kind]: { P2: '4h' } } }).at(OPENED + 1, input).clock.ended?.how;
    const acknowledged: SlaInput = { type: 'Acknowledged', by: 'bo' };
    expect(ends('acknowledge', acknowledged)).toBe('acknowledged');
    expect(ends('acknowledge', agent())).toBeUndefined();
    expect(ends('first-response', agent())).toBe('responded');
    expect(ends('first-response', acknowledged)).toBeUndefined();
    expect(ends('resolve', acknowledged)).toBeUndefined();
    for (const kind of ['acknowledge', 'first-response', 'next-update', 'resolve'] as const)
      expect(ends(kind, { type: 'Resolved', by: 'bo' })).toBe('resolved');
  });

  it('counts the next update from each one, and tells its own risk and breach each time', () => {
    const run = story('next-update').at(inSingapore('2026-11-03T17:20'), agent());
    expect(toldBy(run)).toEqual(['SlaStarted', 'SlaAtRisk', 'SlaEnded', 'SlaStarted']);
    expect(clockTimes(run.clock, run.terms)?.dueAt).toBe(day3('09:20'));
    run.at(day3('09:20'), WOKE);
    expect(toldBy(run).slice(4)).toEqual(['SlaAtRisk', 'SlaBreached', 'Escalate']);
  });

  it('goes on waiting when an update is given in a pause', () => {
    const run = story('next-update')
      .at(OPENED + 60_000, waiting())
      .at(OPENED + 120_000, agent());
    expect(clockStateOf(run.clock, run.terms)).toBe('paused');
    expect(recomputeDue(run.timeline, 'next-update', run.terms)).toBeUndefined();
    run.at(OPENED + 180_000, says('evt_5', { status: 'open' }));
    expect(clockTimes(run.clock, run.terms)?.dueAt).toBe(OPENED + 180_000 + 3_600_000);
  });

  it('does not pause again because the ticket still says that it waits after the customer replied', () => {
    const run = story().at(day3('10:00'), waiting()).at(day3('10:20'), reply());
    run.at(day3('10:25'), waiting('evt_6'));
    expect(clockStateOf(run.clock, run.terms)).toBe('running');
    const both = says('evt_7', { status: 'waiting-for-customer', reply: 'customer' });
    expect(story().at(day3('10:00'), both).clock.pauses).toEqual([]);
    const held = story()
      .at(day3('10:00'), says('evt_8', { status: 'on-hold' }))
      .at(day3('10:05'), both);
    expect(clockStateOf(held.clock, held.terms)).toBe('running');
  });

  it('gives each of two pausing states its own cause', () => {
    const run = story()
      .at(day3('10:00'), waiting())
      .at(day3('10:05'), says('evt_8', { status: 'on-hold' }));
    run.at(day3('10:10'), reply());
    expect(run.clock.pauses).toMatchObject([
      { status: 'waiting-for-customer', until: day3('10:05'), ended: { event: 'evt_8' } },
      { status: 'on-hold', from: day3('10:05') },
    ]);
    expect(clockStateOf(run.clock, run.terms)).toBe('paused');
  });

  it('runs on after a reopening, without the time in which the case was solved', () => {
    const run = story().at(day3('10:00'), { type: 'Resolved', by: 'bo' });
    run.at(day3('10:30'), { type: 'Reopened', by: 'ana' });
    expect(clockTimes(run.clock, run.terms)?.dueAt).toBe(day3('12:00'));
    expect(run.clock.pauses).toMatchObject([{ status: 'solved', began: { by: 'bo' }, ended: { by: 'ana' } }]);
    const responded = story().at(day3('10:00'), agent());
    expect(responded.at(day3('10:30'), { type: 'Reopened', by: 'ana' }).clock.ended?.how).toBe('responded');
  });

  it('takes the target of the present priority, counted from the opening', () => {
    const raised = story().at(OPENED + 1000, { type: 'PriorityChanged', to: 'P1' });
    expect(clockTimes(raised.clock, raised.terms)?.dueAt).toBe(OPENED + 900_000);
    const lowered = story().at(OPENED + 1000, { type: 'PriorityChanged', to: 'P4' });
    expect(clockStateOf(lowered.clock, lowered.terms)).toBe('no-target');
    expect(slaWakeAt(lowered.clock, lowered.terms)).toBeUndefined();
    lowered.at(day3('17:00'), { type: 'PriorityChanged', to: 'P2' });
    expect(toldBy(lowered).slice(1)).toEqual(['SlaAtRisk', 'SlaBreached', 'Escalate']);
  });

  it('tells a breach without asking for a step where the policy only tells', () => {
    expect(toldBy(story('first-response', { 'on-breach': 'tell' }).at(day3('12:00'), WOKE))).toEqual([
      ...['SlaStarted', 'SlaAtRisk', 'SlaBreached'],
    ]);
  });

  it('counts a day as a working day of the calendar', () => {
    const { clock, terms } = story('first-response', { targets: { 'first-response': { P2: '1d' } } });
    expect(clockTimes(clock, terms)).toMatchObject({ target: 9 * 3600, dueAt: day3('16:30') });
  });
});

describe('the policy of a case', () => {
  it('is the first that matches, and has a clock for each kind that it promises at any priority', () => {
    const config = storyConfig({ when: 'case.party == "creator" && case.market in ["SG", "MY"]' });
    expect(pickSla(config, { ...EMPTY_CASE_FACTS, party: 'creator', market: 'MY' })).toBe('business');
    expect(pickSla(config, { ...EMPTY_CASE_FACTS, party: 'creator', market: 'US' })).toBeUndefined();
    expect(kindsOf(storyTerms())).toEqual(['first-response', 'next-update']);
  });
});

describe('auditing pauses', () => {
  const doubts = (run: ClockStory): string[] => auditPauses(run.clock, run.terms).map(({ doubt }) => doubt);

  it('doubts a wait for a customer who had replied last', () => {
    const run = story('resolve', { targets: { resolve: { P2: '4h' } } });
    run.at(day3('09:10'), reply()).at(day3('09:30'), waiting());
    expect(doubts(run)).toEqual(['customer-had-replied']);
  });

  it.each([
    ['before it', '09:20', '09:30'],
    ['with it, a moment later', '09:30:20', '09:30'],
  ])('does not when the agent answered %s', (_, answered, paused) => {
    const run = story('resolve', { targets: { resolve: { P2: '4h' } } }).at(day3('09:10'), reply());
    const acts = [
      { at: day3(answered), input: agent() },
      { at: day3(paused), input: waiting() },
    ].toSorted((a, b) => a.at - b.at);
    for (const { at, input } of acts) run.at(at, input);
    expect(doubts(run)).toEqual([]);
  });

  it.each([
    ['11:29:00', []],
    ['11:29:01', ['just-before-breach']],
    ['11:29:59.999', ['just-before-breach']],
    ['11:30', []],
  ])('looks at a pause that begins at %s, due 11:30', (clock, found) => {
    expect(doubts(story().at(day3(clock), says('evt_9', { status: 'on-hold' })))).toEqual(found);
  });

  it('counts the minute before the breach in working time, and sees a resolution that was taken back', () => {
    const run = story('first-response', { targets: { 'first-response': { P2: '90m' } } });
    run.at(inSingapore('2026-11-03T17:59:30'), { type: 'Resolved', by: 'bo' });
    run.at(inSingapore('2026-11-03T20:00'), { type: 'Reopened', by: 'bo' });
    expect(doubts(run)).toEqual(['just-before-breach']);
  });
});
