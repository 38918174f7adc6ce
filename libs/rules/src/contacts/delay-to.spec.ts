import { describe, expect, it } from '@jest/globals';
import { Config, type ContactMethod, type Priority } from '@tocsin/contracts';
import type { ContactFact } from './contact-fact.js';
import { delayTo } from './delay-to.js';
import { knownContacts } from './known-contacts.js';

const config = Config.parse({
  people: {
    bo: {
      name: 'Bo',
      timeZone: 'Asia/Singapore',
      contact: {
        hook: { webhook: 'https://new.example/x' },
        voice: { call: '+65' },
        mail: { email: 'bo@example.com' },
      },
      notify: {
        'P1-P2': [{ via: 'hook' }, { after: '60s', via: 'voice' }],
        P3: [{ after: '5m', via: 'mail' }],
      },
    },
    chen: { name: 'Chen', timeZone: 'Asia/Singapore' },
  },
});

const markOf = (method: ContactMethod): string => ('webhook' in method ? method.webhook : 'other');
const dead = (method: string, address: string, at = 5): ContactFact => ({
  ...{ person: 'bo', method },
  dead: { at, address, reason: '410 Gone' },
});
const added = (person: string, more: Partial<NonNullable<ContactFact['added']>> = {}): ContactFact => ({
  ...{ person, method: 'hook-1' },
  added: { channel: 'webhook', joins: ['P1'], verified: true, removed: false, version: 1, ...more },
});

describe('how soon a page may arrive', () => {
  const hook = dead('hook', 'https://new.example/x');
  const none: readonly string[] = [];

  it.each([
    { what: 'at once by the first rule', delay: 0 },
    { what: 'after what the rule waits', priority: 'P3', delay: 300 },
    { what: 'by the next method at once when the first is dead', facts: [hook], delay: 0, lost: ['hook'] },
    {
      what: 'though another address of the method died',
      facts: [dead('hook', 'https://old.example/x')],
      delay: 0,
    },
    {
      what: 'never when all that the rules use are dead',
      ...{ facts: [hook, dead('voice', 'other')], delay: undefined, lost: ['hook', 'voice'] },
    },
    { what: 'again when a page has arrived since', facts: [{ ...hook, deliveredAt: 5 }], delay: 0 },
    { what: 'never to one without a method', person: 'chen', delay: undefined },
    { what: 'by a method beside the config', person: 'chen', facts: [added('chen')], delay: 0 },
    {
      what: 'not by one that was taken away',
      ...{ person: 'chen', facts: [added('chen', { removed: true })], delay: undefined },
    },
    {
      what: 'not by one that is not verified',
      ...{ person: 'chen', facts: [added('chen', { verified: false })], delay: undefined },
    },
    { what: 'never to somebody unknown', person: 'eve', facts: [added('eve')], delay: undefined },
  ] as readonly Row[])('$what', ({ person = 'bo', priority = 'P1', facts = [], delay, lost = none }) => {
    const contacts = knownContacts(config, facts, markOf);
    const found = delayTo(person, { config, contacts, priority });
    expect([found.delay, found.dead.map(({ method }) => method)]).toEqual([delay, lost]);
  });
});

interface Row {
  readonly what: string;
  readonly person?: string;
  readonly priority?: Priority;
  readonly facts?: readonly ContactFact[];
  readonly delay: number | undefined;
  readonly lost?: readonly string[];
}
