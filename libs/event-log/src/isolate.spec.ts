import { describe, expect, it } from '@jest/globals';
import { fc } from '@tocsin/test-rig/worlds';
import { PoisonError } from './event-bus.js';
import type { LoggedEvent } from './event-log.js';
import { causeOf, isolate } from './isolate.js';
import type { Tx } from './tx.js';

const eventOf = (n: number, key: string): LoggedEvent => ({
  topic: 'tickets',
  lane: 'cold',
  key,
  type: 't',
  batch: '1',
  n,
  payload: '{}',
  time: '2026-11-22T12:00:00.000Z',
});

/** A transaction whose effects are undone by ROLLBACK TO, as PostgreSQL does it. */
class UndoingTx implements Tx {
  readonly effects: LoggedEvent[] = [];
  readonly acts: (() => void)[] = [];
  #savepoint = 0;

  query<Row>({ text }: { text: string }): Promise<Row[]> {
    if (text.startsWith('SAVEPOINT')) this.#savepoint = this.effects.length;
    if (text.startsWith('ROLLBACK TO')) this.effects.length = this.#savepoint;
    return Promise.resolve([]);
  }

  afterCommit(act: () => void): void {
    this.acts.push(act);
  }
}

describe('isolating a poison event', () => {
  it('lets every innocent event of a clean key take effect once and in order, whatever is poisoned', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), bad: fc.boolean(), named: fc.boolean() }),
          { maxLength: 40 },
        ),
        fc.integer({ min: 1, max: 10 }),
        async (plan, maxBatch) => {
          const tx = new UndoingTx();
          const events = plan.map(({ key }, n) => eventOf(n, key));
          const found = await isolate(tx, events, {
            maxBatch,
            isTransient: () => false,
            handler: (batch, inside) => {
              expect(batch.length).toBeLessThanOrEqual(maxBatch);
              for (const event of batch) {
                const step = plan[event.n];
                if (step?.bad === true)
                  throw step.named ? new PoisonError(event, 'named') : new Error('unnamed');
                tx.effects.push(event);
                inside.afterCommit(() => undefined);
              }
              return Promise.resolve();
            },
          });
          const firstBad = (key: string): number => plan.findIndex((step) => step.bad && step.key === key);
          const clean = events.filter(({ n, key }) => firstBad(key) < 0 || n < firstBad(key));
          expect(found.handled.toSorted((x, y) => x.n - y.n)).toEqual(clean);
          expect(tx.acts).toHaveLength(clean.length);
          for (const key of ['a', 'b', 'c', 'd']) {
            const ofKey = (list: readonly LoggedEvent[]): number[] =>
              list.filter((e) => e.key === key).map(({ n }) => n);
            expect(ofKey(tx.effects)).toEqual(ofKey(clean));
            expect(found.poison.filter(({ event }) => event.key === key).map(({ event }) => event.n)).toEqual(
              firstBad(key) < 0 ? [] : [firstBad(key)],
            );
            expect(ofKey(found.behind)).toEqual(
              ofKey(events).filter((n) => firstBad(key) >= 0 && n > firstBad(key)),
            );
          }
        },
      ),
    );
  });

  it('gives a fault of the database back untouched, for the whole transaction to be tried again', async () => {
    const away = new Error('away');
    const means = { maxBatch: 10, isTransient: () => true, handler: () => Promise.reject(away) };
    await expect(isolate(new UndoingTx(), [eventOf(1, 'a')], means)).rejects.toBe(away);
  });

  it('tells the cause with what lay behind it, in one line of bounded length', () => {
    expect(causeOf(new Error('outer', { cause: new TypeError('inner') }))).toBe(
      'Error: outer (TypeError: inner)',
    );
    expect(causeOf('text')).toBe('text');
    expect(causeOf(new Error('x'.repeat(5000)))).toHaveLength(2000);
  });
});
