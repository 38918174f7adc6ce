import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hashOf } from '@tocsin/connections';
import type { ImportedLeaveView, OnCallView, Problem, ShiftChangeList } from '@tocsin/contracts';
import { type RunningServices, runServices } from '@tocsin/runtime';
import { type TestDatabase, testDatabase, until } from '@tocsin/test-rig';
import { callService } from '../call-service.rig.js';
import { escalationRouting } from '../escalation-routing.service.js';
import { TREE } from '../routing.rig.js';

jest.setTimeout(30_000);

const OPS = 'operator-token-of-this-spec';
const BO = 'responder-token-of-bo';
const DAY = 86_400_000;

let database: TestDatabase;
let running: RunningServices;

beforeAll(async () => {
  database = await testDatabase();
  running = await runServices([escalationRouting], {
    DATABASE_URL: database.url,
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  const tokens = {
    ops: { token: `loopback-only:${OPS}`, role: 'operator' },
    bo: { token: `loopback-only:${BO}`, role: 'responder' },
  };
  const document = JSON.stringify({ ...TREE, tokens });
  await database.query(
    `INSERT INTO escalation_routing.config_revision (tenant, revision, hash, document) VALUES ('default', 1, $1, $2)`,
    [hashOf(document), document],
  );
  await until(async () => (await call('GET', '/v1/oncall')).status === 200, { for: 'the config' });
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

const call = <T = ImportedLeaveView>(method: 'GET' | 'POST', path: string, body?: object, token = OPS) =>
  callService<T>(`${running.url}${path}`, token, method, body);

/** `20261224` of a day that is so many days ahead. */
const day = (ahead: number): string =>
  new Date(Date.now() + ahead * DAY).toISOString().slice(0, 10).replaceAll('-', '');
const ics = (...events: readonly (readonly [uid: string, ahead: number])[]): string =>
  [
    'BEGIN:VCALENDAR',
    ...events.flatMap(([uid, ahead]) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTART;VALUE=DATE:${day(ahead)}`,
      'SUMMARY:away',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n');

const take = (text: string, more: object = {}, query = '') =>
  call('POST', `/v1/leave/import${query}`, { format: 'ics', text, person: 'ana', ...more });
const counts = ({ recorded, cancelled, unchanged }: ImportedLeaveView): number[] => [
  ...[recorded.length, cancelled.length, unchanged],
];

describe('importing leave', () => {
  it('records what is new, keeps what stands, cancels what is gone; the turn in it is a gap', async () => {
    const preview = await take(ics(['a', 5], ['b', 9]), {}, '?preview=true');
    expect([preview.body.saved, counts(preview.body)]).toEqual([false, [2, 0, 0]]);
    expect(counts((await take(ics(['a', 5], ['b', 9]))).body)).toEqual([2, 0, 0]);
    expect(counts((await take(ics(['a', 5], ['b', 9]))).body)).toEqual([0, 0, 2]);
    expect(counts((await take(ics(['a', 6], ['c', 20]))).body)).toEqual([2, 2, 0]);
    const { body } = await call<ShiftChangeList>('GET', '/v1/leave?person=ana');
    expect(body.changes).toMatchObject([
      { reason: 'away', imported: { calendar: 'leave', key: 'a' } },
      { imported: { key: 'c' } },
    ]);
    const first = body.changes[0];
    const at = first?.kind === 'leave' ? first.from : '';
    const view = await call<OnCallView>('GET', `/v1/oncall?schedule=primary&at=${at}`);
    expect(view.body.schedules[0]).toMatchObject({ by: 'leave' });
    // Other calendars and leave that was recorded by hand are none of its business.
    expect(counts((await take(ics(['z', 30]), { calendar: 'second' })).body)).toEqual([1, 0, 0]);
  });

  it('takes nothing of a file that cannot be read as a whole, and says where and what to do', async () => {
    const broken = ics(['x', 50], ['y', 51]).replace(`DATE:${day(51)}`, 'DATE:soon');
    const { status, body } = await call<Problem>('POST', '/v1/leave/import', {
      ...{ format: 'ics', text: broken, person: 'ana', calendar: 'third' },
    });
    expect([status, body.errors]).toEqual([
      422,
      [
        {
          pointer: '/text',
          detail: expect.stringMatching(/^line 9: DTSTART «soon» is no date or time; in \.ics write/),
        },
      ],
    ]);
    const { body: list } = await call<ShiftChangeList>('GET', '/v1/leave?person=ana');
    expect(
      list.changes.some((change) => change.kind === 'leave' && change.imported?.calendar === 'third'),
    ).toBe(false);
  });

  it('reads CSV with the persons of its rows', async () => {
    const date = new Date(Date.now() + 40 * DAY).toISOString().slice(0, 10);
    const text = `person,from,until\nbo,${date},${date}\ndee,${date},${date}`;
    const { body } = await call('POST', '/v1/leave/import', { format: 'csv', text });
    expect(body.recorded.map(({ person }) => person)).toEqual(['bo', 'dee']);
    expect(counts((await call('POST', '/v1/leave/import', { format: 'csv', text })).body)).toEqual([0, 0, 2]);
  });

  it('is for oneself, operators excepted, and for people of the config', async () => {
    const body = { format: 'ics', text: ics(['a', 3]) };
    expect((await call('POST', '/v1/leave/import', { ...body, person: 'ana' }, BO)).status).toBe(403);
    expect((await call('POST', '/v1/leave/import', { ...body, person: 'bo' }, BO)).status).toBe(200);
    expect((await call('POST', '/v1/leave/import', { ...body, person: 'zoe' })).status).toBe(422);
    expect((await call('POST', '/v1/leave/import', body)).status).toBe(422);
  });
});
