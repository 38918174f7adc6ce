import { describe, expect, it } from '@jest/globals';
import type { EventFacts } from './event-facts.js';
import { EMPTY_FACTS } from './facts-of-event.js';
import { KEY_FIELD_NAMES, keyPart } from './key-part.js';

const facts: EventFacts = {
  ...EMPTY_FACTS,
  ...{ category: 'live.payout', affected: 7, restricted: true, tags: ['a', 'b'], key: 'K1' },
  requester: { id: 'r1', tier: 'top', segment: 'big' },
  attributes: { plan: 'gold', seats: 3, none: null, 'shop-id': { n: 1 } },
  enriched: { region: 'EU' },
};

describe('a part of a grouping key', () => {
  it.each<[string, string | undefined]>([
    ['category', 'live.payout'],
    ['key', 'K1'],
    ['market', ''],
    ['affected', '7'],
    ['restricted', 'true'],
    ['requester.id', 'r1'],
    ['requester.tier', 'top'],
    ['requester.segment', 'big'],
    ['attributes.plan', 'gold'],
    ['attributes.seats', '3'],
    ['attributes.none', ''],
    ['attributes.shop-id', '{"n":1}'],
    ['attributes.toString', ''],
    ['enriched.region', 'EU'],
    ['enriched.city', ''],
    ['event.category', 'live.payout'],
    ['event.category + "/" + event.market', 'live.payout/'],
    ['event.affected', '7'],
    ['event.affected > 5', 'true'],
    ['event.attributes.plan', 'gold'],
    ['event.attributes.nothing', undefined],
    ['event.tags[0]', 'a'],
    ['event.tags[9]', undefined],
    ['"all"', 'all'],
  ])('«%s» makes %j', (written, text) => {
    const part = keyPart(written);
    expect(part.ok && part.textOf(facts)).toBe(text);
  });

  it.each<[string, object]>([
    ['catgory', { fault: 'unknown-field' }],
    ['tags', { fault: 'unknown-field' }],
    ['requester', { fault: 'unknown-field' }],
    ['requester.name', { fault: 'unknown-field' }],
    ['has_affected', { fault: 'unknown-field' }],
    ['reports', { fault: 'unknown-field' }],
    ['promise', { fault: 'unknown-field' }],
    ['category.x', { fault: 'unknown-field' }],
    ['event.tags', { fault: 'not-text', type: 'list<string>' }],
    ['event.catgory', { fault: 'expression', detail: expect.stringMatching(/catgory/) }],
    ['event.subject +', { fault: 'expression', detail: expect.stringMatching(/./) }],
    [
      'string(event.subject.matches("a"))',
      { fault: 'expression', detail: '«matches» is not offered; use contains, startsWith or endsWith' },
    ],
  ])('«%s» is none', (written, fault) => {
    expect(keyPart(written)).toEqual({ ok: false, ...fault });
  });

  it('knows whether it looks at the event, and at what never changes of one alone', () => {
    const looks = (written: string) => {
      const part = keyPart(written);
      return part.ok && { readsEvent: part.readsEvent, gathered: part.gathered };
    };
    expect(looks('category')).toEqual({ readsEvent: true, gathered: [] });
    expect(looks('event.category')).toEqual({ readsEvent: true, gathered: [] });
    expect(looks('"all"')).toEqual({ readsEvent: false, gathered: [] });
    expect(looks('string(event.reports)')).toEqual({ readsEvent: true, gathered: ['reports'] });
  });

  it('may be named, besides attributes, by these', () => {
    expect(KEY_FIELD_NAMES).toEqual([
      ...['source', 'kind', 'type', 'key', 'subject', 'body', 'category', 'market', 'language', 'channel'],
      ...['severity', 'status', 'service', 'affected', 'party', 'restricted'],
      ...['requester.id', 'requester.tier', 'requester.segment'],
    ]);
  });
});
