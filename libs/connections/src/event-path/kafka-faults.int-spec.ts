import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LoggedEvent } from '@tocsin/event-log';
import { decode, KafkaPublisher, kafkaTopicOf, openKafka } from '@tocsin/kafka';
import { until } from '@tocsin/test-rig';
import { STALLED_EXIT_CODE } from './end-this-process.js';
import { EventPathRig, GROUP, silent } from './event-path.rig.js';
import { OwnBroker } from './own-broker.rig.js';

jest.setTimeout(420_000);

const eventOf = (key: string, n: number): LoggedEvent => ({
  topic: 'tickets',
  lane: 'cold',
  key,
  type: 't',
  batch: String(n + 1),
  n: Number(key.slice(1)),
  payload: JSON.stringify({ id: `${key}-${n}` }),
  time: '2026-11-22T12:00:00.000Z',
});
const nameOf = ({ key, batch }: LoggedEvent): string => `${key}-${Number(batch) - 1}`;

const MOST_OUTSTANDING = 200;

/** Events that may be written and not yet handled. */
const MOST_AHEAD = 1_000;

/** What the design asks of any client behind the port: acknowledged means in the log, and in order. */
describe('the Kafka client behind the port, its broker killed with -9', () => {
  let broker: OwnBroker;
  let prefix: string;
  beforeAll(async () => {
    broker = await OwnBroker.start();
  });
  afterAll(() => broker.remove());
  beforeEach(() => {
    prefix = `t${randomBytes(5).toString('hex')}.`;
  });

  const publisherOn = (): KafkaPublisher =>
    new KafkaPublisher(
      openKafka({ brokers: [broker.address], clientId: 'spec', log: silent }),
      silent,
      prefix,
    );

  /** The whole log from its beginning, as a consumer sees it that has never been here. */
  async function readBack(atLeast: number): Promise<string[]> {
    const kafka = openKafka({ brokers: [broker.address], clientId: 'fresh', log: silent });
    const topic = kafkaTopicOf('tickets', 'cold', prefix);
    const admin = kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    const total = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    expect(total).toBeGreaterThanOrEqual(atLeast);
    const seen: string[] = [];
    const consumer = kafka.consumer({ groupId: `fresh-${randomBytes(4).toString('hex')}` });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        seen.push(nameOf(decode('tickets', 'cold', message)));
        return Promise.resolve();
      },
    });
    await until(() => seen.length >= total, { within: '30s', for: 'the whole log to be read' });
    await consumer.disconnect();
    return seen;
  }

  /** Every acknowledged event is there, and the first sight of each is in the order of its key. */
  function expectHonest(log: readonly string[], acknowledged: readonly string[]): void {
    const inLog = new Set(log);
    expect(acknowledged.filter((name) => !inLog.has(name))).toEqual([]);
    const last = new Map<string, number>();
    const reordered: string[] = [];
    for (const name of inLog) {
      const [key = '', n] = name.split('-');
      if (Number(n) < (last.get(key) ?? -1)) reordered.push(name);
      last.set(key, Number(n));
    }
    expect(reordered).toEqual([]);
  }

  /** Publishes without waiting, from all keys at once, until told to stop; returns what was acknowledged. */
  async function flood(
    publisher: KafkaPublisher,
    keys: number,
    during: () => Promise<void>,
  ): Promise<string[]> {
    const acknowledged: string[] = [];
    const calls: Promise<void>[] = [];
    let n = 0;
    const timer = setInterval(() => {
      // A broker that starts slowly must not pile up more than it can take afterwards.
      if (calls.length - acknowledged.length > MOST_OUTSTANDING) return;
      for (let k = 0; k < keys; k++) {
        const event = eventOf(`k${k}`, n);
        calls.push(
          publisher.publish('tickets', 'cold', [event]).then(() => void acknowledged.push(nameOf(event))),
        );
      }
      n += 1;
    }, 50);
    await during();
    clearInterval(timer);
    await Promise.all(calls);
    expect(acknowledged).toHaveLength(n * keys);
    return acknowledged;
  }

  it('E1: has every one of 200 concurrent sends in the log, once', async () => {
    const publisher = publisherOn();
    const events = Array.from({ length: 200 }, (_, n) => eventOf(`k${n % 10}`, n));
    await Promise.all(events.map((event) => publisher.publish('tickets', 'cold', [event])));
    await publisher.close();
    expect((await readBack(200)).toSorted()).toEqual(events.map(nameOf).toSorted());
  });

  it('E2: loses and reorders nothing acknowledged while concurrent callers go on over a kill', async () => {
    const publisher = publisherOn();
    const acknowledged = await flood(publisher, 10, async () => {
      await passed(1_500);
      await broker.kill();
      await passed(1_500);
      await broker.up();
      await passed(2_000);
    });
    await publisher.close();
    expectHonest(await readBack(acknowledged.length), acknowledged);
  });

  it('E4: loses and reorders nothing in relay mode, batches of ten awaited one by one over two kills', async () => {
    const publisher = publisherOn();
    const acknowledged: string[] = [];
    let going = true;
    const relay = (async () => {
      for (let n = 0; going; n++) {
        const batch = Array.from({ length: 10 }, (_, k) => eventOf(`k${k}`, n));
        await publisher.publish('tickets', 'cold', batch);
        acknowledged.push(...batch.map(nameOf));
      }
    })();
    for (let kills = 0; kills < 2; kills++) {
      await passed(1_000);
      await broker.kill();
      await passed(500);
      await broker.up();
      const before = acknowledged.length;
      await until(() => acknowledged.length > before + 50, { within: '30s', for: 'the relay to go on' });
    }
    going = false;
    await relay;
    await publisher.close();
    expectHonest(await readBack(acknowledged.length), acknowledged);
  });

  describe('with the outbox, the relay and readers in processes of their own', () => {
    let rig: EventPathRig;
    beforeEach(async () => {
      rig = await EventPathRig.start({
        kind: 'kafka',
        brokers: [broker.address],
        prefix,
        replay: () => Promise.resolve(),
      });
    });
    afterEach(() => rig.close());

    it('E3: handles each event once, in order, over a killed reader, a frozen one and a killed broker', async () => {
      const writer = rig.writer();
      const [killed, frozen] = [await rig.readerProcess(), await rig.readerProcess()];
      let n = 0;
      let going = true;
      const writing = (async () => {
        for (; going; n++) {
          await rig.append(writer, { id: `a-${n}`, key: `k${n % 8}`, lane: n % 4 === 0 ? 'hot' : 'cold' });
          // A writer without a bound would pile up more while the broker is away than the relay can bring in time.
          if (n % 50 === 0)
            await until(async () => !going || (await rig.effects()).length > n - MOST_AHEAD, {
              within: '180s',
            });
        }
      })();
      const progress = async (): Promise<void> => {
        const before = (await rig.effects()).length;
        await until(async () => (await rig.effects()).length > before + 20, {
          within: '120s',
          for: 'readers to go on',
        });
      };
      await progress();
      killed.kill('SIGKILL');
      frozen.kill('SIGSTOP');
      await rig.readerProcess();
      await progress();
      await broker.kill();
      await passed(1_000);
      frozen.kill('SIGCONT');
      await broker.up();
      await progress();
      going = false;
      await writing;
      await until(async () => (await rig.effects()).length >= n, { within: '60s', for: 'all effects' });
      await rig.drained();
      const effects = await rig.effects();
      expect(effects).toHaveLength(n);
      expect(new Set(effects).size).toBe(n);
      expect(await rig.letters()).toEqual([]);
      for (let k = 0; k < 8; k++) {
        const ofLane = async (lane: string): Promise<number[]> => {
          const rows = await rig.db.query<{ id: string }>(
            'SELECT id FROM effect WHERE key = $1 AND lane = $2 ORDER BY seq',
            [`k${k}`, lane],
          );
          return rows.map(({ id }) => Number(id.slice(2)));
        };
        for (const lane of ['hot', 'cold']) {
          const order = await ofLane(lane);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        }
      }
    });

    it('takes the hot lane past a broker that is away, and the cold one when it is back', async () => {
      const writer = rig.writer();
      await rig.consume(rig.reader());
      await rig.append(writer, { id: 'cold-0' }, { id: 'hot-0', lane: 'hot' });
      await until(async () => (await rig.effects()).length === 2, { within: '30s' });
      await broker.kill();
      await rig.append(writer, { id: 'hot-1', lane: 'hot' }, { id: 'cold-1' });
      await until(async () => (await rig.effects()).includes('hot-1'), { within: '20s' });
      expect(await rig.effects()).not.toContain('cold-1');
      await expect(writer.path.ping?.()).rejects.toThrow();
      await broker.up();
      await until(async () => (await rig.effects()).includes('cold-1'), { within: '60s' });
      await rig.drained();
      expect((await rig.effects()).toSorted()).toEqual(['cold-0', 'cold-1', 'hot-0', 'hot-1']);
    });

    it('leaves no reader behind that was stopped while it met a dead broker', async () => {
      const writer = rig.writer();
      const readers = Array.from({ length: 8 }, () => rig.reader());
      for (const reader of readers) await rig.consume(reader);
      await rig.append(writer, { id: 'cold' }, { id: 'hot', lane: 'hot' });
      await until(async () => (await rig.effects()).length === 2, { within: '30s' });
      await broker.kill();
      const up = broker.up();
      // Spread over the moments in which a consumer notices, crashes, is made anew and joins.
      await Promise.all(readers.map((reader, n) => passed(n * 1_500).then(() => rig.stop(reader))));
      await up;
      const admin = openKafka({ brokers: [broker.address], clientId: 'looker', log: silent }).admin();
      await admin.connect();
      const groups = ['hot', 'cold'].map((lane) => `${prefix}${GROUP}.${lane}`);
      try {
        // The broker forgets the members of before its death after a session; one that came back would stay.
        await until(
          async () => (await admin.describeGroups(groups)).groups.every(({ state }) => state === 'Empty'),
          { within: '60s', for: 'both groups to be empty' },
        );
      } finally {
        await admin.disconnect();
      }
    });

    it('ends a process whose consumer stands still while events wait, and leaves it alone while none do', async () => {
      const writer = rig.writer();
      const standing = await rig.readerProcess('hangs');
      const ended = once(standing, 'exit');
      // Longer than the limit: silence alone is no stall.
      await passed(3_000);
      expect(standing.exitCode).toBeNull();
      await rig.append(writer, { id: 'waits' });
      expect(await ended).toEqual([STALLED_EXIT_CODE, null]);
      expect(await rig.effects()).toEqual([]);
      await rig.readerProcess();
      await until(async () => (await rig.effects()).length === 1, { within: '60s' });
    });

    it('keeps raw messages that are no events, with the reason and the place, and goes on', async () => {
      const writer = rig.writer();
      await rig.consume(rig.reader());
      await rig.append(writer, { id: 'first', key: 'k' });
      await until(async () => (await rig.effects()).length === 1, { within: '30s' });
      const kafka = openKafka({ brokers: [broker.address], clientId: 'stranger', log: silent });
      const producer = kafka.producer();
      await producer.connect();
      const values = ['', 'no json', '[]', '{"specversion":"0.3"}', '{"specversion":"1.0","id":"x"}', null];
      await producer.send({
        topic: kafkaTopicOf('tickets', 'cold', prefix),
        messages: values.map((value) => ({ key: 'k', value, headers: { from: 'stranger' } })),
      });
      await producer.disconnect();
      await rig.append(writer, { id: 'second', key: 'k' });
      await until(async () => (await rig.effects()).length === 2, { within: '30s' });
      const parked = await rig.db.query<{ cause: string; headers: unknown }>(
        'SELECT cause, headers FROM event_log.unreadable',
      );
      expect(parked).toHaveLength(values.length);
      expect(parked[0]?.headers).toEqual({ from: 'stranger' });
    });
  });
});

/** The fault lasts this long; what follows is waited for by condition. */
const passed = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
