import { describe, expect, it } from '@jest/globals';
import type { CaseEvent, MaintenanceEvent } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { BODY_LIMIT, outgoingBody } from './outgoing-body.js';
import { aBrief, toldCase } from './told-case.given.js';

const AT = Date.parse('2026-11-28T03:00:00Z');
const BASE = 'https://tocsin.example';

const bodyOf = (event: CaseEvent | MaintenanceEvent, restricted = false): string =>
  outgoingBody({ type: 'case.acknowledged', event: JSON.stringify(event), at: AT, restricted }, `${BASE}/`);
const parsed = (body: string) => JSON.parse(body) as { type: string; timestamp: string; data: object };

describe('the body of an outgoing webhook', () => {
  it('says what happened when, to which case, by whom', () => {
    expect(parsed(bodyOf(toldCase()))).toEqual({
      type: 'case.acknowledged',
      timestamp: '2026-11-28T03:00:00.000Z',
      data: {
        case: {
          ...{
            id: '4F7',
            state: 'acknowledged',
            priority: 'P1',
            category: 'live.payout',
            service: 'live-payouts',
          },
          ...{
            market: 'SG',
            language: 'en',
            source: 'zendesk',
            ticketKey: 'T-1',
            subject: 'LIVE payout missing',
          },
          ...{ link: 'https://zendesk.example/T-1', policy: 'live-pay', acknowledgedBy: 'bo', version: 3 },
          ...{ openedAt: '2026-11-28T02:59:00.000Z', api: 'https://tocsin.example/v1/cases/4F7' },
        },
        by: 'bo',
        epoch: 1,
        facts: { via: 'link' },
      },
    });
  });

  it.each<[string, CaseEvent, boolean, object]>([
    [
      'was restricted then',
      toldCase({ case: aBrief({ restricted: true }) }),
      false,
      { category: 'live.payout' },
    ],
    ['is restricted by now', toldCase(), true, { category: 'live.payout' }],
    ['nothing is known of', toldCase({ case: undefined }), false, {}],
  ])('holds no text of a case that %s', (_, event, restricted, more) => {
    const noted = { ...event, facts: { note: 'SECRET words', because: { en: 'SECRET' } } };
    const body = bodyOf(noted, restricted);
    expect(body).not.toMatch(/SECRET|payout missing|ticketKey|"zendesk"/);
    expect(parsed(body).data).toMatchObject({ case: { id: '4F7', ...more }, restricted: true });
  });

  it('leaves out facts that do not fit, and says where they are', () => {
    const body = bodyOf(toldCase({ facts: { note: '好'.repeat(10_000) } }));
    expect(Buffer.byteLength(body)).toBeLessThan(BODY_LIMIT);
    expect(parsed(body).data).toMatchObject({
      case: { subject: 'LIVE payout missing' },
      trimmed: { leftOut: ['facts'], read: 'https://tocsin.example/v1/cases/4F7/timeline' },
    });
  });

  it('tells of a maintenance window with its occurrence and its cause', () => {
    const told: Extract<MaintenanceEvent, { type: 'MaintenanceStarted' }> = {
      ...{ type: 'MaintenanceStarted', tenant: 'default', id: 'default/config:weekly/started', late: false },
      window: {
        ...{ id: 'config:weekly', name: 'weekly', origin: 'config', safety: 'exempt' },
        scope: { services: ['upload'] },
        times: { kind: 'once', from: '2026-11-28T03:00:00Z', until: '2026-11-28T04:00:00Z' },
      },
      at: '2026-11-28T03:00:00.000Z',
      cause: { kind: 'schedule' },
      occurrence: {
        id: 'config:weekly@2026-11-28T03:00:00Z',
        ...{ from: '2026-11-28T03:00:00Z', until: '2026-11-28T04:00:00Z' },
      },
    };
    const { window, occurrence, cause, id } = told;
    expect(parsed(bodyOf(told)).data).toEqual({ window, occurrence, cause, id, late: false });
    const many = Array.from({ length: 600 }, (_, n) => `a-service-with-a-name-that-is-rather-long-${n}`);
    const body = bodyOf({ ...told, window: { ...told.window, scope: { services: many } } });
    expect(Buffer.byteLength(body)).toBeLessThan(BODY_LIMIT);
    expect(parsed(body).data).toMatchObject({ trimmed: { read: 'https://tocsin.example/v1/maintenance' } });
  });

  it('is below 20 KB and whole JSON whatever people wrote, and the same at every try', () => {
    const text = fc.string({ unit: 'binary', maxLength: 3_000 });
    fc.assert(
      fc.property(text, text, text, fc.boolean(), (subject, ticketKey, note, long) => {
        const event = toldCase({
          case: aBrief({
            subject: subject.repeat(long ? 10 : 1),
            ticketKey,
            link: `https://x.example/${note}`,
          }),
          facts: { note: note.repeat(long ? 10 : 1) },
        });
        const body = bodyOf(event);
        expect(Buffer.byteLength(body)).toBeLessThan(BODY_LIMIT);
        expect(parsed(body).type).toBe('case.acknowledged');
        expect(bodyOf(event)).toBe(body);
      }),
      { numRuns: runs(300) },
    );
  });
});
