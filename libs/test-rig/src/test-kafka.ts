import { randomBytes } from 'node:crypto';
import { environment } from './given.js';

export interface TestKafka {
  readonly brokers: string[];
  /** Put before topics and groups, so that two specs never read each other's records. */
  readonly prefix: string;
}

/** The broker of TOCSIN_TEST_KAFKA_BROKERS with a prefix of the spec's own. */
export function testKafka(): TestKafka {
  const brokers = environment('TOCSIN_TEST_KAFKA_BROKERS', 'give host:port of a Kafka broker').split(',');
  return { brokers, prefix: `t${randomBytes(5).toString('hex')}.` };
}
