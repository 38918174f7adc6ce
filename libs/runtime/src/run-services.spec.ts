import { afterEach, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Post, UseGuards } from '@nestjs/common';
import { Counter } from 'prom-client';
import { z } from 'zod';
import {
  Access,
  AccessGuard,
  CallerOf,
  notFound,
  ProblemError,
  runServices,
  type Caller,
  type RunningServices,
  type ServiceDefinition,
} from './index.js';

const Ticket = z.strictObject({ subject: z.string(), lines: z.array(z.object({ text: z.string() })) });

@Controller('v1/things')
class ThingsController {
  @Get('missing')
  missing(): never {
    throw notFound();
  }
  @Get('broken')
  broken(): never {
    throw new Error('secret detail of the inside');
  }
  @Get('database-away')
  away(): never {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }
  @Post()
  create(@Body({ schema: Ticket }) body: z.infer<typeof Ticket>): string {
    return body.subject;
  }
  @Get('mine')
  @UseGuards(AccessGuard)
  mine(@CallerOf() caller: Caller): Caller {
    return caller;
  }
  @Post('mine')
  @UseGuards(AccessGuard)
  change(): string {
    return 'changed';
  }
}

class TwoTokens extends Access {
  of(authorization: string | undefined): Caller | undefined {
    const role = { 'Bearer o': 'operator', 'Bearer v': 'viewer' }[authorization ?? ''] as
      | Caller['role']
      | undefined;
    return role === undefined ? undefined : { tenant: 'default', role, actor: role };
  }
}

const order: string[] = [];
const health = { ok: true };

const service = (name: 'console' | 'notification'): ServiceDefinition<{ COLOUR: string }> => ({
  name,
  config: z.object({ COLOUR: z.string() }),
  build: (_, host) => {
    host.metrics.registerMetric(counterOf(name));
    return Promise.resolve({
      controllers: name === 'console' ? [ThingsController] : [],
      providers: [{ provide: Access, useClass: TwoTokens }],
      routes: (http) => {
        http.get(`/plain-${name}`, () => ({ name }));
        http.post(`/plain-${name}`, { bodyLimit: 10 }, () => {
          throw new ProblemError(409, 'Taken');
        });
      },
      loops: [
        {
          name: 'loop',
          start: () => Promise.resolve(),
          stop: () => (order.push(`loop of ${name}`), Promise.resolve()),
        },
      ],
      checks: [{ name: 'store', required: true, check: () => Promise.resolve({ ok: health.ok }) }],
      close: () => (order.push(`close of ${name}`), Promise.resolve()),
    });
  },
});

let running: RunningServices | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
  health.ok = true;
});
const start = async (): Promise<string> => {
  running = await runServices([service('console'), service('notification')], {
    PORT: '0',
    COLOUR: 'red',
    LOG_LEVEL: 'silent',
  });
  return running.url;
};

describe('hosting services', () => {
  it('answers plain routes and controllers of every service on one port', async () => {
    const url = await start();
    expect(await (await fetch(`${url}/plain-console`)).json()).toEqual({ name: 'console' });
    expect(await (await fetch(`${url}/plain-notification`)).json()).toEqual({ name: 'notification' });
    expect((await fetch(`${url}/v1/things/missing`)).status).toBe(404);
  });

  it('gives a problem its title in the language of the caller, the same everywhere', async () => {
    const url = await start();
    const titles = ['/v1/things/missing', '/v1/nothing'].map(async (path) => {
      const answer = await fetch(`${url}${path}`, { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } });
      return ((await answer.json()) as { title: string }).title;
    });
    expect(await Promise.all(titles)).toEqual(['未找到', '未找到']);
  });

  it('says ready, and unready with the name of the check that fails', async () => {
    const url = await start();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    health.ok = false;
    const answer = await fetch(`${url}/readyz?verbose`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      status: 'unready',
      checks: [{ name: 'console: store', ok: false }, {}],
    });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it('merges the metrics of services that use the same name', async () => {
    const text = await (await fetch(`${await start()}/metrics`)).text();
    expect(text.match(/# TYPE tocsin_things_total counter/g)).toHaveLength(1);
    expect(text).toContain('tocsin_things_total{service="console"} 1');
    expect(text).toContain('tocsin_things_total{service="notification"} 1');
  });

  it('names every variable that the environment lacks', async () => {
    await expect(runServices([service('console')], { PORT: 'x' })).rejects.toThrow('PORT');
    await expect(runServices([service('console')], { PORT: '0' })).rejects.toThrow('COLOUR');
  });

  it('stops loops before it closes connections', async () => {
    await start();
    order.length = 0;
    await running?.stop();
    expect(order.slice(0, 2).sort()).toEqual(['loop of console', 'loop of notification']);
    expect(order.slice(2).sort()).toEqual(['close of console', 'close of notification']);
  });
});

describe('answering faults', () => {
  it('names the JSON pointers of a body that does not fit its schema', async () => {
    const answer = await fetch(`${await start()}/v1/things`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ subject: 1, lines: [{ text: 'a' }, {}] }),
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map((e) => e.pointer)).toEqual(['/subject', '/lines/1/text']);
  });

  it('tells nothing of the inside', async () => {
    const answer = await fetch(`${await start()}/v1/things/broken`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret detail');
  });

  it('answers problem+json on plain routes as well', async () => {
    const url = `${await start()}/plain-console`;
    const post = (body: string): Promise<Response> =>
      fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(await (await post('{}')).json()).toMatchObject({ status: 409, title: 'Taken' });
    expect((await post(JSON.stringify('longer than ten'))).status).toBe(413);
  });

  it('asks to retry while the database is away', async () => {
    const answer = await fetch(`${await start()}/v1/things/database-away`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('gives an unknown path the same body as a missing thing', async () => {
    const url = await start();
    expect(await (await fetch(`${url}/v1/nowhere`)).json()).toEqual(
      await (await fetch(`${url}/v1/things/missing`)).json(),
    );
  });

  it('lets a token do what its role may', async () => {
    const url = await start();
    const ask = async (method: string, token: string): Promise<number> =>
      (await fetch(`${url}/v1/things/mine`, { method, headers: { authorization: token } })).status;
    expect(await ask('GET', 'Bearer x')).toBe(401);
    expect(await ask('GET', 'Bearer v')).toBe(200);
    expect(await ask('POST', 'Bearer v')).toBe(403);
    expect(await ask('POST', 'Bearer o')).toBe(201);
  });
});

function counterOf(name: string): Counter {
  const counter = new Counter({ name: 'tocsin_things_total', help: `things of ${name}`, registers: [] });
  counter.inc();
  return counter;
}
