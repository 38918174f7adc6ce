import { describe, expect, it } from '@jest/globals';
import { Config, TicketEvent } from '@tocsin/contracts';
import type { MappedEvent } from '../sources/mapping-pack.js';
import { settle } from './ticket-event-of.js';

const config = Config.parse({
  tenant: 'acme',
  people: {},
  taxonomy: {
    'live.payout': { label: { en: 'Payout', 'zh-CN': '提现' } },
    safety: { label: { en: 'Safety', 'zh-CN': '安全' }, restricted: true, formerly: ['harm'] },
  },
  sources: { demo: { kind: 'generic', market: 'SG', language: 'en' } },
});
const NOW = Date.UTC(2026, 10, 22, 9);
const DAY = 86_400_000;
const mapped: MappedEvent = {
  senderId: 'e-1',
  kind: 'ticket',
  type: 'ticket.created',
  key: 'T-1',
  subject: 's',
  attributes: {},
  category: 'live.payout',
};

const settled = (more: Partial<MappedEvent>, sequence = 1): ReturnType<typeof settle> =>
  settle(
    { ...mapped, ...more },
    {
      source: 'demo',
      sourceConfig: config.sources['demo'] as Config['sources'][string],
      config,
      receivedAt: NOW,
      sequence,
    },
  );
const eventOf = (more: Partial<MappedEvent>, sequence?: number): TicketEvent =>
  TicketEvent.parse(settled(more, sequence).event);

describe('the version of a settled event', () => {
  it('is the sender’s where it gives one', () => {
    expect(eventOf({ version: { by: 'sender', at: 7, tie: '' }, occurredAt: NOW }).version).toEqual({
      by: 'sender',
      at: 7,
      tie: '',
    });
  });

  it('is the time of the event and its id where that time can be trusted', () => {
    expect(eventOf({ occurredAt: NOW - DAY }).version).toEqual({
      by: 'occurred-at',
      at: NOW - DAY,
      tie: eventOf({}).id,
    });
  });

  it.each([
    ['in the year 9999', 253_402_300_799_000],
    ['six minutes ahead', NOW + 360_000],
    ['31 days back', NOW - 31 * DAY],
    ['in 1970', 0],
  ])('is the order of receipt for a time %s, which is kept and flagged', (_, occurredAt) => {
    expect(eventOf({ occurredAt })).toMatchObject({
      version: { by: 'receipt', at: NOW },
      flags: ['occurred-at-out-of-bounds'],
      occurredAt: new Date(occurredAt).toISOString(),
    });
  });

  it('orders what comes in one millisecond as it came', () => {
    const [first, second] = [eventOf({}, 9), eventOf({}, 10)];
    expect(first.version.tie < second.version.tie).toBe(true);
  });
});

describe('the texts of a settled event', () => {
  it('are one clean line for a subject, whatever was sent', () => {
    expect(eventOf({ subject: ' db\r\ndown\u202e \u0007\u001b[2J ' }).subject).toBe('db down [2J');
    expect(eventOf({ subject: `Z${'\u0300'.repeat(100)}` }).subject).toBe(`Z${'\u0300'.repeat(6)}`);
  });

  it('are cut and flagged where they are longer than anybody reads', () => {
    const event = eventOf({ subject: '长'.repeat(5000), body: 'b'.repeat(50_000) });
    expect([event.subject.length, event.body?.length, event.flags]).toEqual([
      1024,
      20_000,
      ['body-cut', 'subject-cut'],
    ]);
  });

  it('never end in half a character', () => {
    expect(eventOf({ subject: `${'x'.repeat(1022)}🚨🚨` }).subject.isWellFormed()).toBe(true);
  });

  it('give the key for a missing subject and say so', () => {
    expect(eventOf({ subject: undefined })).toMatchObject({ subject: 'T-1', flags: ['subject-from-key'] });
  });

  it('hold a link only when it is one', () => {
    expect(eventOf({ link: 'javascript:alert(1)' })).toMatchObject({
      flags: ['odd-link'],
      attributes: { link: 'javascript:alert(1)' },
    });
    expect(eventOf({ link: 'https://x.example/1' }).link).toBe('https://x.example/1');
  });

  it('are filled from the source where the event is silent', () => {
    expect(eventOf({})).toMatchObject({ market: 'SG', language: 'en' });
  });
});

describe('a former path of a category', () => {
  it('counts as the present one, restrictions included', () => {
    expect(settled({ category: 'harm.child' })).toMatchObject({
      event: { category: 'safety.child', restricted: true },
      vault: true,
    });
    expect(eventOf({ category: 'live.payout' }).category).toBe('live.payout');
  });
});

describe('a restricted category', () => {
  it('takes all text out of the event, below it too, and sends the raw form to the vault', () => {
    const { event, vault } = settled({
      category: 'safety.child',
      body: 'b',
      tags: ['t'],
      requester: { id: 'r' },
      attributes: { a: 1 },
      link: 'https://x.example',
    });
    expect(vault).toBe(true);
    expect(event).toMatchObject({
      restricted: true,
      subject: 'Safety',
      tags: [],
      attributes: {},
      link: 'https://x.example',
      category: 'safety.child',
    });
    expect([event.body, event.requester]).toEqual([undefined, undefined]);
  });

  it('that cannot be told sends the raw form to the vault and leaves the event readable', () => {
    for (const category of [undefined, 'never.heard.of'])
      expect(settled({ category })).toMatchObject({
        vault: true,
        event: { restricted: false, subject: 's' },
      });
    expect(settled({}).vault).toBe(false);
  });
});
