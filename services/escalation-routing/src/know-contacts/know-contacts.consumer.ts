import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { ContactEvent, groupOf } from '@tocsin/contracts';
import { readPayload, type LoggedEvent, type Tx } from '@tocsin/event-log';
import { KnowContacts } from './know-contacts.js';

@Controller()
export class KnowContactsConsumer {
  constructor(private readonly knowContacts: KnowContacts) {}

  @EventPattern<string>(groupOf('escalation-routing', 'contacts'))
  async contacts(@Payload() events: LoggedEvent[], @Ctx() tx: Tx): Promise<void> {
    await this.knowContacts.methodsChanged(
      tx,
      events.map((event) => readPayload(ContactEvent, event)),
    );
  }
}
