import { Band, type Config, type ContactMethod, type Language, type Person } from '@tocsin/contracts';
import { methodsOf, type NamedMethod } from '@tocsin/rules';
import type { Address } from '../channels/channel.js';
import type { StoredContactMethod } from './contact-method.store.js';
import type { SecretBox } from './secret-box.js';

interface ContactBookParts {
  /** The config in force; undefined until the first has arrived. */
  readonly config: () => Config | undefined;
  /** Resolves a reference of the config tree; undefined when it cannot be found. */
  readonly secretOf: (ref: string) => string | undefined;
  readonly box: SecretBox;
}

/** Knows how each person can be reached: the methods of the config tree and those that the API added. */
export class ContactBook {
  constructor(private readonly parts: ContactBookParts) {}

  person(name: string): Person | undefined {
    const people = this.parts.config()?.people;
    return people !== undefined && Object.hasOwn(people, name) ? people[name] : undefined;
  }

  /** Of the people in the config. */
  names(): string[] {
    return Object.keys(this.parts.config()?.people ?? {});
  }

  languageOf(name: string): Language {
    return this.person(name)?.language ?? 'en';
  }

  /** All methods of a person; one from the API joins the first rule step of its bands. */
  methodsOf(name: string, added: readonly StoredContactMethod[]): NamedMethod[] {
    const person = this.person(name);
    return [
      ...(person === undefined ? [] : methodsOf(person)),
      ...added
        .filter((m) => m.person === name)
        .map((m): NamedMethod => ({ name: m.id, channel: m.kind, joins: Band.parse(m.bands) })),
    ];
  }

  /** @returns undefined when the method is gone */
  addressOf(name: string, method: string, added: StoredContactMethod | undefined): Address | undefined {
    if (added !== undefined)
      return {
        kind: 'webhook',
        url: added.url,
        secret: added.secret === null ? undefined : this.parts.box.open(added.secret),
      };
    const contact = this.person(name)?.contact;
    const known = contact !== undefined && Object.hasOwn(contact, method) ? contact[method] : undefined;
    return known === undefined ? undefined : this.addressFrom(known);
  }

  private addressFrom(method: ContactMethod): Address {
    if ('webhook' in method)
      return {
        kind: 'webhook',
        url: method.webhook,
        secret: method.secret === undefined ? undefined : this.parts.secretOf(method.secret),
      };
    if ('email' in method) return { kind: 'email', to: method.email };
    if ('sms' in method) return { kind: 'sandbox', as: 'sms' };
    if ('call' in method) return { kind: 'sandbox', as: 'call' };
    return { kind: 'sandbox', as: 'push' in method ? 'push' : 'sandbox' };
  }
}
