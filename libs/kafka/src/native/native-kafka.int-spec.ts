import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { startNativeKafka, type NativeKafka } from './index.js';

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const admin = async <T>(broker: NativeKafka, act: (client: kafkajs.Admin) => Promise<T>): Promise<T> => {
  const client = new kafkajs.Kafka({ brokers: [broker.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.disconnect();
  }
};

describe('native Kafka', () => {
  let home: string;
  let broker: NativeKafka;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'tocsin-kafka-'));
    broker = await startNativeKafka({ home });
  }, 120_000);
  afterAll(async () => {
    await broker.stop();
    await rm(home, { recursive: true, force: true });
  }, 60_000);

  it('is ready for topics, makes none by itself, and keeps them when the next launcher takes over', async () => {
    await admin(broker, (client) => client.createTopics({ topics: [{ topic: 'kept', numPartitions: 3 }] }));
    const abandoned = broker;
    broker = await startNativeKafka({ home });
    expect(alive(abandoned.pid)).toBe(false);
    expect(broker.brokers).toBe(abandoned.brokers);
    expect(await admin(broker, (client) => client.listTopics())).toEqual(['kept']);
    await expect(
      admin(broker, (client) => client.fetchTopicMetadata({ topics: ['misspelt'] })),
    ).rejects.toThrow(/does not host this topic-partition/);
  }, 120_000);

  it('leaves no process when stopped', async () => {
    await broker.stop();
    await broker.ended;
    expect(alive(broker.pid)).toBe(false);
  }, 60_000);
});
