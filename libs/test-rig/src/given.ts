import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from './browser.js';

/** What a machine may lack. `test data` is the optional folder of wire samples and bad inputs. */
export type Need =
  | 'database'
  | 'kafka'
  | 'redis'
  | 'browser'
  | 'docker'
  | 'python clients'
  | 'alertmanager'
  | 'test data';

const DOCKER_ANSWERS_MS = 10_000;

const isGiven: Record<Need, () => boolean> = {
  database: () => isSet('TOCSIN_TEST_DATABASE_URL'),
  kafka: () => isSet('TOCSIN_TEST_KAFKA_BROKERS'),
  redis: () => isSet('TOCSIN_TEST_REDIS_URL'),
  browser: () => existsSync(chromiumPath()),
  docker: () => spawnSync('docker', ['info'], { timeout: DOCKER_ANSWERS_MS }).status === 0,
  'python clients': () => isSet('TOCSIN_TEST_PYTHON'),
  alertmanager: () => existsSync('/usr/bin/prometheus-alertmanager'),
  'test data': () => isSet('TOCSIN_TEST_DATA'),
};

const isSet = (name: string): boolean => (process.env[name] ?? '') !== '';

/**
 * `whenGiven('kafka', describe)` is `describe` where Kafka is there and `describe.skip` elsewhere (counted as skipped).
 * With CI=true only the optional test data may be missing: everything else runs, and so fails, without it.
 */
export function whenGiven<T extends { skip: unknown }>(need: Need, block: T): T | T['skip'] {
  if (isGiven[need]()) return block;
  return process.env['CI'] === 'true' && need !== 'test data' ? block : block.skip;
}

/** Path of a file of the optional test data. Call it inside of a block guarded by `whenGiven('test data', …)`. */
export function testData(...path: string[]): string {
  return join(environment('TOCSIN_TEST_DATA', 'let it name a folder with wire samples'), ...path);
}

/** @throws Error that names the variable and the cure */
export function environment(name: string, cure: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  throw new Error(`${name} is not set: run the tests by \`npm test\`, which sets it, or ${cure}`);
}
