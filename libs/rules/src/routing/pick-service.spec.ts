import { describe, expect, it } from '@jest/globals';
import type { Config } from '@tocsin/contracts';
import { readConfig } from '../config/read-config.js';
import { starterTree } from '../config/starter-tree.given.js';
import { ticketEvent } from '../ticket-event.given.js';
import { pickService } from './pick-service.js';

const read = readConfig(starterTree());
const config: Config = read.ok ? read.config : (undefined as never);

describe('picking the service of an event', () => {
  it.each([
    ['the one that it names', { service: 'other', tags: ['vip'], category: 'live.payout' }, 'other', 'event'],
    [
      'not one that does not exist',
      { service: 'constructor', category: 'live.payout' },
      'payouts',
      'category',
    ],
    ['else by a routing rule', { tags: ['vip'], category: 'live.payout' }, 'other', 'routing-rule'],
    ['else the longest path of its category', { category: 'live.payout.bank' }, 'payouts', 'category'],
    ['else a shorter path', { category: 'live.gift' }, 'other', 'category'],
    ['else the one of its source', { source: 'mail' }, 'payouts', 'source'],
    ['else none', { category: 'food' }, undefined, 'none'],
  ])('%s', (_, said, service, by) => {
    const picked = pickService(ticketEvent(said), config);
    expect([picked.service, picked.by]).toEqual([service, by]);
    expect(picked.detail).not.toBe('');
  });
});
