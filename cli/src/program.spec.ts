import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MergedTree, readFolder } from '@tocsin/config-files';
import { given, json } from './terminal.given.js';

const accepted = json({ eventId: 'evt_1', duplicate: false, links: { event: '/v1/events/evt_1' } }, 202);

describe('who can be paged', () => {
  it('lists by what each is asked and what is missing, in the language of the terminal', async () => {
    const person = {
      ...{ person: 'bo', ready: false, reachable: true },
      askedBy: [{ kind: 'schedule', name: 'primary' }],
      missing: [
        { what: 'no-method', text: { en: 'no contact method; add one', 'zh-CN': '没有联系方式；请添加' } },
      ],
    };
    const { run, calls, out } = given(json({ persons: [person] }), { LANG: 'zh_CN.UTF-8' });
    expect(await run('readiness', '--missing', '--person', 'bo')).toBe(0);
    expect(calls).toMatchObject([{ url: 'http://127.0.0.1:8080/v1/readiness?person=bo&missing=true' }]);
    expect(out()).toMatch(/^bo +false +true +schedule primary +没有联系方式；请添加$/m);
  });
});

describe('calendars of leave', () => {
  it('are listed with what is wrong with each, and confirmed when they are meant to be empty', async () => {
    const feed = { person: 'bo', state: 'failing', nextAt: '2026-11-23T01:00:00Z', failures: 3 };
    const fault = { en: 'it answers 503; check the address.', 'zh-CN': '服务器返回 503；请检查地址。' };
    const { run, out } = given(json({ feeds: [{ ...feed, fault }] }));
    expect(await run('leave', 'feeds')).toBe(0);
    expect(out()).toMatch(/^bo +failing +2026-11-23T01:00:00Z +it answers 503; check the address\.$/m);
    const confirming = given(json(feed, 202));
    expect(await confirming.run('leave', 'confirm', 'bo')).toBe(0);
    expect(confirming.calls).toMatchObject([
      { method: 'POST', url: 'http://127.0.0.1:8080/v1/leave-feeds/bo/confirm' },
    ]);
  });
});

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

describe('pinning a priority', () => {
  it('posts what, why and until when, and deletes it again', async () => {
    const { run, calls } = given(json({ id: '4F7', priority: 'P2' }));
    const until = '2026-11-02T12:00:00Z';
    const options = ['--set', 'P2', '--reason', 'known outage', '--until', until];
    expect(await run('case', 'priority', '4F7', ...options)).toBe(0);
    expect(await run('case', 'priority', '4F7', '--unpin')).toBe(0);
    const url = 'http://127.0.0.1:8080/v1/cases/4F7/priority';
    expect(calls).toMatchObject([
      { method: 'POST', url, body: { set: 'P2', reason: 'known outage', until } },
      { method: 'DELETE', url },
    ]);
  });

  it('asks for the reason before it calls anybody', async () => {
    const { run, calls, err } = given(json({}));
    expect(await run('case', 'priority', '4F7', '--set', 'P2')).toBe(2);
    expect([calls, err()]).toEqual([[], expect.stringContaining('--reason')]);
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

  it('tells what happened in sentences of the terminal’s language, and everything as JSON', async () => {
    const event = { type: 'NoteAdded', tenant: 'default', caseId: '4F7', epoch: 1, by: 'bo' };
    const timeline = {
      caseId: '4F7',
      events: [
        {
          ...{ ...event, at: '2026-11-23T01:00:00.000Z', facts: { note: 'slow' } },
          text: { en: 'Bo noted: «slow».', 'zh-CN': 'Bo 备注：「slow」。' },
        },
      ],
    };
    const told = async (env: Record<string, string>, ...args: string[]): Promise<string> => {
      const { run, out } = given(json(timeline), env);
      expect(await run('case', 'timeline', '4F7', ...args)).toBe(0);
      return out();
    };
    expect((await told({})).split('\n')).toEqual([
      'AT                        WHAT               BY',
      '2026-11-23T01:00:00.000Z  Bo noted: «slow».  bo',
      '',
    ]);
    expect(await told({ LANG: 'zh_CN.UTF-8' })).toContain('Z  Bo 备注：「slow」。  bo\n');
    expect(JSON.parse(await told({}, '-o', 'json'))).toEqual(timeline);
  });

  it('shows a case with its SLA clocks below it', async () => {
    const clock = {
      kind: 'first-response',
      state: 'paused',
      policy: 'business',
      pausedSince: '2026-11-05T02:00:00Z',
    };
    const shown = json({ id: '4F7K2', state: 'open', sla: [{ ...clock, pauses: [{ by: 'Bo' }] }] });
    const { run, out } = given(shown);
    expect(await run('case', 'show', '4F7K2')).toBe(0);
    expect(out()).toMatch(
      /^state +open\nCLOCK +STATE .*\nfirst-response +paused +2026-11-05T02:00:00Z +1 +business$/m,
    );
    const whole = given(shown);
    await whole.run('-o', 'json', 'case', 'show', '4F7K2');
    expect(JSON.parse(whole.out())).toMatchObject({ sla: [clock] });
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
    [['case', 'note', '4F7K2', '--note', 'called'], '/v1/cases/4F7K2/notes', { via: 'cli', note: 'called' }],
    [
      ['case', 'resolve', '4F7K2', '--code', 'no-fault', '--cause', 'test', '--reply', 'All is well.'],
      '/v1/cases/4F7K2/resolve',
      { via: 'cli', code: 'no-fault', cause: 'test', reply: 'All is well.' },
    ],
    [
      ['case', 'resolve', '4F7K2', '4F7K3', '--all-or-none'],
      '/v1/cases/bulk',
      { act: 'resolve', cases: ['4F7K2', '4F7K3'], via: 'cli', allOrNone: true },
    ],
    [
      ['case', 'reassign', '4F7K2', 'person bo', '--also', '4F7K3', '4F7K4'],
      '/v1/cases/bulk',
      { act: 'reassign', cases: ['4F7K2', '4F7K3', '4F7K4'], via: 'cli', to: 'person bo' },
    ],
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
    [
      ['case', 'split', '4F7K2', 'zendesk:10:42', 'demo:T-1', '--as', 'bo'],
      '/v1/cases/4F7K2/split',
      {
        ...{ via: 'cli', person: 'bo' },
        tickets: [
          { source: 'zendesk', ticketKey: '10:42' },
          { source: 'demo', ticketKey: 'T-1' },
        ],
      },
    ],
    [
      ['case', 'move', '4F7K2', '4F7K3', 'demo:T-1'],
      '/v1/cases/4F7K2/move',
      { via: 'cli', to: '4F7K3', tickets: [{ source: 'demo', ticketKey: 'T-1' }] },
    ],
    [['case', 'merge', '4F7K2', '4F7K3'], '/v1/cases/4F7K2/merge', { via: 'cli', into: '4F7K3' }],
    [['case', 'undo', '4F7K2'], '/v1/cases/4F7K2/undo', { via: 'cli' }],
    [['case', 'migrate', '4F7K2', '--preview'], '/v1/cases/4F7K2/migrate?preview=true', undefined],
  ])('%j posts to %s', async (args, path, body) => {
    const change = { kind: 'merge', tickets: [{ source: 'demo', ticketKey: 'T-1' }] };
    const { run, calls } = given(json({ ...view, change, from: view, to: view }));
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

describe('asking who is on call', () => {
  const answer = {
    schedule: 'live',
    person: 'chen',
    name: 'Chen',
    path: [
      { by: 'layer', layer: 1, person: 'bo' },
      { by: 'override', change: 'chg_1', person: 'chen' },
    ],
  };

  it('shows the path to each, the one that decides last', async () => {
    const { run, calls, out } = given(json({ schedules: [answer], policies: [] }));
    expect(await run('oncall', 'now', '--schedule', 'live', '--role', 'primary')).toBe(0);
    expect(calls).toMatchObject([{ url: 'http://127.0.0.1:8080/v1/oncall?schedule=live&role=primary' }]);
    expect(out()).toMatch(/^live +chen +Chen +layer 1: bo > override: chen$/m);
  });

  it('asks for another instant, and what was known then', async () => {
    const { run, calls } = given(json({ schedules: [], policies: [] }));
    const [at, then] = ['2026-11-25T00:00:00Z', '2026-11-24T00:00:00Z'];
    expect(await run('oncall', 'at', at, '--as-of', then)).toBe(0);
    const query = new URLSearchParams({ at, 'as-of': then }).toString();
    expect(calls).toMatchObject([{ url: `http://127.0.0.1:8080/v1/oncall?${query}` }]);
  });
});

describe('asking for the load of people', () => {
  it('shows it as a table', async () => {
    const ana = { person: 'ana', name: 'Ana', turns: 2, hours: 36.5, share: 60, aboveEven: 6.5, nights: 3 };
    const { run, calls, out } = given(json({ people: [ana] }));
    const window = ['--from', '2026-10-01T00:00:00Z', '--until', '2026-11-01T00:00:00Z'];
    expect(await run('oncall', 'fairness', ...window, '--calendar', 'sg')).toBe(0);
    expect(calls[0]?.url).toBe(
      'http://127.0.0.1:8080/v1/oncall/fairness?from=2026-10-01T00%3A00%3A00Z&until=2026-11-01T00%3A00%3A00Z&calendar=sg',
    );
    expect(out()).toMatch(/^ana +Ana +2 +36\.5 +60 +6\.5 +3/m);
  });
});

describe('sharing a calendar', () => {
  const made = { feed: { id: 'feed_1' }, path: '/v1/calendar-feeds/tcf_x.ics' };

  it('shows the whole address once', async () => {
    const { run, calls, out, err } = given(json(made, 201));
    expect(await run('calendar-feed', 'create', '--person', 'bo')).toBe(0);
    expect(calls).toMatchObject([{ url: 'http://127.0.0.1:8080/v1/calendar-feeds' }]);
    expect(out()).toBe('http://127.0.0.1:8080/v1/calendar-feeds/tcf_x.ics\n');
    expect(err()).toContain('shown only now');
  });

  it('needs one schedule or one person', async () => {
    const { run, calls, err } = given(json(made));
    expect(await run('calendar-feed', 'create', '--person', 'bo', '--schedule', 'live')).toBe(2);
    expect([err().startsWith('Say of what'), calls]).toEqual([true, []]);
  });

  it('lists the beginning of each secret', async () => {
    const feed = { id: 'feed_1', person: 'bo', prefix: 'tcf_abcdef', createdBy: 'ops' };
    const { run, calls, out } = given(json({ feeds: [feed] }));
    expect(await run('calendar-feed', 'list', '--revoked')).toBe(0);
    expect(calls[0]?.url).toBe('http://127.0.0.1:8080/v1/calendar-feeds?revoked=true');
    expect(out()).toMatch(/^feed_1 .*bo +tcf_abcdef… +ops/m);
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

  it('asks the server for the language of the terminal, and says what it refused in it', async () => {
    const problem = {
      ...{ type: 'about:blank', title: '此案例已由他人接手', status: 409, detail: '未作任何更改。' },
      errors: [{ pointer: '/person', detail: '配置中没有人员「eve」。' }],
    };
    const { run, err, calls } = given(json(problem, 409), { LC_ALL: 'zh_CN.UTF-8' });
    expect(await run('case', 'show', '4F7K2')).toBe(1);
    expect(calls).toMatchObject([{ language: 'zh-CN' }]);
    expect(err()).toBe('409 此案例已由他人接手\n未作任何更改。\n  /person 配置中没有人员「eve」。\n');
  });

  it('shows what became of each of many cases, and exits with 1 when one was refused', async () => {
    const error = { type: 'about:blank', title: 'Somebody else has this case', status: 409 };
    const results = [
      { case: '4F7K2', status: 200, state: 'acknowledged', version: 2 },
      { case: '4F7K3', status: 409, error: { ...error, detail: 'By chen.' } },
    ];
    const { run, out } = given(json({ done: 1, refused: 1, results }));
    expect(await run('case', 'ack', '4F7K2', '4F7K3')).toBe(1);
    expect(out()).toMatch(/^4F7K2 +200 +acknowledged/m);
    expect(out()).toMatch(/^4F7K3 +409 +Somebody else has this case +By chen\.$/m);
    expect(await given(json({ done: 2, refused: 0, results: [] })).run('ack', '4F7K2', '4F7K3')).toBe(0);
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

/** Nobody is on call at the weekend, and the owner has no phone. */
const WEEKDAYS_ONLY = `
people:
  bo: { name: Bo, timeZone: Asia/Singapore, contact: { desk: { sandbox: true } } }
  chen: { name: Chen, timeZone: Asia/Singapore }
teams:
  pay: { members: [bo], ladder: { tier2: person chen } }
schedules:
  primary:
    timeZone: Asia/Singapore
    layers: [{ people: [bo], only: [{ days: Mon-Fri, from: "09:00", to: "18:00" }] }]
policies:
  live-pay:
    steps:
      - { name: on-call, page: schedule primary, wait: 120s }
      - { name: owner, page: tier2 of the service, wait: 180s }
    fallback: { page: everyone }
services:
  payouts: { team: pay, policy: live-pay }
`;

const starter = join(import.meta.dirname, '../../examples/starter');

async function mergedStarter(): Promise<MergedTree> {
  const merged = await readFolder(starter);
  if (!merged.ok) throw new Error(JSON.stringify(merged.faults));
  return merged;
}

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
    expect(await run('lint', '--strict', starter)).toBe(0);
    expect([out(), calls]).toEqual([`${starter}: no faults\n`, []]);
  });

  it('shows warnings with file, line and column, and ends with 1 for them when strict', async () => {
    const { run, out } = given(json({}));
    expect(await run('config', 'lint', folder)).toBe(0);
    expect(out()).toMatch(/^people\.yaml:2:3 \/people\/bo warning: nothing uses person «bo»/m);
    expect(out()).toMatch(/^0 errors, 2 warnings\n$/m);
    expect(await run('lint', '--strict', folder)).toBe(1);
  });

  it('says the same as JSON, errors of every file at once, exit 3', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'tocsin-lint-'));
    writeFileSync(join(broken, 'a.yaml'), 'people:\n  bo: { name: Bo, timezone: UTC }\n');
    writeFileSync(
      join(broken, 'b.yaml'),
      'polices: {}\npeople:\n  ana: { name: Ana, timeZone: Mars }\n  bo: {}\n',
    );
    const { run, out } = given(json({}), { LANG: 'zh_CN.UTF-8' });
    expect(await run('lint', broken, '-o', 'json')).toBe(3);
    rmSync(broken, { recursive: true });
    const said = JSON.parse(out()) as { findings: { file: string; message: string }[] };
    expect(said).toMatchObject({ errors: 5, warnings: 0 });
    expect(said.findings[1]).toEqual({
      file: 'a.yaml',
      line: 2,
      column: 19,
      severity: 'error',
      pointer: '/people/bo/timezone',
      message: expect.stringMatching(/^此处没有键「timezone」.*是否想写「timeZone」？$/),
    });
    expect(said.findings.map(({ file }) => file)).toEqual(['a.yaml', 'a.yaml', 'b.yaml', 'b.yaml', 'b.yaml']);
    expect(said.findings[4]?.message).toMatch(/^«people.bo» is defined twice \(a.yaml:2\)/);
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

  const planned = (changes: unknown[]) => ({ revision: 6, hash: 'abc', changes, warnings: [] });
  const renamed = {
    kind: 'people',
    name: 'bo',
    change: 'changed',
    differences: [{ pointer: '/people/bo/name', before: 'Bo', after: 'B' }],
  };

  it('says in a plan what needs a second approver, approves exactly that tree, and breaks the glass with a reason only', async () => {
    const risk = { kind: 'second-person', service: 'pay', weight: 'second-approver', detail: 'pay  2m → 5m' };
    const worse = { ...planned([renamed]), risks: [risk], approvedBy: [] };
    const approved = { base: 6, hash: 'def', approvedBy: 'chen', at: '2026-11-23T00:00:00Z', risks: [risk] };
    const applied = { revision: 7, hash: 'def', changed: true, warnings: [] };
    const answers = [worse, { tree: {} }, approved, worse, { tree: {} }, applied];
    const { run, calls, out, err } = given(() => json(answers.shift())());
    expect(await run('config', 'approve', folder)).toBe(0);
    expect(out()).toContain(
      'Worsens: apply needs a second approver (tocsin config approve PATH):\n  pay  2m → 5m\n',
    );
    expect(out()).toContain('Approved by chen, on revision 6');
    expect(calls[2]?.url).toBe('http://127.0.0.1:8080/v1/config/approve');
    expect(await run('apply', folder, '--break-glass')).toBe(2);
    expect(err()).toContain('--reason TEXT');
    answers.splice(0, answers.length, worse, { tree: {} }, applied);
    expect(await run('apply', folder, '--break-glass', '--reason', 'down')).toBe(0);
    expect(calls.at(-1)?.url).toBe('http://127.0.0.1:8080/v1/config/apply?reason=down&break-glass=true');
  });

  it('shows the plan, then applies exactly what was planned, as files with the reason', async () => {
    const answers = [
      planned([renamed]),
      { tree: {} },
      { revision: 7, hash: 'def', changed: true, warnings: [] },
    ];
    const { run, calls, out } = given(() => json(answers.shift())());
    expect(await run('apply', folder, '--reason', 'new phone')).toBe(0);
    expect(calls.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:8080/v1/config/plan?history=false',
      'http://127.0.0.1:8080/v1/config',
      'http://127.0.0.1:8080/v1/config/apply?reason=new+phone',
    ]);
    expect(calls[2]).toMatchObject({ method: 'POST', ifMatch: '"abc"' });
    expect(calls[2]?.body).toEqual({
      files: [{ path: 'people.yaml', text: 'people:\n  bo:\n    name: Bo\n    timeZone: Asia/Singapore\n' }],
    });
    expect(out().split('\n')).toEqual([
      'people.bo: changed',
      '  /people/bo/name: "Bo" → "B"',
      'From 2026-11-23 to 2026-12-23 nothing changes for anybody.',
      'Revision 7 is in force.',
      '',
    ]);
  });

  it('shows a plan value by value, and ends with people', async () => {
    const { tree } = await mergedStarter();
    const inForce = structuredClone(tree) as Record<string, Record<string, Record<string, unknown>>>;
    const pay = inForce['policies']?.['live-pay'] as { steps: { wait: string }[] };
    Object.assign(pay.steps[0] as object, { wait: '60s' });
    Object.assign(inForce['schedules']?.['live-primary'] as object, {
      layers: [{ people: ['bo', 'ana'], every: '1w', handover: 'Mon 09:00', from: '2020-01-06' }],
    });
    const answers = [planned([renamed]), { tree: inForce }];
    const { run, out } = given(() => json(answers.shift())());
    expect(await run('plan', starter, '--no-history')).toBe(0);
    expect(out().split('\n')).toEqual([
      'people.bo: changed',
      '  /people/bo/name: "Bo" → "B"',
      'What it means to people, from 2026-11-23 to 2026-12-23:',
      '  Ana Silva  live-payouts P1 P2 P3 P4: paged after 0s, 13m → 14m',
      '  Ana Silva  on call by live-primary: 384 h → 0 h',
      '  Bo Li  live-payouts P1 P2 P3 P4: paged after 0s, 13m → 0s, 14m',
      '  Bo Li  on call by live-primary: 336 h → 720 h',
      '  Chen Wei  live-payouts P1 P2 P3 P4: paged after 1m, 7m, 13m → 2m, 8m, 14m',
      '  Dee Morgan  live-payouts P1 P2 P3 P4: paged after 4m, 10m, 13m → 5m, 11m, 14m',
      '  live-payouts  P1 first page → second person: 1m → 2m    worsens: needs a second approver',
      'live-pay P1 of live-payouts: proved for 90 days, somebody is paged within 300 s of any instant',
      'live-pay P2 of live-payouts: proved for 90 days, somebody is paged within 900 s of any instant',
      '',
    ]);
  });

  it('proves that somebody is always paged, or names the hole and the cure, exit 3', async () => {
    const { run, out, calls } = given(json({}));
    expect(await run('config', 'coverage', starter)).toBe(0);
    expect(
      out()
        .split('\n')
        .filter((line) => line.includes('proved for 90 days')),
    ).toHaveLength(2);
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-coverage-'));
    writeFileSync(join(folder, 'world.yaml'), WEEKDAYS_ONLY);
    const hole = given(json({}));
    expect(await hole.run('config', 'coverage', folder)).toBe(3);
    expect(hole.out()).toMatch(
      /^live-pay P1 of payouts: nobody is paged within 300 s of .*\+08:00: step «on-call» leads to nobody; step «owner» leads to chen, without a contact method; give chen a contact method$/m,
    );
    rmSync(folder, { recursive: true });
    expect(calls).toEqual([]);
  });

  it('says so in Chinese when nothing differs', async () => {
    const { run, out } = given(json(planned([])), { LANG: 'zh_CN.UTF-8' });
    expect(await run('plan', folder)).toBe(0);
    expect(out()).toBe('与版本 6 没有差异。\n');
  });

  it('exports one text, or the files as they were applied', async () => {
    const to = mkdtempSync(join(tmpdir(), 'tocsin-export-'));
    const files = [{ path: 'eu/people.yaml', text: '# mine\npeople: {}\n' }];
    expect(await given(json({ revision: 7, files })).run('config', 'export', '--to', to)).toBe(0);
    expect(readFileSync(join(to, 'eu/people.yaml'), 'utf8')).toBe('# mine\npeople: {}\n');
    const outside = [{ path: '../people.yaml', text: 'people: {}\n' }];
    const refused = given(json({ revision: 7, files: outside }));
    expect(await refused.run('config', 'export', '--to', to)).toBe(3);
    expect(refused.err()).toContain('a path without «.» and «..»');
    rmSync(to, { recursive: true });
    const text = given(() => new Response('# mine\npeople: {}\n'));
    expect(await text.run('config', 'export')).toBe(0);
    expect(text.out()).toBe('# mine\npeople: {}\n');
  });

  it('prints the JSON Schema', async () => {
    const { run, out } = given(json({}));
    expect(await run('config', 'schema')).toBe(0);
    expect(JSON.parse(out())).toMatchObject({ type: 'object', properties: { people: { type: 'object' } } });
  });
});

describe('maintenance windows', () => {
  const window = { id: 'mnt_1', name: 'move', origin: 'run-time', state: 'active', safety: 'exempt' };

  it('are made with what was given, ended and cancelled', async () => {
    const { run, calls } = given(json(window));
    const scope = ['--services', 'upload', 'login', '--for', '2h', '--reason', 'racks'];
    expect(await run('maintenance', 'add', 'move', ...scope)).toBe(0);
    expect(await run('maintenance', 'end', 'mnt_1')).toBe(0);
    expect(await run('maintenance', 'cancel', 'mnt_1')).toBe(0);
    const body = { name: 'move', services: ['upload', 'login'], for: '2h', reason: 'racks' };
    expect(calls.map(({ method, url, body }) => [method, url.replace(/^.*8080/, ''), body])).toEqual([
      ['POST', '/v1/maintenance', body],
      ['POST', '/v1/maintenance/mnt_1/end', undefined],
      ['DELETE', '/v1/maintenance/mnt_1', undefined],
    ]);
  });

  it('are listed as a table', async () => {
    const { run, calls, out } = given(json({ windows: [{ ...window, services: ['upload'] }] }));
    expect(await run('maintenance', 'list', '--over')).toBe(0);
    expect(calls[0]?.url).toMatch(/\/v1\/maintenance\?over=true$/);
    expect(out()).toMatch(/^mnt_1 +move +active +upload +exempt$/m);
  });

  it('say which cases they would have hushed, in the words of the terminal', async () => {
    const found = { from: '2026-10-24T00:00:00.000Z', until: '…', inScope: 20, hushed: 14, exempt: 1 };
    const cases = [{ id: '4F7', priority: 'P2', openedAt: '2026-11-01T01:10:00.000Z', verdict: 'hushed' }];
    const { run, calls, out } = given(json({ ...found, cases }), { LANG: 'zh_CN.UTF-8' });
    const weekly = ['--every', 'Sun', '--from', '01:00', '--for', '60m', '--time-zone', 'Europe/London'];
    expect(await run('maintenance', 'preview', ...weekly)).toBe(0);
    const body = { name: 'preview', every: 'Sun', from: '01:00', for: '60m', timeZone: 'Europe/London' };
    expect(calls[0]?.body).toEqual(body);
    expect(out()).toContain('范围内 20 个案例中会静默 14 个');
    expect(out()).toMatch(/^4F7 +P2 +2026-11-01T01:10:00.000Z +hushed$/m);
  });
});

describe('testing a config tree', () => {
  it('runs its tests without a server', async () => {
    const { run, calls, out } = given(json({}));
    expect(await run('test', starter)).toBe(0);
    expect(out()).toMatch(/^passed {2}whoever answers first ends it$/m);
    expect([out().split('\n').at(-2), calls]).toEqual(['4 passed, 0 failed', []]);
  });

  it('names the first difference with file and line of the expectation, exit 3', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
    for (const file of ['people', 'on-call', 'sources', 'taxonomy'])
      copyFileSync(join(starter, `${file}.yaml`), join(folder, `${file}.yaml`));
    writeFileSync(
      join(folder, 'mine.yaml'),
      'tests:\n  - name: dee first\n    given: { at: 2026-11-28 03:00 UTC }\n    when:\n' +
        '      - at 0s: { event: { source: demo, severity: critical } }\n    then:\n      - at 0s: { paged: [dee] }\n',
    );
    const { run, out } = given(json({}));
    expect(await run('test', '--mutate', folder)).toBe(3);
    const asJson = given(json({}));
    expect(await asJson.run('test', folder, '-o', 'json')).toBe(3);
    rmSync(folder, { recursive: true });
    expect(out()).toBe(
      'FAILED  dee first\n    mine.yaml:7:18 at 0s: dee should be paged in this second, but paged is bo\n0 passed, 1 failed\n',
    );
    expect(JSON.parse(asJson.out())).toMatchObject({ tests: [{ passed: false, place: 'mine.yaml:7:18' }] });
  });

  it('lists the mistakes that no test notices, with file and line', async () => {
    const { run, out } = given(json({}));
    expect(await run('test', '--mutate', starter)).toBe(0);
    expect(out()).toMatch(/^12 of 37 mistakes are noticed; 25 are not:$/m);
    expect(out()).toMatch(/^on-call\.yaml:\d+:5 \/policies\/live-pay\/fallback without the fallback$/m);
  });

  it('takes a tree without tests for one that was not tested', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
    writeFileSync(join(folder, 'a.yaml'), 'people: {}\n');
    const { run, err } = given(json({}));
    expect(await run('test', folder)).toBe(3);
    rmSync(folder, { recursive: true });
    expect(err()).toContain('has no tests');
  });
});

describe('asking why', () => {
  it('gives the one reason why somebody was not paged, in the language of the terminal', async () => {
    const view = {
      ...{ caseId: '4F7', person: 'bo', reason: 'muted', at: '2026-11-23T01:00:00Z' },
      text: { en: 'bo was not paged', 'zh-CN': 'bo 未被呼叫' },
    };
    const { run, calls, out } = given(json(view), { LANG: 'zh_CN.UTF-8' });
    expect(await run('explain', '4F7', 'bo')).toBe(0);
    expect(calls[0]?.url).toBe('http://127.0.0.1:8080/v1/explain?case=4F7&person=bo');
    expect(out()).toContain('muted');
    expect(out()).toContain('bo 未被呼叫');
  });

  it('shows the balance of the pages, and ends with 1 when one is lost', async () => {
    const counts = {
      planned: 3,
      delivered: 1,
      failed: 0,
      cancelled: 1,
      suppressed: 0,
      open: 0,
      balanced: false,
    };
    const minute = '2026-11-23T01:00:00.000Z';
    const { run, out, err } = given(
      json({ from: minute, to: minute, total: counts, minutes: [{ minute, ...counts }] }),
    );
    expect(await run('balance')).toBe(1);
    expect(out()).toContain(minute);
    expect(err()).toContain('of which nothing is known');
  });
});
