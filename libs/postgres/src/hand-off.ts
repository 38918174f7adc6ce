import { groupOf, LANES, TOPICS, type Lane, type Topic } from '@tocsin/contracts';

export type BusKind = 'postgres' | 'kafka';

/** The relay of a topic is one more group. */
export const relayGroupOf = (topic: Topic): string => `relay.${topic}`;

/**
 * Which groups get a hand-off row for the events of this topic and lane. With a broker, the relay gets all of it; the
 * hot lane is handed to its readers directly as well, so that P1 and P2 do not wait for a broker that is away.
 */
export function groupsOf(bus: BusKind, topic: Topic, lane: Lane): readonly string[] {
  const readers = TOPICS[topic].consumers.map((service) => groupOf(service, topic));
  if (bus === 'postgres') return readers;
  return lane === 'hot' ? [relayGroupOf(topic), ...readers] : [relayGroupOf(topic)];
}

/** All (group, lane) pairs of a topic. */
export const handOffsOf = (bus: BusKind, topic: Topic): readonly { group: string; lane: Lane }[] =>
  LANES.flatMap((lane) => groupsOf(bus, topic, lane).map((group) => ({ group, lane })));
