import { describe, expect, it } from '@jest/globals';
import { changedTree } from './changed-tree.given.js';
import { readConfig } from './read-config.js';

const BRIDGE = {
  url: 'https://example.com/tocsin',
  secret: ['env:BRIDGE_NEW', 'env:BRIDGE_OLD'],
  events: ['case.opened', 'page.*', 'maintenance.ended'],
  services: ['payouts'],
  when: 'case.priority in ["P1", "P2"]',
};
const read = (bridge: object) => readConfig(changedTree({ '/webhooks': { bridge } }));
const faultsOf = (more: object) => {
  const found = read({ ...BRIDGE, ...more });
  return found.ok ? [] : found.faults.map(({ pointer, message }) => ({ pointer, message }));
};

describe('outgoing webhooks of a config tree', () => {
  it('are read with units resolved, ten requests a second unless said', () => {
    const found = read(BRIDGE);
    if (!found.ok) throw new Error(JSON.stringify(found.faults));
    expect(found.config.webhooks).toEqual({ bridge: { ...BRIDGE, rate: 10 } });
    expect(found.warnings).toEqual([]);
    const slow = read({ ...BRIDGE, secret: 'env:BRIDGE', rate: '90/m' });
    expect(slow.ok && slow.config.webhooks['bridge']).toMatchObject({ secret: ['env:BRIDGE'], rate: 1.5 });
  });

  it.each<[string, object, string, string]>([
    [
      'a URL that is none',
      { url: 'example.com' },
      '/url',
      'a whole URL that begins with https:// (or http://)',
    ],
    [
      'another protocol',
      { url: 'ftp://example.com' },
      '/url',
      'a whole URL that begins with https:// (or http://)',
    ],
    [
      'a password in the URL',
      { url: 'https://bo:pw@example.com' },
      '/url',
      'leave user and password out of the URL; requests are signed with the secret',
    ],
    ['a rate without its unit', { rate: '10' }, '/rate', 'at most so many requests: 10/s, 100/m or 500/h'],
    ['no rate at all', { rate: '0/s' }, '/rate', 'at most so many requests: 10/s, 100/m or 500/h'],
    [
      'a type that nothing is called',
      { events: ['case.oppened'] },
      '/events/0',
      'nothing that happens is called «case.oppened»; docs/outgoing-webhooks.md lists the types',
    ],
    [
      'a service that is none',
      { services: ['payout'] },
      '/services/0',
      '«payout» is no service; did you mean «payouts»?',
    ],
    [
      'a field that is none',
      { when: 'case.prority == "P1"' },
      '/when',
      '«prority» is no field of a case; did you mean «priority»?',
    ],
    [
      'a condition on the clock',
      { when: 'now.hour < 6' },
      '/when',
      'an outgoing webhook looks at the case alone; «now» has no meaning here',
    ],
  ])('are refused with %s', (_, more, place, said) => {
    const [fault, ...others] = faultsOf(more);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ pointer: `/webhooks/bridge${place}` });
    expect(fault?.message).toContain(said);
  });

  it.each<[string, object, string]>([
    ['no secret', { secret: undefined }, '/secret'],
    ['a secret that stands in the tree', { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }, '/secret'],
    ['no types', { events: [] }, '/events'],
  ])('are refused with %s', (_, more, place) => {
    expect(faultsOf(more).map(({ pointer }) => pointer)).toEqual([`/webhooks/bridge${place}`]);
  });
});
