import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Module, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload, type MicroserviceOptions } from '@nestjs/microservices';
import type { BatchHandler, Consumer, EventBus, Subscription } from './event-bus.js';
import { eventTransport } from './event-log.strategy.js';
import type { LoggedEvent } from './event-log.js';
import { DatabaseAway } from './failures.js';
import type { Tx } from './tx.js';

const event = { batch: '1', n: 1, key: 'k', payload: '{}' } as unknown as LoggedEvent;
const tx = { query: () => Promise.resolve([]), afterCommit: () => undefined } as unknown as Tx;

/** A bus that keeps the handlers for the test to call. */
class HeldBus implements EventBus {
  readonly kind = 'postgres';
  readonly handlers = new Map<string, BatchHandler>();
  readonly stopped: string[] = [];

  consume({ group }: Subscription, handler: BatchHandler): Promise<Consumer> {
    this.handlers.set(group, handler);
    return Promise.resolve({
      stop: () => Promise.resolve(void this.stopped.push(group)),
      status: () => ({ group, running: true, silentFor: 0, handled: 0, dead: 0 }),
      redrive: (id) => Promise.resolve({ ok: true, handled: Number(id) }),
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const seen: unknown[] = [];
let failure: Error | undefined;

@Controller()
class Tickets {
  @EventPattern<string>('escalation-routing.tickets')
  async handle(@Payload() events: LoggedEvent[], @Ctx() context: Tx): Promise<void> {
    await Promise.resolve();
    if (failure !== undefined) throw failure;
    seen.push(events, context);
  }
}

@Controller()
class OfAnotherService {
  @EventPattern<string>('notification.pages')
  handle(): void {
    seen.push('never');
  }
}

@Module({ controllers: [Tickets, OfAnotherService] })
class Both {}

describe('the transport strategy of the event log', () => {
  let app: INestMicroservice;
  afterEach(async () => {
    failure = undefined;
    seen.length = 0;
    await app.close();
  });

  async function start(): Promise<{ bus: HeldBus; strategy: ReturnType<typeof eventTransport>['strategy'] }> {
    const bus = new HeldBus();
    const transport = eventTransport({ service: 'escalation-routing', bus });
    app = await NestFactory.createMicroservice<MicroserviceOptions>(Both, { ...transport, logger: false });
    app.useGlobalFilters(...transport.filters);
    await app.listen();
    return { bus, strategy: transport.strategy };
  }

  it('gives a handler the batch and the transaction themselves, of its own service only', async () => {
    const { bus } = await start();
    expect([...bus.handlers.keys()]).toEqual(['escalation-routing.tickets']);
    const events = [event];
    await bus.handlers.get('escalation-routing.tickets')?.(events, tx);
    expect(seen[0]).toBe(events);
    expect(seen[1]).toBe(tx);
  });

  it('hands the very error of a handler through, so that a fault of the database is told from a poison', async () => {
    const { bus } = await start();
    failure = new DatabaseAway('for a test');
    await expect(bus.handlers.get('escalation-routing.tickets')?.([event], tx)).rejects.toBe(failure);
  });

  it('drives dead letters again by group, and stops its consumers when it closes', async () => {
    const { bus, strategy } = await start();
    expect(await strategy.redrive('escalation-routing.tickets', '7')).toEqual({ ok: true, handled: 7 });
    expect(await strategy.redrive('escalation-routing.cases', '7')).toEqual({
      ok: false,
      reason: 'unknown-letter',
    });
    await strategy.close();
    expect(bus.stopped).toEqual(['escalation-routing.tickets']);
  });
});
