import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, jest } from '@jest/globals';
import { openKafka, kafkaTopicOf } from '@tocsin/kafka';
import { until } from '@tocsin/test-rig';
import { eventPathContract } from './event-path.contract.js';
import { GROUP, silent, type PathKind } from './event-path.rig.js';
import { OwnBroker } from './own-broker.rig.js';

jest.setTimeout(90_000);

let own: OwnBroker | undefined;
let brokers: string[] = [];
beforeAll(async () => {
  const given = process.env['TOCSIN_TEST_KAFKA_BROKERS'] ?? '';
  own = given === '' ? await OwnBroker.start() : undefined;
  brokers = own === undefined ? given.split(',') : [own.address];
});
afterAll(() => own?.remove());

eventPathContract('over Kafka, the hot lane past it as well', () => {
  const prefix = `t${randomBytes(5).toString('hex')}.`;
  return Promise.resolve<PathKind>({ kind: 'kafka', brokers, prefix, replay: () => forgetOffsets(prefix) });
});

/** The groups begin again at the beginning of both lanes. */
async function forgetOffsets(prefix: string): Promise<void> {
  const admin = openKafka({ brokers, clientId: 'spec', log: silent }).admin();
  await admin.connect();
  for (const lane of ['hot', 'cold'] as const) {
    const topic = kafkaTopicOf('tickets', lane, prefix);
    const groupId = `${prefix}${GROUP}.${lane}`;
    // A member whose leaving got lost on the way counts until its session has run out.
    await until(async () => (await admin.describeGroups([groupId])).groups[0]?.state === 'Empty', {
      within: '30s',
      for: `${groupId} to be empty`,
    });
    await admin.resetOffsets({ groupId, topic, earliest: true });
  }
  await admin.disconnect();
}
