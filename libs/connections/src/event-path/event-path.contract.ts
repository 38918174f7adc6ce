import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseAway, PoisonError, type BatchHandler } from '@tocsin/event-log';
import { until } from '@tocsin/test-rig';
import { EventPathRig, idOf, recordEffects, type NewTicket, type PathKind } from './event-path.rig.js';

const numbered = (count: number, more: (i: number) => Partial<NewTicket> = () => ({})): NewTicket[] =>
  Array.from({ length: count }, (_, i) => ({ id: `t${i}`, ...more(i) }));

/** What every event path promises; each adapter passes it. */
export function eventPathContract(name: string, make: () => Promise<PathKind>): void {
  describe(`the event path: ${name}`, () => {
    let rig: EventPathRig;
    beforeEach(async () => {
      rig = await EventPathRig.start(await make());
    });
    afterEach(() => rig.close());

    it('gives each event its effect exactly once over two replicas, also when all of it is delivered again', async () => {
      const writer = rig.writer();
      const readers = [rig.reader(), rig.reader()];
      for (const reader of readers) await rig.consume(reader);
      const tickets = numbered(60, (i) => ({ lane: i % 3 === 0 ? 'hot' : 'cold', key: `k${i % 7}` }));
      for (const ticket of tickets) await rig.append(writer, ticket);
      await until(async () => (await rig.effects()).length >= tickets.length, { within: '30s' });
      await rig.drained();
      for (const reader of readers) await rig.stop(reader);

      await rig.kind.replay();
      await rig.consume(rig.reader());
      await rig.append(writer, { id: 'after', key: 'k0', lane: 'hot' }, { id: 'after-cold', key: 'k1' });
      await until(async () => (await rig.effects()).length > tickets.length + 1, { within: '30s' });
      const effects = await rig.effects();
      expect(effects.toSorted()).toEqual([...tickets.map(({ id }) => id), 'after', 'after-cold'].toSorted());
    });

    it('keeps the order of each key over concurrent writers of different keys', async () => {
      const writers = [rig.writer(), rig.writer(), rig.writer()];
      for (const reader of [rig.reader(), rig.reader()]) await rig.consume(reader);
      const own = (writer: number): NewTicket[] =>
        numbered(40, (i) => ({ id: `${writer}-${i}`, key: `w${writer}k${i % 2}` }));
      await Promise.all(
        writers.map(async (writer, w) => {
          for (const ticket of own(w)) await rig.append(writer, ticket);
        }),
      );
      await until(async () => (await rig.effects()).length === 120, { within: '30s' });
      for (const w of writers.keys()) {
        for (const key of [`w${w}k0`, `w${w}k1`]) {
          expect(await rig.effectsOf(key)).toEqual(
            own(w)
              .filter((t) => t.key === key)
              .map(({ id }) => id),
          );
        }
      }
    });

    it('skips nothing behind a transaction held open, and lets the others pass meanwhile', async () => {
      const writer = rig.writer();
      await rig.consume(rig.reader());
      let commit = (): void => undefined;
      const gate = new Promise<void>((resolve) => (commit = resolve));
      let appended = (): void => undefined;
      const open = new Promise<void>((resolve) => (appended = resolve));
      const held = writer.transactions.run('hot', async (tx) => {
        const event = { topic: 'tickets', type: 't', key: 'held', payload: '{"id":"held"}' } as const;
        await writer.path.eventLog.append(tx, [
          { ...event, lane: 'cold' },
          { ...event, lane: 'hot', payload: '{"id":"held-hot"}' },
        ]);
        appended();
        await gate;
      });
      await open;
      for (const ticket of numbered(20, (i) => ({ lane: i % 2 === 0 ? 'hot' : 'cold' })))
        await rig.append(writer, ticket);
      await until(async () => (await rig.effects()).length === 20, {
        within: '20s',
        for: 'the others to pass',
      });
      commit();
      await held;
      await until(async () => (await rig.effects()).length === 22, { within: '20s', for: 'the held ones' });
      expect(await rig.effectsOf('held')).toHaveLength(2);
    });

    it('repeats a batch whose process died between the handler and the commit, with one effect', async () => {
      const writer = rig.writer();
      let deaths = 0;
      await rig.consume(rig.reader(), async (events, tx) => {
        await recordEffects(events, tx);
        if (deaths++ < 2)
          await tx.query({ text: 'SELECT pg_terminate_backend(pg_backend_pid())', values: [] });
      });
      await rig.append(writer, ...numbered(5));
      await until(async () => (await rig.effects()).length >= 5, { within: '20s' });
      expect((await rig.effects()).toSorted()).toEqual(['t0', 't1', 't2', 't3', 't4']);
      expect(await rig.letters()).toEqual([]);
      expect(deaths).toBeGreaterThanOrEqual(3);
    });

    it('pauses while the database is at fault, however long, and never dead-letters for it', async () => {
      const writer = rig.writer();
      let failures = 0;
      await rig.consume(rig.reader(), async (events, tx) => {
        if (failures < 5) {
          failures += 1;
          throw new DatabaseAway('for a while');
        }
        await recordEffects(events, tx);
      });
      await rig.append(writer, ...numbered(3));
      await until(async () => (await rig.effects()).length === 3, { within: '20s' });
      expect(await rig.letters()).toEqual([]);
      expect(failures).toBe(5);
    });

    it.each([
      [
        'says so itself',
        (id: string, event: { batch: string; n: number }) => new PoisonError(event, `bad ${id}`),
      ],
      ['merely throws', (id: string) => new TypeError(`bad ${id}`)],
    ])(
      'puts a poison event that %s to the dead letters within 5 s, and the others go on',
      async (_, error) => {
        const writer = rig.writer();
        await rig.consume(rig.reader(), poisonedBy(['t3'], error));
        const begun = performance.now();
        await rig.append(writer, ...numbered(8));
        await until(async () => (await rig.letters()).length === 1, { within: '5s' });
        await until(async () => (await rig.effects()).length === 7, { within: '5s' });
        expect(performance.now() - begun).toBeLessThan(rig.kind.kind === 'kafka' ? 10_000 : 5_000);
        expect((await rig.letters())[0]?.cause).toContain('bad t3');
        expect((await rig.effects()).toSorted()).toEqual(['t0', 't1', 't2', 't4', 't5', 't6', 't7']);
      },
    );

    it('holds later events of a poisoned key in order until it is driven again, which is idempotent', async () => {
      const writer = rig.writer();
      const poison = ['a1'];
      const consumer = await rig.consume(
        rig.reader(),
        poisonedBy(poison, (id) => new Error(`bad ${id}`)),
      );
      await rig.append(
        writer,
        { id: 'a0', key: 'a' },
        { id: 'a1', key: 'a' },
        { id: 'a2', key: 'a' },
        { id: 'b0', key: 'b' },
      );
      await until(async () => (await rig.letters()).length === 2, { for: 'a1 and a2 to be parked' });
      await rig.append(writer, { id: 'a3', key: 'a' }, { id: 'b1', key: 'b' });
      await until(async () => (await rig.letters()).length === 3 && (await rig.effectsOf('b')).length === 2);
      const letters = await rig.letters();
      expect(letters.map(({ payload, cause }) => [idOf({ payload }), cause === null])).toEqual([
        ['a1', false],
        ['a2', true],
        ['a3', true],
      ]);
      const id = letters[0]?.id ?? '';
      expect(await consumer.redrive(id)).toMatchObject({ ok: false, reason: 'failed-again' });
      expect(await rig.effectsOf('a')).toEqual(['a0']);

      poison.pop();
      const twice = await Promise.all([consumer.redrive(id), consumer.redrive(id)]);
      expect(twice.toSorted((x, y) => Number(y.ok) - Number(x.ok))).toEqual([
        { ok: true, handled: 3 },
        { ok: false, reason: 'unknown-letter' },
      ]);
      await rig.append(writer, { id: 'a4', key: 'a' });
      await until(async () => (await rig.effectsOf('a')).length === 5);
      expect(await rig.effectsOf('a')).toEqual(['a0', 'a1', 'a2', 'a3', 'a4']);
      expect(await rig.letters()).toEqual([]);
    });

    it('handles after a start what an earlier process left, with nothing in memory', async () => {
      const before = rig.writer();
      const tickets = numbered(30, (i) => ({ key: `k${i % 3}`, lane: i % 2 === 0 ? 'hot' : 'cold' }));
      for (const ticket of tickets) await rig.append(before, ticket);
      await rig.stop(before);
      rig.writer();
      await rig.consume(rig.reader());
      await until(async () => (await rig.effects()).length === 30, { within: '30s' });
      expect(new Set(await rig.effects()).size).toBe(30);
    });

    it('does not let the cold lane stand in front of the hot one', async () => {
      const writer = rig.writer();
      let open = (): void => undefined;
      const gate = new Promise<void>((resolve) => (open = resolve));
      await rig.consume(rig.reader(), async (events, tx) => {
        if (events[0]?.lane === 'cold') await gate;
        await recordEffects(events, tx);
      });
      await rig.append(writer, { id: 'slow' });
      await rig.append(writer, { id: 'urgent', lane: 'hot' });
      await until(async () => (await rig.effects()).includes('urgent'), { within: '10s' });
      expect(await rig.effects()).toEqual(['urgent']);
      open();
      await until(async () => (await rig.effects()).length === 2, { within: '15s' });
    });
  });
}

/** Records effects, but fails while a batch holds one of the poisons. */
const poisonedBy =
  (
    poison: readonly string[],
    error: (id: string, event: { batch: string; n: number }) => Error,
  ): BatchHandler =>
  async (events, tx) => {
    const bad = events.find((event) => poison.includes(idOf(event)));
    if (bad !== undefined) throw error(idOf(bad), bad);
    await recordEffects(events, tx);
  };
