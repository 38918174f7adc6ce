import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { groupOf } from '@tocsin/contracts';
import type { LoggedEvent, Tx } from '@tocsin/event-log';
import { PlanBatch } from './plan-batch.js';

/** Reads topic `pages`: PageRequested and PagesStopped of escalation-routing. */
@Controller()
export class PagesConsumer {
  constructor(private readonly planBatch: PlanBatch) {}

  @EventPattern<string>(groupOf('notification', 'pages'))
  handle(@Payload() events: LoggedEvent[], @Ctx() tx: Tx): Promise<void> {
    return this.planBatch.handle(events, tx);
  }
}
