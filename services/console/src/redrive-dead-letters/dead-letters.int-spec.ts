import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runServices, type RunningServices } from '@tocsin/runtime';
import { testDatabase, type TestDatabase } from '@tocsin/test-rig';
import { consoleService } from '../console.service.js';

jest.setTimeout(30_000);

const OPERATOR = 'an-operator-token-for-the-specs';
const INTERNAL = 'an-internal-token-for-the-specs';

describe('dead letters over HTTP', () => {
  let database: TestDatabase;
  let running: RunningServices;

  beforeAll(async () => {
    database = await testDatabase();
    running = await runServices([consoleService], {
      DATABASE_URL: database.url,
      PORT: '0',
      LOG_LEVEL: 'silent',
      TOCSIN_OPERATOR_TOKEN: OPERATOR,
      TOCSIN_INTERNAL_TOKEN: INTERNAL,
    });
  });
  afterAll(async () => {
    await running.stop();
    await database.drop();
  });
  beforeEach(async () => {
    await database.query('TRUNCATE event_log.dead_letter RESTART IDENTITY');
    await database.query(
      `INSERT INTO event_log.dead_letter (grp, topic, lane, key, batch, n, type, payload, time, cause) VALUES
       ('notification.pages', 'pages', 'hot', 'default:4F7', 1, 1, 'PageRequested', '{}', '', 'Error: bad'),
       ('notification.pages', 'pages', 'hot', 'default:4F7', 2, 1, 'PagesStopped', '{}', '', NULL),
       ('notification.pages', 'pages', 'hot', 'another:4F8', 3, 1, 'PageRequested', '{}', '', 'Error: bad')`,
    );
  });

  const ask = async (path: string, token?: string, method = 'GET') => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(`${running.url}/v1/dead-letters${path}`, { method, headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('lists those of the caller’s tenant, with the cause and how many wait behind', async () => {
    expect(await ask('', OPERATOR)).toMatchObject({
      status: 200,
      body: {
        entries: [
          { id: '1', group: 'notification.pages', type: 'PageRequested', cause: 'Error: bad', waiting: 1 },
        ],
      },
    });
  });

  it('takes a wish to drive one again, however often it is sent', async () => {
    const asked = { status: 202, body: { id: '1', group: 'notification.pages', state: 'asked' } };
    expect(await ask('/1/redrive', OPERATOR, 'POST')).toEqual(asked);
    expect(await ask('/1/redrive', OPERATOR, 'POST')).toEqual(asked);
    const wishes = await database.query(
      'SELECT id, redrive_asked_by FROM event_log.dead_letter WHERE redrive_asked_at IS NOT NULL',
    );
    expect(wishes).toEqual([{ id: '1', redrive_asked_by: 'first-operator' }]);
  });

  it.each(['/3/redrive', '/99/redrive', '/x/redrive', '/99999999999999999999/redrive'])(
    'knows nothing of %s: another tenant’s, handled, or no number',
    async (path) => {
      expect((await ask(path, OPERATOR, 'POST')).status).toBe(404);
    },
  );

  it('is for operators only', async () => {
    expect((await ask('')).status).toBe(401);
    expect((await ask('', INTERNAL)).status).toBe(403);
    expect((await ask('/1/redrive', INTERNAL, 'POST')).status).toBe(403);
  });
});
