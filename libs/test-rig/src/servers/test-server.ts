/** A server that the tests may need. */
export type ServerName = 'database' | 'kafka' | 'redis';

export interface TestServer {
  /** What the specs read: a URL, or `host:port` of the broker. */
  readonly address: string;
  stop(): Promise<void>;
}

export type Starters = Record<ServerName, () => Promise<TestServer>>;

export const VARIABLE_OF = {
  database: 'TOCSIN_TEST_DATABASE_URL',
  kafka: 'TOCSIN_TEST_KAFKA_BROKERS',
  redis: 'TOCSIN_TEST_REDIS_URL',
} as const satisfies Record<ServerName, string>;
