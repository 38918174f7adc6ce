import { describe, expect, it } from '@jest/globals';
import type { Accepted, AcceptRow } from './accept-row.js';
import { MicroBatcher } from './micro-batcher.js';

const row = (eventId: string, lane: 'hot' | 'cold' = 'hot'): AcceptRow => ({
  eventId,
  lane,
  tenant: 't',
  source: 's',
  payloadHash: 'h',
  key: 'k',
  type: 'ticket.created',
  payload: '{}',
  traceparent: '00',
  raw: '{}',
  vault: false,
  ends: '',
});
const NEW: Accepted = { duplicate: false, conflict: false };
const turn = (): Promise<void> => new Promise(setImmediate);

/** A writer whose statements end when the test says so. */
function writer(): {
  write: (rows: readonly AcceptRow[]) => Promise<readonly Accepted[]>;
  written: string[][];
  end: (error?: Error) => void;
} {
  const written: string[][] = [];
  const open: ((error?: Error) => void)[] = [];
  return {
    written,
    write: (rows) => {
      written.push(rows.map(({ eventId }) => eventId));
      return new Promise((resolve, reject) => {
        open.push((error) => (error === undefined ? resolve(rows.map(() => NEW)) : reject(error)));
      });
    },
    end: (error) => open.shift()?.(error),
  };
}

const options = { connections: 2, most: 3, mostWaiting: 4, patience: 60_000 };

describe('natural batching', () => {
  it('sends at once while a connection is free, then collects', async () => {
    const { write, written, end } = writer();
    const batcher = new MicroBatcher({ ...options, mostWaiting: 10, write });
    const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => batcher.submit([row(id)]));
    expect(written).toEqual([['a'], ['b']]);
    expect(batcher.waiting).toBe(4);
    end();
    await turn();
    expect(written).toEqual([['a'], ['b'], ['c', 'd', 'e']]);
    for (let n = 0; n < 3; n++) {
      end();
      await turn();
    }
    expect(await Promise.all(answers)).toEqual(Array(6).fill([NEW]));
  });

  it('lets hot rows go first', async () => {
    const { write, written, end } = writer();
    const batcher = new MicroBatcher({ ...options, connections: 1, write });
    const answers = [row('a'), row('cold', 'cold'), row('hot')].map((one) => batcher.submit([one]));
    end();
    await turn();
    expect(written[1]).toEqual(['hot', 'cold']);
    end();
    await Promise.all(answers);
  });

  it('splits a big request over statements and answers it once, in order', async () => {
    const { write, written, end } = writer();
    const batcher = new MicroBatcher({ ...options, write });
    const answer = batcher.submit(['1', '2', '3', '4', '5'].map((id) => row(id)));
    expect(written).toEqual([
      ['1', '2', '3'],
      ['4', '5'],
    ]);
    end();
    end();
    expect(await answer).toHaveLength(5);
    expect(await batcher.submit([])).toEqual([]);
  });
});

describe('what cannot be stored', () => {
  it('is refused when too much waits, cold rows first', async () => {
    const { write } = writer();
    const batcher = new MicroBatcher({ ...options, write });
    const waiting = Array.from({ length: 6 }, (_, n) => batcher.submit([row(String(n))]));
    for (const one of waiting) one.catch(() => undefined);
    await expect(batcher.submit([row('cold', 'cold')])).rejects.toMatchObject({ why: 'backlog' });
    const hot = batcher.submit([row('hot')]);
    hot.catch(() => undefined);
    expect(batcher.waiting).toBe(5);
  });

  it('fails every row of the statement, and the next statement works', async () => {
    const { write, end } = writer();
    const batcher = new MicroBatcher({ ...options, connections: 1, write });
    const lost = batcher.submit([row('a')]);
    end(new Error('connection reset'));
    await expect(lost).rejects.toMatchObject({ why: 'database' });
    const next = batcher.submit([row('b')]);
    end();
    expect(await next).toEqual([NEW]);
  });

  it('is not stored behind the back of a sender that was told to come back', async () => {
    const { write, written, end } = writer();
    const batcher = new MicroBatcher({ ...options, connections: 1, patience: 20, write });
    const first = batcher.submit([row('a')]);
    const second = batcher.submit([row('b')]);
    await expect(second).rejects.toMatchObject({ why: 'slow' });
    await expect(first).rejects.toMatchObject({ why: 'slow' });
    end();
    await turn();
    expect(written).toEqual([['a']]);
  });

  it('is what comes after a stop; what was taken is still answered', async () => {
    const { write, end } = writer();
    const batcher = new MicroBatcher({ ...options, write });
    const taken = batcher.submit([row('a')]);
    const stopped = batcher.stop();
    await expect(batcher.submit([row('b')])).rejects.toMatchObject({ why: 'stopping' });
    end();
    await stopped;
    expect(await taken).toEqual([NEW]);
  });
});
