import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Consumer, Log } from '@tocsin/event-log';
import { askRedrive, listDeadLetters, outboxTable } from '@tocsin/postgres';
import { until } from '@tocsin/test-rig';
import { Registry } from 'prom-client';
import { EventPathMetrics } from './event-path-metrics.js';
import { EventPathWatch } from './event-path-watch.js';
import { EventPathRig, GROUP, idOf, recordEffects, type Replica } from './event-path.rig.js';
import { WatchedBus } from './watched-bus.js';

jest.setTimeout(30_000);

interface Watched {
  readonly watch: EventPathWatch;
  readonly bus: WatchedBus;
  readonly registry: Registry;
}

describe('the watch over the event path', () => {
  let rig: EventPathRig;
  let writer: Replica;
  let reader: Replica;
  let poison: string[];
  const said: { level: string; fields: Record<string, unknown>; message: string }[] = [];

  beforeEach(async () => {
    rig = await EventPathRig.start({
      kind: 'postgres',
      brokers: [],
      prefix: '',
      replay: () => Promise.resolve(),
    });
    await rig.db.query('CREATE SCHEMA escalation_routing');
    await rig.db.query(outboxTable('escalation_routing'));
    writer = rig.writer();
    reader = rig.reader();
    poison = [];
    said.length = 0;
  });
  afterEach(() => rig.close());

  const saying =
    (level: string) =>
    (fields: object, message: string): void =>
      void said.push({ level, fields: { ...fields }, message });
  const log: Log = {
    debug: saying('debug'),
    info: saying('info'),
    warn: saying('warn'),
    error: saying('error'),
  };
  const errors = () => said.filter(({ level }) => level === 'error');

  const watching = (replica: Replica, service: 'ticket-intake' | 'escalation-routing'): Watched => {
    const bus = new WatchedBus(replica.path.bus);
    const registry = new Registry();
    const metrics = new EventPathMetrics(registry, bus);
    const { transactions } = replica;
    return { bus, registry, watch: new EventPathWatch({ service, bus, transactions, metrics, log }) };
  };
  const consume = (bus: WatchedBus): Promise<Consumer> =>
    bus.consume({ group: GROUP, topic: 'tickets' }, async (events, tx) => {
      const bad = events.find((event) => poison.includes(idOf(event)));
      if (bad !== undefined) throw new Error(`bad ${idOf(bad)}`);
      await recordEffects(events, tx);
    });
  const checkOf = (watch: EventPathWatch, name: string) =>
    watch.checks.find((check) => check.name === name)?.check();

  /** One letter, and one event that waits behind it. @returns its id */
  async function poisoned(bus: WatchedBus): Promise<string> {
    poison = ['bad'];
    await consume(bus);
    await rig.append(writer, { id: 'bad', key: 'default:k' }, { id: 'behind', key: 'default:k' });
    await until(async () => (await rig.letters()).length === 2);
    return (await rig.letters())[0]?.id ?? '';
  }

  it('raises one alarm per dead letter over all replicas, with the group and the cure', async () => {
    const first = watching(reader, 'escalation-routing');
    const second = watching(rig.reader(), 'escalation-routing');
    const id = await poisoned(first.bus);
    await Promise.all([first.watch.look(), second.watch.look()]);
    await first.watch.look();
    expect(errors()).toEqual([
      {
        level: 'error',
        fields: expect.objectContaining({
          id,
          group: GROUP,
          key: 'default:k',
          cause: 'Error: bad bad',
          cure: `«tocsin dead-letters redrive ${id}»`,
        }),
        message: 'dead letter: the events of its key wait until it is driven again',
      },
    ]);
    expect(await checkOf(second.watch, 'dead-letters')).toEqual({
      ok: false,
      detail: expect.stringContaining(`1 of ${GROUP}; see «tocsin dead-letters list»`),
    });
    const metrics = await first.registry.metrics();
    expect(metrics).toContain(`tocsin_dead_letters{group="${GROUP}"} 1`);
    expect(metrics).toContain(`tocsin_consumer_dead_total{group="${GROUP}"} 1`);
  });

  it('drives a letter again when any process has asked, once, and then it is healthy', async () => {
    const { bus, watch, registry } = watching(reader, 'escalation-routing');
    const id = await poisoned(bus);
    const ask = { tenant: 'default', id, by: 'ana' };
    expect(await askRedrive(writer.transactions, { ...ask, tenant: 'other' })).toBeUndefined();
    expect(await askRedrive(writer.transactions, ask)).toBe(GROUP);
    expect(await askRedrive(writer.transactions, ask)).toBe(GROUP);
    await watch.look();
    expect(await rig.effects()).toEqual([]);
    expect(await listDeadLetters(writer.transactions, 'default')).toMatchObject([
      { id, group: GROUP, cause: 'Error: bad bad', tries: 2, waiting: 1, redriveAskedAt: null },
    ]);
    expect(errors()).toHaveLength(1);

    poison = [];
    await watch.look();
    expect(await rig.effects()).toEqual([]);
    await askRedrive(writer.transactions, ask);
    await Promise.all([watch.look(), watch.look()]);
    expect(await rig.effects()).toEqual(['bad', 'behind']);
    expect(await askRedrive(writer.transactions, ask)).toBeUndefined();
    await watch.look();
    expect(await checkOf(watch, 'dead-letters')).toEqual({ ok: true });
    expect(await registry.metrics()).toContain(`tocsin_dead_letters{group="${GROUP}"} 0`);
    expect(await listDeadLetters(writer.transactions, 'default')).toEqual([]);
  });

  it('gives back to the relay what the broker had refused', async () => {
    await rig.append(writer, { id: 'large', key: 'default:k' });
    await rig.db.query(
      `WITH gone AS (DELETE FROM event_log.pending)
       INSERT INTO event_log.dead_letter (grp, topic, lane, key, batch, n, type, payload, time, cause)
       SELECT 'relay.tickets', topic, lane, key, batch, n, type, payload, '', 'too large' FROM ticket_intake.outbox`,
    );
    const [letter] = await listDeadLetters(writer.transactions, 'default');
    const ask = { tenant: 'default', id: letter?.id ?? '', by: 'ana' };
    expect(await askRedrive(writer.transactions, ask)).toBe('relay.tickets');
    expect(await askRedrive(writer.transactions, ask)).toBeUndefined();
    expect(await rig.db.query('SELECT grp, lane, topic FROM event_log.pending')).toEqual([
      { grp: 'relay.tickets', lane: 'cold', topic: 'tickets' },
    ]);
  });

  it('tells who has not taken an event for more than 5 s, and how long the oldest waits', async () => {
    const { watch, registry } = watching(writer, 'ticket-intake');
    await rig.append(writer, { id: 'a', lane: 'hot' });
    await watch.look();
    expect(await checkOf(watch, 'hand-off')).toEqual({ ok: true });
    await rig.db.query(`UPDATE ticket_intake.outbox SET created_at = created_at - interval '6 seconds'`);
    await rig.append(writer, { id: 'b', lane: 'hot' });
    await watch.look();
    expect(await checkOf(watch, 'hand-off')).toEqual({
      ok: false,
      detail: expect.stringMatching(/^events wait: escalation-routing.tickets \(hot\) for \d s$/),
    });
    expect(await registry.metrics()).toMatch(
      /tocsin_hand_off_oldest_seconds\{group="escalation-routing.tickets",lane="hot"\} 6/,
    );
    await rig.consume(reader);
    await rig.drained();
    await watch.look();
    expect(await checkOf(watch, 'hand-off')).toEqual({ ok: true });
  });

  it('says once that the database is away, and goes on when it is back', async () => {
    const { watch } = watching(reader, 'escalation-routing');
    await rig.db.query('ALTER TABLE event_log.dead_letter RENAME TO away');
    await watch.look();
    await watch.look();
    expect(said.filter(({ message }) => message === 'event path could not be looked at')).toHaveLength(1);
    await rig.db.query('ALTER TABLE event_log.away RENAME TO dead_letter');
    await watch.look();
    expect(await checkOf(watch, 'dead-letters')).toEqual({ ok: true });
  });
});
