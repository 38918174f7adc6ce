import { createHash, timingSafeEqual } from 'node:crypto';
import { Access, type Caller, type Host } from '@tocsin/runtime';
import type { ConfigSource, CurrentConfig } from '../config-copy/config-copy.js';
import { resolveSecret, type SecretPlaces } from '../config-copy/resolve-secret.js';

interface ApiAccessOptions {
  readonly config: ConfigSource;
  /** TOCSIN_INTERNAL_TOKEN: how our own services call each other. */
  readonly internalToken: string | undefined;
  /** An operator's token beside the tree, so that a first config can be applied to an empty installation. */
  readonly operatorToken?: string | undefined;
  readonly log: Host['log'];
  readonly secrets?: SecretPlaces;
}

interface KnownToken {
  readonly digest: Buffer;
  readonly caller: Caller;
}

const known = (token: string | undefined, caller: Caller): KnownToken[] =>
  token === undefined ? [] : [{ digest: digestOf(token), caller }];

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * Knows the tokens of the config copy and the internal one, so that a service authenticates without asking another.
 * Tokens are compared as digests, all of them each time: neither length nor position can be timed.
 */
export class ApiAccess extends Access {
  private readonly internal: readonly KnownToken[];
  private tokens: readonly KnownToken[] = [];
  private tenant = 'default';

  constructor(private readonly options: ApiAccessOptions) {
    super();
    this.internal = [
      ...known(options.internalToken, { tenant: this.tenant, role: 'service', actor: 'tocsin' }),
      ...known(options.operatorToken, { tenant: this.tenant, role: 'operator', actor: 'first-operator' }),
    ];
    options.config.onChange((now) => {
      this.learn(now);
    });
  }

  /** @param authorization the header; only `Bearer TOKEN` is known */
  of(authorization: string | undefined): Caller | undefined {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return undefined;
    const digest = digestOf(token);
    const matching = (tokens: readonly KnownToken[]): Caller | undefined =>
      tokens.filter((one) => timingSafeEqual(one.digest, digest)).at(-1)?.caller;
    const fromTree = matching(this.tokens);
    const ours = matching(this.internal);
    return ours === undefined ? fromTree : { ...ours, tenant: this.tenant };
  }

  private learn({ config, revision }: CurrentConfig): void {
    this.tenant = config.tenant;
    this.tokens = Object.entries(config.tokens).flatMap(([name, { token, role }]) => {
      const secret = resolveSecret(token, this.options.secrets);
      if (secret.ok)
        return [{ digest: digestOf(secret.value), caller: { tenant: config.tenant, role, actor: name } }];
      this.options.log.error({ revision, token: name, reason: secret.error }, 'API token cannot be used');
      return [];
    });
  }
}
