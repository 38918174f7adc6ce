import { createHash } from 'node:crypto';
import type { Config, OutgoingWebhook, Tenant } from '@tocsin/contracts';
import { faultOfSecret } from '../channels/webhook/sign-webhook.js';

/** An outgoing webhook of the config in force. */
export interface Endpoint {
  readonly tenant: Tenant;
  readonly name: string;
  readonly webhook: OutgoingWebhook;
  /** Changes when the config of it does. */
  readonly fingerprint: string;
}

export type Secrets =
  | { readonly ok: true; readonly values: readonly string[] }
  | { readonly ok: false; readonly fault: string };

interface BookParts {
  /** The config in force; undefined until the first has arrived. */
  readonly config: () => Config | undefined;
  /** Resolves a reference of the config tree. */
  readonly resolve: (
    ref: string,
  ) => { readonly ok: true; readonly value: string } | { readonly ok: false; readonly error: string };
}

/** Knows the outgoing webhooks of the config, and their secrets. */
export class WebhookBook {
  private known: { readonly config: Config | undefined; readonly endpoints: readonly Endpoint[] } = {
    config: undefined,
    endpoints: [],
  };
  private readonly secrets = new Map<string, string>();

  constructor(private readonly parts: BookParts) {}

  /** Whether a config is in force: before that nobody can say that an endpoint is gone. */
  hasConfig(): boolean {
    return this.parts.config() !== undefined;
  }

  all(): readonly Endpoint[] {
    const config = this.parts.config();
    if (config !== this.known.config) {
      this.known = { config, endpoints: config === undefined ? [] : endpointsOf(config) };
      this.secrets.clear();
    }
    return this.known.endpoints;
  }

  one(tenant: Tenant, name: string): Endpoint | undefined {
    return this.all().find((endpoint) => endpoint.tenant === tenant && endpoint.name === name);
  }

  /** Those that can be used, in the order of the config. One that is missing is looked for again the next time. */
  secretsOf({ webhook }: Endpoint): Secrets {
    const found = webhook.secret.map((ref) => this.secretOf(ref));
    const values = found.flatMap((secret) => (secret.ok ? [secret.value] : []));
    if (values.length > 0) return { ok: true, values };
    return { ok: false, fault: found.flatMap((secret) => (secret.ok ? [] : [secret.error])).join('; ') };
  }

  private secretOf(ref: string): ReturnType<BookParts['resolve']> {
    const known = this.secrets.get(ref);
    if (known !== undefined) return { ok: true, value: known };
    const found = this.parts.resolve(ref);
    if (!found.ok) return found;
    const fault = faultOfSecret(found.value);
    if (fault !== undefined) return { ok: false, error: `${nameOf(ref)}: ${fault}` };
    this.secrets.set(ref, found.value);
    return found;
  }
}

/** The secret of an example stands in its reference. */
const nameOf = (ref: string): string => (ref.startsWith('loopback-only:') ? 'loopback-only:…' : ref);

const endpointsOf = ({ tenant, webhooks }: Config): Endpoint[] =>
  Object.entries(webhooks).map(([name, webhook]) => ({
    tenant,
    name,
    webhook,
    fingerprint: createHash('sha256').update(JSON.stringify(webhook)).digest('hex'),
  }));
