import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { GenericContainer, Wait } from 'testcontainers';
import kafkajs from 'kafkajs';
import { freePort } from '../free-port.js';
import { until } from '../until.js';
import type { Starters } from './test-server.js';

const POSTGRES = 'postgres:18';
const KAFKA = 'apache/kafka:4.1.0';
const REDIS = 'redis:8';

const STARTS_WITHIN_MS = 120_000;

/** True when a Docker daemon answers. */
export async function dockerAnswers(): Promise<boolean> {
  try {
    await promisify(execFile)('docker', ['info'], { timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}

/** The servers as Testcontainers. Ryuk, which needs an image of its own, is off: the runner stops what it started. */
export const inContainers: Starters = {
  database: async () => {
    const container = await new PostgreSqlContainer(POSTGRES)
      .withUsername('tocsin')
      .withPassword('tocsin')
      .withDatabase('tocsin')
      .withCommand(['postgres', '-c', 'max_connections=400'])
      .withStartupTimeout(STARTS_WITHIN_MS)
      .start();
    return { address: container.getConnectionUri(), stop: async () => void (await container.stop()) };
  },
  kafka: async () => {
    // A broker tells its clients where to reconnect, so its port outside must be known before it starts.
    const port = await freePort();
    const container = await new GenericContainer(KAFKA)
      .withExposedPorts({ container: 9092, host: port })
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      })
      .withWaitStrategy(Wait.forListeningPorts())
      .withStartupTimeout(STARTS_WITHIN_MS)
      .start();
    await brokerAnswers(`127.0.0.1:${port}`);
    return { address: `127.0.0.1:${port}`, stop: async () => void (await container.stop()) };
  },
  redis: async () => {
    const container = await new GenericContainer(REDIS)
      .withExposedPorts(6379)
      .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
      .withStartupTimeout(STARTS_WITHIN_MS)
      .start();
    return {
      address: `redis://${container.getHost()}:${container.getMappedPort(6379)}`,
      stop: async () => void (await container.stop()),
    };
  },
};

/** The port opens before the broker has registered: ready is when a client gets the cluster's description. */
async function brokerAnswers(broker: string): Promise<void> {
  const { Kafka, logLevel } = kafkajs;
  const client = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  await until(
    async () => {
      const admin = client.admin();
      try {
        await admin.connect();
        return (await admin.describeCluster()).controller !== null;
      } finally {
        await admin.disconnect();
      }
    },
    { within: '60s', for: `a Kafka broker that answers at ${broker}` },
  );
}
