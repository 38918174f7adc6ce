import { Config } from '@tocsin/contracts';
import { describe, expect, it } from '@jest/globals';
import type { ConfigSource, CurrentConfig } from '../config-copy/config-copy.js';
import { ApiAccess } from './api-access.js';

class GivenConfig implements ConfigSource {
  private listen: (now: CurrentConfig) => void = () => undefined;
  constructor(private now: CurrentConfig) {}
  current(): CurrentConfig {
    return this.now;
  }
  onChange(listen: (now: CurrentConfig) => void): () => void {
    this.listen = listen;
    listen(this.now);
    return () => undefined;
  }
  becomes(now: CurrentConfig): void {
    this.now = now;
    this.listen(now);
  }
}

const revision = (
  number: number,
  tokens: Record<string, { token: string; role: 'operator' | 'viewer' }>,
): CurrentConfig => ({
  revision: number,
  config: Config.parse({ tenant: 'acme', tokens }),
});

const INTERNAL = 'internal-token-of-the-services';

function access(config: GivenConfig): { api: ApiAccess; logged: string[] } {
  const logged: string[] = [];
  const log = { error: (fields: { reason: string }) => logged.push(fields.reason) } as never;
  const secrets = { env: { OPERATOR: 'secret-of-the-operator' } };
  return { api: new ApiAccess({ config, internalToken: INTERNAL, log, secrets }), logged };
}

describe('knowing who calls', () => {
  const world = (): GivenConfig =>
    new GivenConfig(revision(1, { ops: { token: 'env:OPERATOR', role: 'operator' } }));

  it('knows the tokens of the config with tenant, role and name', () => {
    const { api } = access(world());
    const caller = { tenant: 'acme', role: 'operator', actor: 'ops' };
    expect(api.of('Bearer secret-of-the-operator')).toEqual(caller);
    expect(api.of('bearer  secret-of-the-operator')).toEqual(caller);
  });

  it('knows our own services by the internal token', () => {
    expect(access(world()).api.of(`Bearer ${INTERNAL}`)).toEqual({
      tenant: 'acme',
      role: 'service',
      actor: 'tocsin',
    });
  });

  it.each([
    undefined,
    '',
    'Bearer ',
    'Bearer secret-of-the-operato',
    'Bearer secret-of-the-operator2',
    'Basic secret-of-the-operator',
  ])('does not know «%s»', (authorization) => {
    expect(access(world()).api.of(authorization)).toBeUndefined();
  });

  it('follows a new revision: old tokens end with it', () => {
    const config = world();
    const { api } = access(config);
    config.becomes(revision(2, { reader: { token: 'loopback-only:reader-token', role: 'viewer' } }));
    expect(api.of('Bearer secret-of-the-operator')).toBeUndefined();
    expect(api.of('Bearer reader-token')).toMatchObject({ role: 'viewer', actor: 'reader' });
  });

  it('works on without a token whose secret is missing, and says which', () => {
    const config = world();
    const { api, logged } = access(config);
    config.becomes(
      revision(2, {
        ops: { token: 'env:OPERATOR', role: 'operator' },
        more: { token: 'env:GONE', role: 'viewer' },
      }),
    );
    expect(api.of('Bearer secret-of-the-operator')).toMatchObject({ actor: 'ops' });
    expect(logged).toEqual([expect.stringContaining('env:GONE is not set')]);
  });
});
