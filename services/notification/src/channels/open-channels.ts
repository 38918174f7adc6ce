import type { Transactions } from '@tocsin/event-log';
import type { Channels } from './channel.js';
import { EmailChannel } from './email/email-channel.js';
import { SandboxPhoneChannel } from './sandbox-phone/sandbox-phone-channel.js';
import { type AddressGuard, guardedAgent } from '@tocsin/connections';
import { WebhookChannel } from './webhook/webhook-channel.js';

interface ChannelSettings {
  readonly db: Transactions;
  readonly guard: AddressGuard;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
}

export type OpenChannels = Channels & { close(): Promise<void> };

/** Every way out of this process. */
export function openChannels({ db, guard, smtpUrl, mailFrom }: ChannelSettings): OpenChannels {
  const agent = guardedAgent(guard);
  const email = new EmailChannel({ url: smtpUrl, from: mailFrom });
  return {
    webhook: new WebhookChannel(agent),
    email,
    sandbox: new SandboxPhoneChannel(db),
    close: async () => {
      email.close();
      await agent.destroy();
    },
  };
}
