import { describe, expect, it, jest } from '@jest/globals';
import { makeLogger } from '@tocsin/runtime';
import { until } from '@tocsin/test-rig';
import { StoppedEpochs } from '../ledger/stopped-epochs.js';
import { aPage } from '../notification.rig.js';
import type { Delivery, EndedDelivery } from './delivery.js';
import { Dispatcher } from './dispatcher.js';
import { pipeline, type Stage } from './pipeline.js';
import { render, stillClaimed, stopIfAcknowledged } from './stages.js';

function aDelivery(more: Partial<Delivery> = {}): Delivery {
  const page = aPage();
  return {
    attempt: { ...page, method: 'hook', try: 1, channel: 'webhook', repeat: false },
    page,
    lane: 'hot',
    address: { kind: 'sandbox', as: 'sandbox' },
    language: 'en',
    dueAt: 0,
    claimedAt: 0,
    lease: { claimedAt: 0, heldUntil: 100, begun: false },
    ...more,
  };
}

const log = makeLogger('silent');
const delivered: Stage<Delivery, EndedDelivery> = (d) => ({ ...d, ending: { type: 'delivered' } });

describe('the way of an attempt', () => {
  const stopped = new StoppedEpochs();
  const record = jest.fn<(ended: EndedDelivery) => Promise<void>>().mockResolvedValue();
  const onSent = jest.fn();
  const way = (now: number) =>
    pipeline({
      claimed: stillClaimed(() => now),
      stop: stopIfAcknowledged(stopped),
      render: render({ keyOf: () => 'key', answerUrlOf: () => 'http://x/a/t' }),
      send: delivered,
      record,
    });

  it('sends and records', async () => {
    await way(0)(aDelivery(), onSent);
    expect(onSent).toHaveBeenCalledTimes(1);
    expect(record.mock.lastCall?.[0].ending).toEqual({ type: 'delivered' });
  });

  it('drops without a trace what another process has taken over while we slept', async () => {
    record.mockClear();
    await way(101)(aDelivery(), onSent);
    expect(record).not.toHaveBeenCalled();
  });

  it('cancels what was answered while it waited', async () => {
    const delivery = aDelivery();
    stopped.add(delivery.page);
    await way(0)(delivery, onSent);
    expect(record.mock.lastCall?.[0].ending.type).toBe('cancelled');
  });

  it('fails for good when the contact method is gone', async () => {
    await way(0)(aDelivery({ address: undefined }), onSent);
    expect(record.mock.lastCall?.[0].ending).toMatchObject({ type: 'permanent', of: 'address' });
  });
});

describe('the dispatcher', () => {
  it('runs so many at a time per lane, and lets cold wait without holding hot up', async () => {
    const running: Delivery[] = [];
    const finish: (() => void)[] = [];
    const deliver = (d: Delivery): Promise<void> => {
      running.push(d);
      return new Promise((resolve) => finish.push(resolve));
    };
    const dispatcher = new Dispatcher({ deliver, log, concurrency: { hot: 2, cold: 1 } });
    dispatcher.take([
      aDelivery({ lane: 'cold' }),
      aDelivery({ lane: 'cold' }),
      aDelivery(),
      aDelivery(),
      aDelivery(),
    ]);
    expect(running.map(({ lane }) => lane)).toEqual(['hot', 'hot', 'cold']);
    expect(dispatcher.held()).toHaveLength(5);
    finish[0]?.();
    await until(() => running.length === 4);
    expect(running[3]?.lane).toBe('hot');
  });

  it('frees the place when the provider is done, and holds back when too much waits to be recorded', async () => {
    const sent: (() => void)[] = [];
    const recorded: (() => void)[] = [];
    const deliver = (_: Delivery, onSent: () => void): Promise<void> => {
      sent.push(onSent);
      return new Promise((resolve) => recorded.push(resolve));
    };
    const dispatcher = new Dispatcher({ deliver, log, concurrency: { hot: 1, cold: 1 }, mostUnrecorded: 2 });
    dispatcher.take([aDelivery(), aDelivery(), aDelivery(), aDelivery()]);
    expect(sent).toHaveLength(1);
    sent[0]?.();
    sent[1]?.();
    expect(sent).toHaveLength(2);
    recorded[0]?.();
    await until(() => sent.length === 3);
  });

  it('does not take twice what it has in hand, and goes on after a failure', async () => {
    let calls = 0;
    const dispatcher = new Dispatcher({
      deliver: async () => void (calls++ === 0 && (await Promise.reject(new Error('database away')))),
      log,
    });
    const delivery = aDelivery();
    dispatcher.take([delivery, delivery, aDelivery()]);
    await dispatcher.drained();
    expect(calls).toBe(2);
  });
});
