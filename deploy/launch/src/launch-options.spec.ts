import { describe, expect, it } from '@jest/globals';
import { readOptions } from './launch-options.js';

const read = (args: string[] = [], env: Record<string, string> = {}, isRoot = false) =>
  readOptions(args, env, '/clone', isRoot);

describe('options of a launch', () => {
  it('keeps data in the clone, and for root where a service user can enter', () => {
    expect(read().home).toBe('/clone/.tocsin');
    expect(read([], {}, true).home).toBe('/var/lib/tocsin');
    expect(read([], { TOCSIN_HOME: 'data' }, true).home).toBe('/clone/data');
  });

  it('loads the starter world with loopback open to webhooks, another one without', () => {
    expect(read()).toMatchObject({ example: 'starter', webhookAllow: '127.0.0.0/8', port: 8080 });
    expect(read(['--example', 'mine'])).toMatchObject({ example: 'mine', webhookAllow: '' });
    expect(read(['--empty']).example).toBeUndefined();
  });

  it('takes HOST only when it is an address', () => {
    expect(read([], { HOST: 'x86_64-conda-linux-gnu' }).host).toBe('127.0.0.1');
    expect(read([], { HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
  });

  it('takes a number of processes for each service, or for some', () => {
    expect(read().replicas).toMatchObject({ 'ticket-intake': 1, notification: 1 });
    expect(read(['--replicas', '2']).replicas).toMatchObject({ 'ticket-intake': 2, notification: 2 });
    expect(read(['--replicas', 'escalation-routing=4,notification=2']).replicas).toEqual({
      ...{ 'ticket-intake': 1, 'metric-monitoring': 1, 'escalation-routing': 4, notification: 2 },
    });
  });

  it('names a wrong value with what is allowed', () => {
    expect(() => read([], { TOCSIN_PORT: 'http' })).toThrow(
      'TOCSIN_PORT is «http»: it must be a whole number from 1 to 65535.',
    );
    expect(() => read(['--replicas', '0'])).toThrow(/--replicas is «0»/);
    expect(() => read(['--replicas', 'routing=4'])).toThrow(/no service «routing», only ticket-intake, /);
    expect(() => read(['--replicas', 'notification='])).toThrow(/or SERVICE=N such as/);
    expect(() => read(['--exampel', 'x'])).toThrow(/use --example NAME/);
  });
});
