import type { ServiceName } from './services.js';

/**
 * The topics, who writes each (exactly one service, so that its outbox table is known) and who reads it.
 * A topic carries the facts of one aggregate; `type` discriminates. Never add partitions to a keyed topic: make `.v2`.
 */
export const TOPICS = {
  tickets: {
    name: 'tocsin.tickets.v1',
    producer: 'ticket-intake',
    key: 'tenant:source:ticketKey',
    consumers: ['escalation-routing'],
  },
  alerts: {
    name: 'tocsin.alerts.v1',
    producer: 'metric-monitoring',
    key: 'tenant:alertKey',
    consumers: ['escalation-routing'],
  },
  cases: {
    name: 'tocsin.cases.v1',
    producer: 'escalation-routing',
    key: 'tenant:caseId',
    consumers: ['notification'],
  },
  pages: {
    name: 'tocsin.pages.v1',
    producer: 'escalation-routing',
    key: 'tenant:caseId',
    consumers: ['notification'],
  },
  deliveries: {
    name: 'tocsin.deliveries.v1',
    producer: 'notification',
    key: 'tenant:caseId',
    consumers: ['escalation-routing'],
  },
  maintenance: {
    name: 'tocsin.maintenance.v1',
    producer: 'escalation-routing',
    key: 'tenant:windowId',
    consumers: ['notification'],
  },
  contacts: {
    name: 'tocsin.contacts.v1',
    producer: 'notification',
    key: 'tenant:person',
    consumers: ['escalation-routing'],
  },
  config: {
    name: 'tocsin.config.v1',
    producer: 'console',
    key: 'tenant:revision',
    consumers: ['ticket-intake', 'metric-monitoring', 'escalation-routing', 'notification'],
  },
} as const satisfies Record<string, TopicDefinition>;

interface TopicDefinition {
  readonly name: string;
  readonly producer: ServiceName;
  readonly key: string;
  readonly consumers: readonly ServiceName[];
}

export type Topic = keyof typeof TOPICS;

/** Where messages that could not be handled go: the Kafka topic beside the one they came from. */
export const deadTopicOf = (topic: Topic): string => `${TOPICS[topic].name}.dead`;

/** The name of one service's subscription to one topic: consumer group, hand-off group and inbox group alike. */
export const groupOf = (service: ServiceName, topic: Topic): string => `${service}.${topic}`;
