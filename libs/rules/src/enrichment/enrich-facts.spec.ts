import { describe, expect, it } from '@jest/globals';
import type { TicketEvent } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { factsOf } from '../conditions/facts-of-event.js';
import { counterfactual } from '../priority/counterfactual.js';
import { decideAgain, decidePriority } from '../priority/decide-priority.js';
import { configOf, ruleOf } from '../priority/priority-config.given.js';
import { pickService } from '../routing/pick-service.js';
import { ticketEvent } from '../ticket-event.given.js';
import { enrichFacts } from './enrich-facts.js';

const tables = {
  'creator-tier': {
    key: 'requester.id',
    gives: ['tier', 'guild'],
    rows: [
      { 'requester.id': 'u1', tier: 'top', guild: 'star' },
      { 'requester.id': 'u1', tier: 'trial', guild: '', 'valid-from': '2026-12-01' },
      { 'requester.id': 'u1', tier: 'gone', guild: '', 'valid-from': '2027-01-01T09:00:00+08:00' },
    ],
  },
  'market-owner': { key: 'market', gives: ['owner'], rows: [{ market: 'SG', owner: 'bo' }] },
};
const config = configOf(
  {
    rules: [
      ruleOf('star', 'has(event.enriched.guild) && event.enriched.guild == "star"', 'P2'),
      ruleOf('owned', 'event.market == "SG" && has(event.enriched.owner)', 'P3'),
    ],
    weights: { tier: { top: 1 } },
  },
  { tables, routing: [{ when: 'event.requester.tier == "top"', to: 'service other' }] },
);

const enriched = (event: Partial<TicketEvent>, at = '2026-11-23T09:00:00Z') =>
  enrichFacts(factsOf(ticketEvent(event)), config, Date.parse(at));

describe('facts from tables', () => {
  it('are what the row of the key gives, and the tier where the event does not say one', () => {
    const { facts } = enriched({ requester: { id: 'u1' }, market: 'SG' });
    expect([facts.enriched, facts.requester]).toEqual([
      { tier: 'top', guild: 'star', owner: 'bo' },
      { id: 'u1', tier: 'top', segment: '' },
    ]);
    expect(enriched({ requester: { id: 'u1', tier: 'vip' } }).facts.requester.tier).toBe('vip');
  });

  it.each([
    ['2026-11-30T23:59:59Z', 'top'],
    ['2026-12-01T00:00:00Z', 'trial'],
    ['2027-01-01T00:59:59Z', 'trial'],
    ['2027-01-01T01:00:00Z', 'gone'],
  ])('at %s are those of the newest row that is valid: %s', (at, tier) => {
    expect(enriched({ requester: { id: 'u1' } }, at).facts.requester.tier).toBe(tier);
  });

  it('are missing as an answer, not as an error, also for a name that every object has', () => {
    const none = {
      facts: { enriched: {} },
      lookups: [{ found: 'missing' }, { value: '', found: 'missing' }],
    };
    expect(enriched({ requester: { id: 'constructor' } })).toMatchObject(none);
    expect(enriched({})).toMatchObject(none);
  });

  it('decide priority and service, and the lookups stand in the record', () => {
    const event = ticketEvent({ requester: { id: 'u1' } });
    const decision = decidePriority(event, config);
    expect(decision).toMatchObject({ priority: 'P1', rule: 'star' });
    expect(decision.record.lookups).toEqual([
      {
        ...{ table: 'creator-tier', key: 'requester.id', value: 'u1' },
        found: { tier: 'top', guild: 'star' },
      },
      { table: 'market-owner', key: 'market', value: '', found: 'missing' },
    ]);
    expect(decideAgain(decision.record, config)).toEqual(decision);
    expect(pickService(event, config)).toMatchObject({ service: 'other', by: 'routing-rule' });
  });

  it('are not guessed at for another key, nor for a tier that the table would fill in', () => {
    const said = (event: Partial<TicketEvent>) =>
      counterfactual(decidePriority(ticketEvent({ source: 'nobody', ...event }), config).record, config);
    expect(said({ market: 'SG' })).toMatchObject({ change: { fact: 'enriched.owner', is: 'absent' } });
    expect(said({ requester: { id: 'u1', tier: 'top' } })).toMatchObject({
      change: { fact: 'enriched.guild', is: 'absent' },
    });
  });

  it('leave a config without tables as it was', () => {
    fc.assert(
      fc.property(fc.constantFrom('u1', ''), fc.integer(), (id, at) => {
        const facts = factsOf(ticketEvent({ requester: { id } }));
        expect(enrichFacts(facts, configOf({}), at)).toEqual({ facts, lookups: [] });
      }),
    );
  });
});
