import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../program.js';

/** A terminal and a server that answers by path. */
function given(answers: Readonly<Record<string, unknown>>, env: Record<string, string> = {}) {
  const calls: string[] = [];
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
      now: () => Date.parse('2026-11-28T03:00:00Z'),
      stdin: () => Promise.resolve(''),
      fetch: (url, init) => {
        const path = (url as string).replace('http://127.0.0.1:8080/v1/outgoing-webhooks', '');
        calls.push(`${init?.method} ${path}`);
        const answer = Object.entries(answers).find(([start]) => path.startsWith(start))?.[1];
        return Promise.resolve(
          new Response(JSON.stringify(answer), { status: answer === undefined ? 404 : 200 }),
        );
      },
    });
  return { run, calls, out: () => out, err: () => err };
}

const delivery = {
  ...{
    id: 'msg_1',
    type: 'case.opened',
    about: '4F7',
    at: '2026-11-28T03:00:00.000Z',
    state: 'waiting',
    tries: 2,
  },
  nextTryAt: '2026-11-28T03:05:06.000Z',
  requests: [
    { at: '2026-11-28T03:00:00.100Z', endedAt: '2026-11-28T03:00:00.200Z', status: 500, outcome: 'HTTP 500' },
    {
      at: '2026-11-28T03:00:05.100Z',
      endedAt: '2026-11-28T03:00:05.200Z',
      outcome: 'not reached: ECONNREFUSED',
    },
  ],
};

describe('tocsin webhooks', () => {
  it('lists them with what waits and why one is stopped', async () => {
    const bridge = {
      name: 'bridge',
      state: 'disabled',
      by: 'HTTP 410',
      waiting: 3,
      dead: 1,
      events: ['case.*'],
    };
    const { run, out } = given({ '': { webhooks: [bridge] } });
    expect(await run('webhooks', 'list')).toBe(0);
    expect(out()).toMatch(/^bridge +disabled +HTTP 410 +3 +1 /m);
  });

  it('shows the log with the last try and the next', async () => {
    const { run, calls, out } = given({ '/bridge/deliveries': { deliveries: [delivery] } });
    expect(await run('webhooks', 'log', 'bridge', '--state', 'waiting')).toBe(0);
    expect(calls).toEqual(['GET /bridge/deliveries?state=waiting']);
    expect(out()).toMatch(/^msg_1 .* 2 .* not reached: ECONNREFUSED +2026-11-28T03:05:06.000Z$/m);
  });

  it('replays one or a span, and asks which when told neither', async () => {
    const { run, calls, out, err } = given({ '/bridge': { replayed: 4 } });
    expect(await run('webhooks', 'replay', 'bridge', 'msg_1')).toBe(0);
    const span = ['--from', '2026-11-28T00:00:00Z', '--to', '2026-11-28T06:00:00Z'];
    expect(await run('webhooks', 'replay', 'bridge', ...span, '--state', 'dead')).toBe(0);
    expect(await run('webhooks', 'replay', 'bridge', '--from', '2026-11-28T00:00:00Z')).toBe(2);
    expect(calls).toEqual([
      'POST /bridge/deliveries/msg_1/replay',
      'POST /bridge/replay?from=2026-11-28T00%3A00%3A00Z&to=2026-11-28T06%3A00%3A00Z&state=dead',
    ]);
    expect(out()).toContain('4 deliveries are sent again');
    expect(err()).toContain('--from and --to');
  });

  it.each(['pause', 'resume'])('can %s one', async (verb) => {
    const { run, calls } = given({ '/bridge': { name: 'bridge', state: 'paused' } });
    expect(await run('webhooks', verb, 'bridge')).toBe(0);
    expect(calls).toEqual([`POST /bridge/${verb}`]);
  });

  it.each([
    ['delivered', 0, 'HTTP 204'],
    ['dead', 1, 'HTTP 500'],
  ])('says of a test that is %s, and ends with %i', async (state, exit, outcome) => {
    const ended = { ...delivery, state, requests: [{ at: delivery.at, outcome }] };
    const { run, out } = given(
      { '/bridge/test': { id: 'msg_1' }, '/bridge/deliveries': { deliveries: [ended] } },
      { LANG: 'zh_CN.UTF-8' },
    );
    expect(await run('webhooks', 'test', 'bridge')).toBe(exit);
    expect(out()).toBe(`应答：${outcome}\n`);
  });
});
