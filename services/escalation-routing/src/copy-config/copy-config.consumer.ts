import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { ConfigCopy } from '@tocsin/connections';
import { groupOf } from '@tocsin/contracts';
import type { LoggedEvent, Tx } from '@tocsin/event-log';

@Controller()
export class CopyConfigConsumer {
  constructor(private readonly configCopy: ConfigCopy) {}

  @EventPattern<string>(groupOf('escalation-routing', 'config'))
  async revisions(@Payload() events: LoggedEvent[], @Ctx() tx: Tx): Promise<void> {
    await this.configCopy.handle(events, tx);
  }
}
