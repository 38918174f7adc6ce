import { describe, expect, it } from '@jest/globals';
import { Config, type Priority } from '@tocsin/contracts';
import { EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import type { CaseInput } from '../escalation/case-input.js';
import { LADDER } from '../escalation/case-story.given.js';
import { decide } from '../escalation/decide.js';
import { type EscalationCase, NOT_OPENED } from '../escalation/escalation-case.js';
import type { EscalationContext } from '../escalation/escalation-context.js';
import { wouldHold } from './would-hold.js';

const NOW = Date.UTC(2026, 11, 5, 1, 30);
const config = Config.parse({
  maintenance: [
    { name: 'night', every: 'Sat', from: '01:00', for: '60m', timeZone: 'UTC', mode: 'monitor' },
    {
      name: 'safety too',
      every: 'Sat',
      from: '01:00',
      for: '60m',
      timeZone: 'UTC',
      safety: 'muted',
      mode: 'monitor',
    },
    { name: 'day', every: 'Sat', from: '12:00', for: '60m', timeZone: 'UTC', mode: 'monitor' },
    {
      name: 'elsewhere',
      markets: ['DE'],
      every: 'Sat',
      from: '01:00',
      for: '60m',
      timeZone: 'UTC',
      mode: 'monitor',
    },
  ],
});
const free: EscalationContext = {
  plan: LADDER,
  facts: { ...EMPTY_CASE_FACTS, restricted: true, market: 'SG' },
  resolve: () => ({ persons: [{ person: 'bo', via: 'test' }], empty: [] }),
  quiet: () => undefined,
};

function held(input: CaseInput, context: EscalationContext = free, before: EscalationCase = NOT_OPENED) {
  const { effects } = decide(before, input, context, NOW);
  return wouldHold({ before, input, context, effects }, config, NOW).map(({ rule, pages }) => [
    rule.name,
    pages,
  ]);
}

const opened = (priority: Priority): CaseInput => ({ type: 'Opened', priority });

describe('the pages that a watching window would have held back', () => {
  it('are those of cases that it means, in its hours', () => {
    expect(held(opened('P2'))).toEqual([
      ['night', 1],
      ['safety too', 1],
    ]);
  });

  it('are not those of urgent safety, which is exempt from it unless it says otherwise', () => {
    expect(held(opened('P1'))).toEqual([['safety too', 1]]);
  });

  it('are none that a person asks for, none that are held back anyway, none of a page made by hand', () => {
    const { state } = decide(NOT_OPENED, opened('P2'), free, NOW);
    const sent = decide(state, { type: 'EscalateNow', by: 'ana' }, free, NOW).effects;
    expect(sent.some(({ type }) => type === 'RequestPages')).toBe(true);
    expect(held({ type: 'EscalateNow', by: 'ana' }, free, state)).toEqual([]);
    const quiet: EscalationContext['quiet'] = () => ({
      by: { kind: 'window', name: 'real' },
      until: NOW + 60_000,
    });
    expect(held(opened('P2'), { ...free, quiet })).toEqual([]);
    expect(held(opened('P2'), { ...free, quiet: undefined })).toEqual([]);
  });
});
