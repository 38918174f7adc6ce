import { describe, expect, it } from '@jest/globals';
import { EMPTY_FACTS } from '../conditions/facts-of-event.js';
import { deadRules } from '../lint/dead-rules.js';
import { watchChanges } from '../plan/watch-changes.js';
import { mutantsOf } from '../policy-tests/mutants-of.js';
import { configOf, ruleOf } from '../priority/priority-config.given.js';
import { decideFromFacts } from '../priority/decide-priority.js';
import { firstWeighing } from '../priority/reweigh.js';
import { watchedRules } from './watched-rules.js';
import { wouldGroup } from './would-be.js';
import { ticketEvent } from '../ticket-event.given.js';

const NOW = Date.UTC(2026, 10, 23);
const watching = { mode: 'monitor' };
const MANY = ruleOf('many', 'event.affected >= 500', 'P1');
const LONG = ruleOf('long', 'event.body.contains("court")', 'P2');

describe('a rule in mode monitor is passed over', () => {
  it('by the reason of a priority, which names the first rule that decides', () => {
    const config = configOf({ rules: [{ ...LONG, ...watching }, MANY] });
    const { record } = decideFromFacts({ ...EMPTY_FACTS, affected: 3, has_affected: true }, config, NOW);
    expect(record.firstRejected).toBe('many');
  });

  it('by lint, which lets those below it live', () => {
    const all = ruleOf('all', 'true', 'P2');
    expect(deadRules(configOf({ rules: [{ ...all, ...watching }, MANY] }))).toEqual([]);
    expect(deadRules(configOf({ rules: [all, { ...MANY, ...watching }] }))).toHaveLength(1);
  });

  it('by mutants: no test could notice them', () => {
    const places = (rule: object) =>
      [...mutantsOf(configOf({ rules: [{ ...MANY, ...rule }] }))].map(({ pointer }) => pointer);
    expect(places({}).some((pointer) => pointer.startsWith('/priority/rules/0'))).toBe(true);
    expect(places(watching).some((pointer) => pointer.startsWith('/priority/rules/0'))).toBe(false);
  });

  it('but what it reads of a case is kept', () => {
    const facts = { ...EMPTY_FACTS, body: 'see you in court' };
    const kept = (rule: object) =>
      firstWeighing(facts, { config: configOf({ rules: [rule] }), revision: 1 }, NOW).facts.body;
    expect([kept(MANY), kept({ ...LONG, ...watching })]).toEqual(['', 'see you in court']);
  });
});

describe('what a plan says of it', () => {
  const live = configOf({ rules: [MANY] });
  const watched = configOf({ rules: [{ ...MANY, ...watching }] });
  const none = configOf({ rules: [] });

  it.each([
    ['a live rule that watches from now on', live, watched, 'watches'],
    ['a new one that watches', none, watched, 'watches'],
    ['one that decides from now on', watched, live, 'decides'],
  ])('is %s', (_, before, after, now) => {
    expect(watchChanges(before, after)).toEqual([{ kind: 'priority', name: 'many', now }]);
  });

  it('is nothing where it stays as it is, or is taken out', () => {
    expect([watchChanges(watched, watched), watchChanges(watched, none), watchChanges(live, live)]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe('what is kept of a group that would be', () => {
  const config = configOf(
    {},
    { grouping: [{ name: 'same', when: 'true', by: ['market'], window: { session: '1h' }, ...watching }] },
  );

  it('names the key, but of a restricted event only the rule', () => {
    const wouldBe = (restricted: boolean) => wouldGroup(ticketEvent({ market: 'SG', restricted }), config);
    expect(wouldBe(false)).toMatchObject([{ real: '', would: 'same: market=SG' }]);
    expect(wouldBe(true)).toMatchObject([{ real: '', would: 'same' }]);
  });

  it('is found under the pointer of its place', () => {
    expect(watchedRules(config).map(({ pointer }) => pointer)).toEqual(['/grouping/0']);
  });
});
