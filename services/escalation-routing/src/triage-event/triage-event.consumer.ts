import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { AlertEvent, groupOf, TicketEvent } from '@tocsin/contracts';
import { readPayload, type LoggedEvent, type Tx } from '@tocsin/event-log';
import { ticketEventOf } from './alert-as-ticket.js';
import { TriageEvent } from './triage-event.js';

@Controller()
export class TriageEventConsumer {
  constructor(private readonly triageEvent: TriageEvent) {}

  @EventPattern<string>(groupOf('escalation-routing', 'tickets'))
  async tickets(@Payload() events: LoggedEvent[], @Ctx() tx: Tx): Promise<void> {
    const batch = events.map((e) => ({ event: readPayload(TicketEvent, e), traceparent: e.traceparent }));
    await this.triageEvent.triage(tx, batch);
  }

  @EventPattern<string>(groupOf('escalation-routing', 'alerts'))
  async alerts(@Payload() events: LoggedEvent[], @Ctx() tx: Tx): Promise<void> {
    const batch = events.map((e) => ({
      event: ticketEventOf(readPayload(AlertEvent, e)),
      traceparent: e.traceparent,
    }));
    await this.triageEvent.triage(tx, batch);
  }
}
