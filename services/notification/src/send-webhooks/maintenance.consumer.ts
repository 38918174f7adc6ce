import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { groupOf } from '@tocsin/contracts';
import type { LoggedEvent, Tx } from '@tocsin/event-log';
import { RecordDeliveries } from './record-deliveries.js';

/** Reads topic `maintenance`: what outgoing webhooks are told of planned silence. */
@Controller()
export class MaintenanceConsumer {
  constructor(private readonly deliveries: RecordDeliveries) {}

  @EventPattern<string>(groupOf('notification', 'maintenance'))
  handle(@Payload() events: LoggedEvent[], @Ctx() tx: Tx): Promise<void> {
    return this.deliveries.ofMaintenance(events, tx);
  }
}
