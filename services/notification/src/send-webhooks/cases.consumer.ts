import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { groupOf } from '@tocsin/contracts';
import type { LoggedEvent, Tx } from '@tocsin/event-log';
import { RecordDeliveries } from './record-deliveries.js';

/** Reads topic `cases`: what outgoing webhooks are told of cases and pages. */
@Controller()
export class CasesConsumer {
  constructor(private readonly deliveries: RecordDeliveries) {}

  @EventPattern<string>(groupOf('notification', 'cases'))
  handle(@Payload() events: LoggedEvent[], @Ctx() tx: Tx): Promise<void> {
    return this.deliveries.ofCases(events, tx);
  }
}
