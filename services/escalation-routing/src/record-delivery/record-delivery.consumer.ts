import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { DeliveryEvent, groupOf } from '@tocsin/contracts';
import { readPayload, type LoggedEvent, type Tx } from '@tocsin/event-log';
import { RecordDelivery } from './record-delivery.js';

@Controller()
export class RecordDeliveryConsumer {
  constructor(private readonly recordDelivery: RecordDelivery) {}

  @EventPattern<string>(groupOf('escalation-routing', 'deliveries'))
  async deliveries(@Payload() events: LoggedEvent[], @Ctx() tx: Tx): Promise<void> {
    const batch = events.map((e) => ({ event: readPayload(DeliveryEvent, e), traceparent: e.traceparent }));
    await this.recordDelivery.record(tx, batch);
  }
}
