import { describe, expect, it } from '@jest/globals';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { runPolicyTests } from './run-policy-test.js';

const storm = { event: { source: 'demo', category: 'live.payout', affected: 1200 } };
const AT = { at: '2026-11-25 03:00 Asia/Singapore' };

const configWith = (tests: unknown, changes: Readonly<Record<string, unknown>> = {}) => {
  const read = readConfig(changedTree({ ...changes, '/tests': tests }));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
};

/** What the test says, by its `when` and `then`. */
function outcome(when: unknown, then: unknown, changes: Readonly<Record<string, unknown>> = {}): string {
  const [result] = runPolicyTests(configWith([{ name: 't', given: AT, when, then }], changes));
  return result?.difference === undefined
    ? 'passed'
    : `${result.difference.pointer} ${result.difference.message}`;
}

describe('a test of the config tree', () => {
  it('passes when the case, the pages of a second and those of a while are as it says', () => {
    expect(
      outcome(
        [{ 'at 0s': storm }, { 'at 310s': { acknowledge: 'ana' } }],
        [
          { 'at 0s': { case: { priority: 'P1', service: 'payouts' }, paged: ['bo'] } },
          { 'at 119s': { paged: [] } },
          { 'at 120s': { paged: ['chen'] } },
          { 'at 300s': { paged: ['bo'] } },
          { 'by 40m': { paged: ['chen', 'bo'], 'paged-never': ['dee'] } },
        ],
      ),
    ).toBe('passed');
  });

  it.each([
    [
      'the priority',
      { 'at 0s': { case: { priority: 'P2' } } },
      '/tests/0/then/0/at 0s/case/priority at 0s: the case should be P2, but it is P1',
    ],
    [
      'the service',
      { 'at 0s': { case: { service: 'other' } } },
      '/tests/0/then/0/at 0s/case/service at 0s: the case should belong to service other, but it belongs to payouts',
    ],
    [
      'who is paged in a second',
      { 'at 120s': { paged: ['ana'] } },
      '/tests/0/then/0/at 120s/paged at 120s: ana should be paged in this second, but paged is chen',
    ],
    [
      'that nobody else is',
      { 'at 0s': { paged: [] } },
      '/tests/0/then/0/at 0s/paged at 0s: nobody should be paged in this second, but paged is bo',
    ],
    [
      'who is paged until then',
      { 'by 1m': { paged: ['bo', 'chen'] } },
      '/tests/0/then/0/by 1m/paged by 1m: chen should have been paged until then, but paged are bo',
    ],
    [
      'who is not',
      { 'by 5m': { 'paged-never': ['dee', 'chen'] } },
      '/tests/0/then/0/by 5m/paged-never by 5m: chen should not have been paged, but was after 2m',
    ],
  ])('names the first difference: %s', (_, then, difference) => {
    expect(outcome([{ 'at 0s': storm }], [then])).toBe(difference);
  });

  it('says when no event has opened a case', () => {
    expect(outcome([{ 'at 10s': storm }], [{ 'at 5s': { case: { priority: 'P1' } } }])).toBe(
      '/tests/0/then/0/at 5s at 5s: a case is expected, but no event has opened one',
    );
    expect(outcome([{ 'at 10s': storm }], [{ 'by 5s': { 'paged-never': ['bo'] } }])).toBe('passed');
  });

  it('takes an answer in the second of the next step as one that came in time', () => {
    expect(
      outcome(
        [{ 'at 0s': storm }, { 'at 120s': { acknowledge: 'bo' } }],
        [{ 'by 1h': { 'paged-never': ['chen'] } }],
      ),
    ).toBe('passed');
  });

  it('means by «the case» that of the latest event, and closes what is resolved', () => {
    const second = { event: { source: 'demo', key: 'T-2', severity: 'critical', service: 'other' } };
    expect(
      outcome(
        [{ 'at 0s': storm }, { 'at 10s': second }, { 'at 60s': { resolve: 'ana' } }],
        [
          { 'at 5s': { case: { service: 'payouts' } } },
          { 'at 10s': { case: { service: 'other', priority: 'P1' }, paged: ['bo'] } },
          { 'by 1h': { 'paged-never': ['chen'] } },
        ],
      ),
    ).toBe('passed');
  });

  it('raises a case by an update that says no more than what is new', () => {
    const small = { event: { source: 'demo', category: 'live.payout', affected: 3 } };
    const grown = { event: { source: 'demo', affected: 900 } };
    expect(
      outcome(
        [{ 'at 0s': small }, { 'at 1m': grown }],
        [{ 'at 59s': { case: { priority: 'P3' } } }, { 'at 1m': { case: { priority: 'P1' } } }],
      ),
    ).toBe('passed');
  });

  it('leaves a step at once whose people have no contact method, as the real world does', () => {
    expect(
      outcome([{ 'at 0s': storm }], [{ 'at 0s': { paged: ['chen'] } }], {
        '/people/bo': { name: 'Bo', timeZone: 'UTC' },
      }),
    ).toBe('passed');
  });

  it('reads the clock of its zone, so that the shift of that hour is paged', () => {
    const then = [{ 'at 0s': { paged: ['ana'] } }];
    const test = {
      name: 't',
      given: { at: '2026-11-30 09:00 Asia/Singapore' },
      when: [{ 'at 0s': storm }],
      then,
    };
    expect(runPolicyTests(configWith([test]))).toEqual([{ name: 't', passed: true }]);
    const before = { ...test, given: { at: '2026-11-30 08:59 Asia/Singapore' } };
    expect(runPolicyTests(configWith([before]))[0]?.passed).toBe(false);
  });
});

const GROUPED = {
  '/grouping': [
    {
      ...{ name: 'markets', when: 'event.category == "live.payout"', by: ['service', 'market'] },
      window: { session: '10m' },
      flap: { changes: 3, in: '20m', calm: '5m' },
    },
  ],
};
const payout = (key: string, said: object = {}) => ({
  event: { ...storm.event, key, market: 'SG', ...said },
});

describe('a test with several tickets and a grouping rule', () => {
  it('sees one case of what belongs together, with its tickets, and pages once', () => {
    expect(
      outcome(
        [{ 'at 0s': payout('A') }, { 'at 60s': payout('B') }, { 'at 90s': payout('C', { market: 'MY' }) }],
        [
          { 'at 60s': { cases: 1, case: { tickets: ['B', 'A'], priority: 'P1' }, paged: [] } },
          { 'at 90s': { cases: 2, case: { tickets: ['C'] }, paged: ['bo'] } },
          { 'by 89s': { paged: ['bo'], 'paged-never': ['chen'] } },
        ],
        GROUPED,
      ),
    ).toBe('passed');
  });

  it.each([
    [
      { 'at 60s': { cases: 2 } },
      '/tests/0/then/0/at 60s/cases at 60s: there should have been 2 cases until then, but there have been 1',
    ],
    [
      { 'at 60s': { case: { tickets: ['B'] } } },
      '/tests/0/then/0/at 60s/case/tickets at 60s: the case should have the tickets B, but it has A, B',
    ],
  ])('says what is otherwise: %j', (then, difference) => {
    expect(outcome([{ 'at 0s': payout('A') }, { 'at 60s': payout('B') }], [then], GROUPED)).toBe(difference);
  });

  it('opens another case beyond the window, and lets a resolved one return within it', () => {
    expect(
      outcome(
        [{ 'at 0s': payout('A') }, { 'at 11m': payout('B') }],
        [{ 'at 11m': { cases: 2, case: { tickets: ['B'] } } }],
        GROUPED,
      ),
    ).toBe('passed');
    expect(
      outcome(
        [{ 'at 0s': payout('A') }, { 'at 4m': { resolve: 'ana' } }, { 'at 9m': payout('C') }],
        [{ 'at 9m': { cases: 1, case: { tickets: ['A', 'C'] }, paged: ['bo'] } }],
        GROUPED,
      ),
    ).toBe('passed');
  });

  it('holds a flapping case open until it is calm', () => {
    const alert = (type: string) => payout('A', { kind: 'alert', type });
    const when = [
      { 'at 0s': alert('alert.raised') },
      { 'at 60s': alert('alert.cleared') },
      { 'at 70s': alert('alert.raised') },
      { 'at 80s': alert('alert.cleared') },
    ];
    const held = [{ 'at 190s': { cases: 1, paged: ['chen'] } }, { 'by 2h': { 'paged-never': ['dee'] } }];
    expect(outcome(when, held, GROUPED)).toBe('passed');
    const steady = GROUPED['/grouping'].map(({ name, when, by, window }) => ({ name, when, by, window }));
    expect(outcome(when, held, { '/grouping': steady })).toContain('there have been 2');
  });

  it('answers the case that a ticket has joined', () => {
    expect(
      outcome(
        [{ 'at 0s': payout('A') }, { 'at 80s': payout('B') }, { 'at 81s': { acknowledge: 'ana' } }],
        [{ 'by 1h': { cases: 1, 'paged-never': ['chen'] } }],
        GROUPED,
      ),
    ).toBe('passed');
  });

  it('closes after its grace only, so that what is reported again meanwhile goes on', () => {
    expect(
      outcome(
        [
          { 'at 0s': payout('A') },
          { 'at 60s': payout('A', { type: 'ticket.resolved' }) },
          { 'at 90s': payout('A', { type: 'ticket.created' }) },
        ],
        [{ 'at 90s': { cases: 1, case: { tickets: ['A'] } } }, { 'at 120s': { paged: ['chen'] } }],
        { ...GROUPED, '/closing': { 'resolve-after': '2m' } },
      ),
    ).toBe('passed');
  });
});

describe('reading tests', () => {
  const faultsOf = (test: Record<string, unknown>): string[] => {
    const whole = {
      name: 't',
      given: AT,
      when: [{ 'at 0s': storm }],
      then: [{ 'at 0s': { paged: [] } }],
      ...test,
    };
    const read = readConfig(changedTree({ '/tests': [whole] }));
    return read.ok ? [] : read.faults.map(({ pointer, message }) => `${pointer}: ${message}`);
  };

  it.each([
    [
      { then: [{ 'at 0s': { paged: ['anna'] } }] },
      '/tests/0/then/0/at 0s/paged/0: «anna» is no person; did you mean «ana»?',
    ],
    [
      { when: [{ 'at 0s': { event: { source: 'demmo' } } }] },
      '/tests/0/when/0/at 0s/event/source: «demmo» is no source; did you mean «demo»?',
    ],
    [
      { given: { at: '2026-11-25 03:00' } },
      '/tests/0/given/at: a minute of a zone such as «2026-11-28 03:00 Asia/Singapore»',
    ],
    [{ given: { at: '2026-02-30 03:00 UTC' } }, '/tests/0/given/at/date: Invalid ISO date'],
    [
      { then: [{ 'at 0s': {}, 'at 1s': {} }] },
      '/tests/0/then/0: one time and what is there, such as «- at 120s: { … }»',
    ],
  ])('%j is %s', (test, fault) => {
    expect(faultsOf(test)).toContain(fault);
  });
});
