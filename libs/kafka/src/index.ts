export { KafkaEventBus, type KafkaEventBusOptions } from './kafka-event-bus.js';
export type { StallLimits } from './lag-watch.js';
export { KafkaPublisher, PublishRefused } from './kafka-publisher.js';
export { openKafka, type KafkaOptions } from './kafka-client.js';
export { ensureTopics, kafkaDeadTopicOf, kafkaTopicOf } from './kafka-topics.js';
export { decode, encode, Unreadable } from './envelope-codec.js';
