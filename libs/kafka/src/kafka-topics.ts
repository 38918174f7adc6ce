import { deadTopicOf, LANES, TOPICS, type Lane, type Topic } from '@tocsin/contracts';
import type { Kafka } from 'kafkajs';

/** Fixed for the life of a topic: another number would send a key elsewhere and break its order. */
const PARTITIONS = 6;
const MOST_REPLICAS = 3;
/** Above the largest event that intake accepts, in its envelope. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const RETENTION_MS = 7 * 24 * 3600 * 1000;

/** P1 and P2 have a topic of their own beside the other, so that they are never queued behind it. */
export const kafkaTopicOf = (topic: Topic, lane: Lane, prefix = ''): string =>
  `${prefix}${TOPICS[topic].name}${lane === 'hot' ? '.hot' : ''}`;

export const kafkaDeadTopicOf = (topic: Topic, prefix = ''): string => `${prefix}${deadTopicOf(topic)}`;

/** Makes the topics of both lanes and the dead letters where they are missing; existing ones are left as they are. */
export async function ensureTopics(kafka: Kafka, topics: readonly Topic[], prefix = ''): Promise<void> {
  const names = topics.flatMap((topic) => [
    ...LANES.map((lane) => kafkaTopicOf(topic, lane, prefix)),
    kafkaDeadTopicOf(topic, prefix),
  ]);
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = names.filter((name) => !existing.has(name));
    if (missing.length === 0) return;
    const { brokers } = await admin.describeCluster();
    const replicationFactor = Math.min(MOST_REPLICAS, brokers.length);
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({
        topic,
        numPartitions: PARTITIONS,
        replicationFactor,
        configEntries: [
          { name: 'max.message.bytes', value: String(MAX_MESSAGE_BYTES) },
          { name: 'retention.ms', value: String(RETENTION_MS) },
          { name: 'min.insync.replicas', value: String(Math.max(1, replicationFactor - 1)) },
          { name: 'unclean.leader.election.enable', value: 'false' },
        ],
      })),
    });
  } finally {
    await admin.disconnect();
  }
}
