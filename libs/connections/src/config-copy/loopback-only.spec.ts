import { Config, type ConfigTree } from '@tocsin/contracts';
import { describe, expect, it } from '@jest/globals';
import { holdsLoopbackOnly, isLoopback, loopbackRefusal, refuseBeyondLoopback } from './loopback-only.js';

const world = (tree: ConfigTree) => Config.parse(tree);
const demo = world({ sources: { demo: { kind: 'generic', key: 'loopback-only:everybody-knows' } } });
const hook = { webhook: 'https://example.com', secret: 'loopback-only:x' };

describe('keeping example keys on this machine', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', 'localhost'])('knows %s as loopback', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.com', ''])(
    'does not take %s for loopback',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );

  it('finds example keys of sources, of tokens, of people and of outgoing webhooks', () => {
    const bridge = { url: 'https://example.com', secret: ['env:NEW', 'loopback-only:x'], events: ['case.*'] };
    expect(holdsLoopbackOnly(world({ webhooks: { bridge } }))).toBe(true);
    expect(holdsLoopbackOnly(demo)).toBe(true);
    expect(holdsLoopbackOnly(world({ tokens: { op: { token: 'loopback-only:x', role: 'operator' } } }))).toBe(
      true,
    );
    expect(
      holdsLoopbackOnly(world({ people: { bo: { name: 'Bo', timeZone: 'UTC', contact: { hook } } } })),
    ).toBe(true);
    expect(holdsLoopbackOnly(world({ sources: { demo: { kind: 'generic', key: 'env:KEY' } } }))).toBe(false);
  });

  it('refuses them beyond loopback, naming the object and the cure', () => {
    expect(loopbackRefusal(demo, '127.0.0.1')).toBeUndefined();
    expect(loopbackRefusal(demo, '0.0.0.0')).toMatch(
      /\/sources\/demo.*HOST=127\.0\.0\.1, or give these objects keys of your own/,
    );
    expect(() => refuseBeyondLoopback(demo, '0.0.0.0')).toThrow(
      /not started: .*may not listen on 0\.0\.0\.0/,
    );
  });
});
