import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ConfigCopy, configCopyMigration, hashOf, openConnections } from '@tocsin/connections';
import { CONFIG_FILES_TYPE } from '@tocsin/contracts';
import { makeLogger, runServices, type RunningServices } from '@tocsin/runtime';
import { testDatabase, type TestDatabase, until } from '@tocsin/test-rig';
import { Registry } from 'prom-client';
import { consoleService } from '../console.service.js';

const OPERATOR = 'an-operator-token-for-the-specs';
const bo = { name: 'Bo', timeZone: 'Asia/Singapore', contact: { app: { push: true } } };
const log = makeLogger('silent');

jest.setTimeout(30_000);

let database: TestDatabase;
const running: RunningServices[] = [];
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  for (const one of running.splice(0)) await one.stop();
  await database.drop();
});

async function start(env: Record<string, string> = {}, withOperator = true): Promise<string> {
  const one = await runServices([consoleService], {
    DATABASE_URL: database.url,
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...(withOperator ? { TOCSIN_OPERATOR_TOKEN: OPERATOR } : {}),
    ...env,
  });
  running.push(one);
  return one.url;
}

/** Another service's copy, as notification has it. */
async function copyOf(host = '127.0.0.1'): Promise<ConfigCopy> {
  const connections = await openConnections({
    service: 'notification',
    migrations: [configCopyMigration('notification')],
    config: {
      DATABASE_URL: database.url,
      EVENT_BUS: 'postgres',
      KAFKA_BROKERS: [],
      DATABASE_POOL_HOT: 2,
      DATABASE_POOL_COLD: 2,
    },
    log,
    metrics: new Registry(),
  });
  const copy = new ConfigCopy({
    transactions: connections.transactions,
    table: 'notification.config_revision',
    host,
    log,
    feed: { bus: connections.bus, service: 'notification' },
  });
  await copy.load();
  await copy.start();
  closing.push(async () => {
    await copy.stop();
    await connections.close();
  });
  return copy;
}

interface Said {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

async function ask(
  url: string,
  path: string,
  init: RequestInit & { yaml?: string; json?: unknown; files?: Record<string, string> } = {},
): Promise<Said> {
  const { yaml, json, files, ...rest } = init;
  const body =
    files === undefined
      ? (yaml ?? (json === undefined ? undefined : JSON.stringify(json)))
      : JSON.stringify({ files: Object.entries(files).map(([path, text]) => ({ path, text })) });
  const answer = await fetch(`${url}${path}`, {
    ...rest,
    headers: {
      authorization: `Bearer ${OPERATOR}`,
      ...(yaml === undefined ? {} : { 'content-type': 'application/yaml' }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(files === undefined ? {} : { 'content-type': CONFIG_FILES_TYPE }),
      ...(rest.headers as Record<string, string> | undefined),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const said = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text };
  return { status: answer.status, body: said, headers: answer.headers };
}

const count = async (table: string): Promise<number> =>
  Number((await database.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n);

describe('applying config', () => {
  it('stores one revision, publishes it, and another service copies it', async () => {
    const url = await start();
    const copy = await copyOf();
    expect(await ask(url, '/v1/config', { method: 'PUT', json: { people: { bo } } })).toMatchObject({
      status: 200,
      body: { revision: 2, changed: true },
    });
    const copied = await until(() => (copy.current()?.revision === 2 ? copy.current() : undefined));
    expect(copied.config.people['bo']).toMatchObject({ name: 'Bo', language: 'en' });
    expect(await copy.at(1)).toMatchObject({ people: {} });
    const [stored] = await database.query<{ hash: string; document: string; author: string }>(
      'SELECT hash, document, author FROM console.revision WHERE revision = 2',
    );
    expect(stored).toMatchObject({ author: 'first-operator', hash: hashOf(stored?.document ?? '') });
    expect(await count("console.audit WHERE act = 'config.apply'")).toBe(2);
    expect(await count('notification.config_revision_part')).toBe(0);
  });

  it('makes no revision when the tree is the same, written in another order or as YAML', async () => {
    const url = await start();
    await ask(url, '/v1/config', { method: 'PUT', json: { people: { bo } } });
    const again = await ask(url, '/v1/config/apply', {
      method: 'POST',
      yaml: 'people:\n  bo: { contact: { app: { push: true } }, timeZone: Asia/Singapore, name: Bo }\n',
    });
    expect(again).toMatchObject({ status: 200, body: { revision: 2, changed: false } });
    expect(await count('console.revision')).toBe(2);
  });

  it('gives the tree with an ETag, and the export applies to nothing', async () => {
    const url = await start();
    await ask(url, '/v1/config?reason=we+begin', { method: 'PUT', json: { people: { bo } } });
    const got = await ask(url, '/v1/config');
    expect(got.body).toMatchObject({
      revision: 2,
      reason: 'we begin',
      author: 'first-operator',
      tree: { people: { bo } },
    });
    const etag = got.headers.get('etag') ?? '';
    expect((await ask(url, '/v1/config', { headers: { 'if-none-match': etag } })).status).toBe(304);
    const yaml = await ask(url, '/v1/config', { headers: { accept: 'application/yaml' } });
    expect(await ask(url, '/v1/config', { method: 'PUT', yaml: String(yaml.body['text']) })).toMatchObject({
      body: { revision: 2, changed: false },
    });
  });

  it('refuses to overwrite a revision that the author has not seen', async () => {
    const url = await start();
    const { headers } = await ask(url, '/v1/config');
    const first = { 'if-match': headers.get('etag') ?? '' };
    expect(
      (await ask(url, '/v1/config', { method: 'PUT', json: { people: { bo } }, headers: first })).status,
    ).toBe(200);
    const late = await ask(url, '/v1/config', { method: 'PUT', json: {}, headers: first });
    expect(late).toMatchObject({ status: 412, body: { title: 'The config has moved on' } });
  });

  it('names every fault by pointer and changes nothing', async () => {
    const url = await start();
    const refused = await ask(url, '/v1/config', {
      method: 'PUT',
      json: {
        people: { bo: { ...bo, timeZone: 'Mars/Base' } },
        policies: { p: { steps: [{ name: 'a', page: 'person nobody', wait: '9x' }] } },
      },
    });
    expect(refused.status).toBe(422);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    const pointers = (refused.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/people/bo/timeZone', '/policies/p/steps/0/wait']));
    expect(await count('console.revision')).toBe(1);
  });

  it('plans the difference without changing anything', async () => {
    const url = await start();
    await ask(url, '/v1/config', { method: 'PUT', json: { people: { bo } } });
    const plan = await ask(url, '/v1/config/plan', {
      method: 'POST',
      json: { people: { bo: { ...bo, name: 'Bo Li' } } },
    });
    expect(plan.body).toMatchObject({
      revision: 2,
      changes: [
        {
          kind: 'people',
          name: 'bo',
          change: 'changed',
          differences: [{ pointer: '/people/bo/name', before: 'Bo', after: 'Bo Li' }],
        },
      ],
    });
    expect(await count('console.revision')).toBe(2);
  });

  it.each([
    [
      'a bomb of aliases',
      `a: &a [x,x,x]\n${[...'bcdefgh'].map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`).join('\n')}`,
    ],
    ['a tag that would run code', 'people: !!js/function "function () {}"'],
    ['a list', '- people'],
  ])('refuses %s in YAML', async (_, yaml) => {
    const url = await start();
    const refused = await ask(url, '/v1/config', { method: 'PUT', yaml });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ detail: expect.stringMatching(/^line \d+/) }] },
    });
    expect(await count('console.revision')).toBe(1);
  });

  it('carries a document of several parts to the other services whole', async () => {
    const url = await start();
    const copy = await copyOf();
    const people = Object.fromEntries(
      Array.from({ length: 4000 }, (_, n) => [
        `person-${n}`,
        { ...bo, name: `工程师 «${n}» "quoted" ${'x'.repeat(120)}` },
      ]),
    );
    expect(await ask(url, '/v1/config', { method: 'PUT', json: { people } })).toMatchObject({
      body: { revision: 2 },
    });
    const copied = await until(() => (copy.current()?.revision === 2 ? copy.current() : undefined));
    expect(Object.keys(copied.config.people)).toHaveLength(4000);
    expect(copied.config.people['person-3999']?.name).toBe(people['person-3999']?.name);
    expect(await count('console.outbox')).toBeGreaterThan(2);
  });

  it('refuses a tree that is nested without end', async () => {
    const url = await start();
    const body = `{"priority":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`;
    const refused = await ask(url, '/v1/config', {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(refused.status).toBe(422);
  });

  it('keeps the last operator: a tree without one is refused', async () => {
    await start({ TOCSIN_EXAMPLE: 'starter' });
    const url = await start({}, false);
    const operator = { authorization: 'Bearer tocsin-demo-operator-token' };
    for (const tokens of [{}, { ops: { token: 'env:NOT_SET_HERE', role: 'operator' } }])
      expect(
        await ask(url, '/v1/config', { method: 'PUT', json: { tokens }, headers: operator }),
      ).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/tokens' }] },
      });
  });

  it('asks for a token that may', async () => {
    const url = await start();
    expect((await ask(url, '/v1/config', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    const tokens = { reader: { token: 'loopback-only:a-reader-of-the-spec', role: 'viewer' } };
    await ask(url, '/v1/config', { method: 'PUT', json: { tokens } });
    const reader = { authorization: 'Bearer a-reader-of-the-spec' };
    await until(async () => (await ask(url, '/v1/config', { headers: reader })).status === 200);
    expect((await ask(url, '/v1/config', { method: 'PUT', json: {}, headers: reader })).status).toBe(403);
  });
});

const BO =
  'people:\n  # by night\n  bo: { name: Bo, timeZone: Asia/Singapore, contact: { app: { push: true } } }\n';
const ANA = '# the second file\npeople:\n  ana: { name: Ana, timeZone: UTC } # no phone yet\n';

describe('config written in files', () => {
  const put = (url: string, files: Record<string, string>): Promise<Said> =>
    ask(url, '/v1/config', { method: 'PUT', files });
  const exported = async (url: string): Promise<string> => {
    const { body } = await ask(url, '/v1/config', { headers: { accept: 'application/yaml' } });
    return String(body['text']);
  };

  it('is exported with its comments, and the export applies to nothing', async () => {
    const url = await start();
    expect(await put(url, { 'a.yaml': BO, 'eu/b.yaml': ANA })).toMatchObject({
      status: 200,
      body: { revision: 2, changed: true },
    });
    const text = await exported(url);
    for (const comment of ['# by night', '# the second file', '# no phone yet'])
      expect(text).toContain(comment);
    expect(await ask(url, '/v1/config/plan', { method: 'POST', yaml: text })).toMatchObject({
      body: { changes: [] },
    });
    expect(await ask(url, '/v1/config', { method: 'PUT', yaml: text })).toMatchObject({
      body: { revision: 2, changed: false },
    });
    expect((await ask(url, '/v1/config/files')).body).toEqual({
      revision: 2,
      files: [
        { path: 'a.yaml', text: BO },
        { path: 'eu/b.yaml', text: ANA },
      ],
    });
    expect([
      await count('console.revision'),
      await count("console.audit WHERE act = 'config.comment'"),
    ]).toEqual([2, 0]);
  });

  it('keeps a changed comment without a revision, and forgets files when a tree comes as JSON', async () => {
    const url = await start();
    await put(url, { 'a.yaml': BO });
    const changed = await put(url, { 'a.yaml': BO.replace('by night', 'by day') });
    expect(changed.body).toMatchObject({ revision: 2, changed: false });
    expect(await exported(url)).toContain('# by day');
    expect(await count("console.audit WHERE act = 'config.comment'")).toBe(1);
    await ask(url, '/v1/config', { method: 'PUT', json: { people: { bo: { ...bo, name: 'B' } } } });
    expect(await exported(url)).toMatch(/^people:\n {2}bo:\n/);
  });

  it('has its faults named by file and line, and is refused where a path leads out of the tree', async () => {
    const url = await start();
    const dangling = 'teams:\n  pay:\n    members: [boo]\n';
    expect(await put(url, { 'a.yaml': BO, 'b.yaml': dangling })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/teams/pay/members/0', detail: expect.stringMatching(/\(b.yaml:3\)$/) }] },
    });
    expect(await put(url, { 'a.yaml': BO, 'b.yaml': 'people: { bo: {} }' })).toMatchObject({
      status: 422,
      body: {
        errors: [{ detail: expect.stringMatching(/^b.yaml:1:11 «people.bo» is defined twice \(a.yaml:3\)/) }],
      },
    });
    for (const path of ['../a.yaml', '/etc/a.yaml', 'a/../../b.yaml', 'a.sh'])
      expect((await put(url, { [path]: BO })).status).toBe(422);
    expect(await count('console.revision')).toBe(1);
  });

  it('is told its warnings by plan and apply, in the language of who asks', async () => {
    const url = await start();
    const warned = {
      body: {
        warnings: expect.arrayContaining([
          { pointer: '/people/ana', detail: expect.stringContaining('没有联系方式') },
        ]),
      },
    };
    const headers = { 'accept-language': 'zh-CN' };
    const files = { 'b.yaml': ANA };
    expect(await ask(url, '/v1/config/plan', { method: 'POST', files, headers })).toMatchObject(warned);
    expect(await ask(url, '/v1/config', { method: 'PUT', files, headers })).toMatchObject(warned);
  });
});

describe('example keys', () => {
  const world = { sources: { demo: { kind: 'generic', key: 'loopback-only:everybody-knows' } } };

  it('are not applied where the process listens beyond loopback', async () => {
    const url = (await start({ HOST: '0.0.0.0' })).replace('0.0.0.0', '127.0.0.1');
    const refused = await ask(url, '/v1/config', { method: 'PUT', json: world });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/sources/demo' }] } });
  });

  it('do not come into force in a service that listens beyond loopback, which says so; a later own key does', async () => {
    const url = await start();
    const copy = await copyOf('0.0.0.0');
    await until(() => copy.current()?.revision === 1);
    await ask(url, '/v1/config', { method: 'PUT', json: world });
    const health = await until(async () => {
      const found = await copy.check.check();
      return found.ok ? undefined : found;
    });
    expect(health.detail).toMatch(/revision 2 is not used: .*HOST=127\.0\.0\.1/);
    expect(copy.current()?.revision).toBe(1);
    await ask(url, '/v1/config', {
      method: 'PUT',
      json: { sources: { demo: { kind: 'generic', key: 'env:KEY' } } },
    });
    await until(() => copy.current()?.revision === 3);
    expect(await copy.check.check()).toMatchObject({ ok: true });
  });

  it('stop a process that would listen beyond loopback before it listens', async () => {
    const url = await start();
    await ask(url, '/v1/config', { method: 'PUT', json: world });
    await expect(start({ HOST: '0.0.0.0' })).rejects.toThrow(
      /not started: .*\/sources\/demo.*may not listen on 0\.0\.0\.0/,
    );
  });
});

describe('the first revision', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-examples-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is the chosen example, once', async () => {
    await start({ TOCSIN_EXAMPLE: 'starter' });
    const url = await start({ TOCSIN_EXAMPLE: 'starter' });
    const got = await ask(url, '/v1/config', {
      headers: { authorization: 'Bearer tocsin-demo-operator-token' },
    });
    expect(got.body).toMatchObject({ revision: 1, reason: 'first start, example starter', author: 'tocsin' });
    expect(await count('console.revision')).toBe(1);
  });

  it('stops the start with one clear line when the example has faults', async () => {
    writeFileSync(join(folder, 'broken.yaml'), 'people:\n  bo: { name: Bo }\n  bo: { name: Bob }\n');
    await expect(start({ TOCSIN_EXAMPLES: folder, TOCSIN_EXAMPLE: '.' })).rejects.toThrow(
      /broken\.yaml:3 Map keys must be unique/,
    );
  });

  it('stops the start when the example holds example keys and the process would listen beyond loopback', async () => {
    await expect(start({ TOCSIN_EXAMPLE: 'starter', HOST: '0.0.0.0' })).rejects.toThrow(
      /not started: .*HOST=127\.0\.0\.1/,
    );
    expect(await count('console.revision')).toBe(0);
  });
});
