import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from './program.js';

interface Call {
  readonly method: string | undefined;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** A terminal and a server that answers every call the same way. */
function given(answer: () => Response, env: Record<string, string> = {}) {
  const calls: Call[] = [];
  let [out, err] = ['', ''];
  const run = (...args: string[]) =>
    runCommand(args, {
      env,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      stdin: () => Promise.resolve('{"id":"1"}'),
      fetch: (url, init) => {
        const headers = new Headers(init?.headers);
        calls.push({
          method: init?.method,
          url: url as string,
          authorization: headers.get('authorization') ?? undefined,
          body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
        });
        return new Promise((resolve) => {
          resolve(answer());
        });
      },
    });
  return { run, calls, out: () => out, err: () => err };
}

const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });
const accepted = json({ eventId: 'evt_1', duplicate: false, links: { event: '/v1/events/evt_1' } }, 202);

describe('dead letters', () => {
  it('lists them as a table, with what waits behind each', async () => {
    const entry = {
      id: '7',
      group: 'notification.pages',
      key: 'default:4F7',
      type: 'PageRequested',
      waiting: 2,
    };
    const { run, calls, out } = given(json({ entries: [{ ...entry, cause: 'Error: bad' }] }));
    expect(await run('dead-letters', 'list')).toBe(0);
    expect(calls).toMatchObject([{ url: 'http://127.0.0.1:8080/v1/dead-letters' }]);
    expect(out()).toMatch(/^7 +notification.pages +default:4F7 +PageRequested +2 .*Error: bad$/m);
  });

  it('asks for one to be driven again', async () => {
    const { run, calls, out } = given(json({ id: '7', group: 'notification.pages', state: 'asked' }, 202));
    expect(await run('dead-letters', 'redrive', '7')).toBe(0);
    expect(calls).toMatchObject([{ method: 'POST', url: 'http://127.0.0.1:8080/v1/dead-letters/7/redrive' }]);
    expect(out()).toMatch(/^state +asked$/m);
  });
});

describe('sending an event', () => {
  it('posts it to the demo source with the key of the starter world', async () => {
    const { run, calls, out } = given(accepted);
    expect(
      await run('event', 'send', '--severity', 'critical', '--subject', 'down', '--ticket-key', 'T1'),
    ).toBe(0);
    expect(calls).toEqual([
      {
        method: 'POST',
        url: 'http://127.0.0.1:8080/v1/sources/demo/events',
        authorization: 'Bearer tocsin-demo-source-key',
        body: {
          id: expect.any(String),
          type: 'ticket.created',
          key: 'T1',
          subject: 'down',
          severity: 'critical',
        },
      },
    ]);
    expect(out()).toMatch(/^eventId +evt_1$/m);
  });

  it('sends a document from standard input as it is', async () => {
    const { run, calls } = given(accepted);
    expect(await run('event', 'send', '-f', '-')).toBe(0);
    expect(calls[0]?.body).toEqual({ id: '1' });
  });

  it('never sends the demo keys to another machine', async () => {
    const { run, calls, err } = given(accepted, { TOCSIN_URL: 'https://tocsin.example.com' });
    expect(await run('event', 'send', '--subject', 'down')).toBe(2);
    expect(calls).toEqual([]);
    expect(err()).toBe('The source «demo» needs its key: set TOCSIN_SOURCE_KEY or give --key.\n');
    await run('doctor');
    expect(calls[0]?.authorization).toBeUndefined();
  });
});

describe('working on cases', () => {
  const view = {
    id: '4F7K2',
    priority: 'P1',
    state: 'open',
    subject: 'Payout \u001b[2Jdown',
    service: '直播',
    escalation: { state: 'running' },
  };

  it('lists them as a table in which foreign text cannot move the cursor', async () => {
    const { run, out } = given(json({ cases: [view] }));
    expect(await run('case', 'list', '--state', 'open')).toBe(0);
    expect(out()).toMatch(/^ID +PRIORITY +STATE +ESCALATION/);
    expect(out()).toMatch(/^4F7K2 +P1 +open +running .*直播 .*Payout {2}\[2Jdown$/m);
  });

  it('prints everything as JSON or YAML on demand, wherever the option stands', async () => {
    const { run, out } = given(json(view));
    await run('-o', 'json', 'case', 'show', '4F7K2');
    expect(JSON.parse(out())).toEqual(view);
    const yaml = given(json(view));
    await yaml.run('case', 'show', '4F7K2', '-o', 'yaml');
    expect(yaml.out()).toMatch(/^id: 4F7K2$/m);
  });

  it.each([
    [['case', 'ack', '4F7K2', '--as', 'bo'], '/v1/cases/4F7K2/acknowledge', { via: 'cli', person: 'bo' }],
    [['ack', '4F7K2'], '/v1/cases/4F7K2/acknowledge', { via: 'cli' }],
    [
      ['case', 'resolve', '4F7K2', '--note', 'fixed'],
      '/v1/cases/4F7K2/resolve',
      { via: 'cli', note: 'fixed' },
    ],
    [['case', 'escalate', '4F7K2'], '/v1/cases/4F7K2/escalate', { via: 'cli' }],
    [
      ['case', 'snooze', '4F7K2', '--for', '2h', '--reason', 'bank is closed'],
      '/v1/cases/4F7K2/snooze',
      { via: 'cli', for: '2h', reason: 'bank is closed' },
    ],
    [
      ['case', 'reassign', '4F7K2', 'person bo', '--as', 'ana'],
      '/v1/cases/4F7K2/reassign',
      { via: 'cli', person: 'ana', to: 'person bo' },
    ],
    [
      ['case', 'responder', '4F7K2', 'dee', '--as', 'ana', '--note', 'knows banks'],
      '/v1/cases/4F7K2/responders',
      { via: 'cli', by: 'ana', note: 'knows banks', person: 'dee' },
    ],
    [['case', 'migrate', '4F7K2', '--preview'], '/v1/cases/4F7K2/migrate?preview=true', undefined],
  ])('%j posts to %s', async (args, path, body) => {
    const { run, calls } = given(json(view));
    expect(await run(...args)).toBe(0);
    expect(calls).toEqual([
      {
        method: 'POST',
        url: `http://127.0.0.1:8080${path}`,
        authorization: 'Bearer tocsin-demo-operator-token',
        body,
      },
    ]);
  });
});

describe('failing', () => {
  it('says what to do when nothing answers, with exit 3', async () => {
    const { run, err } = given(() => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) });
    });
    expect(await run('case', 'list')).toBe(3);
    expect(err()).toBe(
      'Nothing answers at http://127.0.0.1:8080 (ECONNREFUSED). Start it with «npm start», or say where it is with TOCSIN_URL.\n',
    );
  });

  it('says it in Chinese where the terminal speaks Chinese', async () => {
    const { run, err, out } = given(json({}, 401), { LANG: 'zh_CN.UTF-8', TOCSIN_TOKEN: 'wrong' });
    expect(await run('case', 'list')).toBe(1);
    expect(err()).toContain('服务器不认识该令牌');
    expect(await run('case', '--help')).toBe(0);
    expect(out()).toContain('确认接手');
  });

  it('passes on what the server refused, with exit 1, and its own failures with 3', async () => {
    const refused = given(
      json({ type: 'about:blank', title: 'Another took it', status: 409, detail: 'chen was first' }, 409),
    );
    expect(await refused.run('ack', '4F7K2')).toBe(1);
    expect(refused.err()).toBe('409 Another took it\nchen was first\n');
    expect(await given(json({}, 503)).run('case', 'list')).toBe(3);
  });

  it.each([
    [['nonsense']],
    [['case', 'show']],
    [['-o', 'xml', 'case', 'list']],
    [['case', 'list', '--url', 'nowhere']],
    [['event', 'send', '-f', '/none']],
  ])('takes %j for wrong usage, with exit 2', async (args) => {
    expect(await given(json({})).run(...args)).toBe(2);
  });

  it('documents its exit codes', async () => {
    const { run, out } = given(json({}));
    expect(await run('--help')).toBe(0);
    expect(out()).toContain('Exit codes: 0 done');
  });
});

describe('config as code', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-cli-'));
    writeFileSync(
      join(folder, 'people.yaml'),
      'people:\n  bo:\n    name: Bo\n    timeZone: Asia/Singapore\n',
    );
    writeFileSync(join(folder, 'bad.yml.txt'), 'not config');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('lints without a server', async () => {
    const { run, calls, out } = given(json({}));
    expect(await run('lint', folder)).toBe(0);
    expect([out(), calls]).toEqual([`${folder}: no faults\n`, []]);
  });

  it('names file and line of every fault, sends nothing, exit 3', async () => {
    const file = join(folder, 'broken.yaml');
    writeFileSync(
      file,
      'teams:\n  pay:\n    members: [bo, chenn]\nschedules:\n  s:\n    timeZone: Mars/Base\n    layers: []\n',
    );
    const { run, calls, err } = given(json({}));
    expect(await run('config', 'apply', folder)).toBe(3);
    rmSync(file);
    expect(calls).toEqual([]);
    expect(err()).toMatch(/^broken\.yaml:3:\d+ \/teams\/pay\/members\/1 .*chenn/m);
    expect(err()).toMatch(/^broken\.yaml:6:\d+ \/schedules\/s\/timeZone /m);
    expect(err()).toMatch(/faults; nothing was changed\n$/);
  });

  it('applies the tree as JSON with the reason', async () => {
    const { run, calls, out } = given(json({ revision: 7, changed: true }));
    expect(await run('apply', folder, '--reason', 'new phone')).toBe(0);
    expect(calls[0]).toMatchObject({
      method: 'POST',
      url: 'http://127.0.0.1:8080/v1/config/apply?reason=new+phone',
      body: { people: { bo: { name: 'Bo', timeZone: 'Asia/Singapore' } } },
    });
    expect(out()).toBe('Revision 7 is in force.\n');
  });

  it('shows a plan value by value', async () => {
    const changes = [
      {
        kind: 'people',
        name: 'bo',
        change: 'changed',
        differences: [{ pointer: '/people/bo/name', before: 'Bo', after: 'B' }],
      },
    ];
    const { run, out } = given(json({ revision: 7, changes }));
    expect(await run('plan', folder)).toBe(0);
    expect(out()).toBe('people.bo: changed\n  /people/bo/name: "Bo" → "B"\n');
  });
});
