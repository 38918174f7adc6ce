import type { Transactions } from '@tocsin/event-log';
import { Batcher } from '../../ledger/batcher.js';
import type { Address, Channel, DeliveryOutcome, PageMessage } from '../channel.js';
import { type NewSandboxMessage, SandboxPhoneStore } from './sandbox-phone.store.js';

type SandboxAddress = Extract<Address, { kind: 'sandbox' }>;

/** A phone to look at. Stands for push, SMS and calls as well while no provider for them is set up. */
export class SandboxPhoneChannel implements Channel<SandboxAddress> {
  private readonly arriving: Batcher<NewSandboxMessage, undefined>;

  constructor(db: Transactions) {
    const phones = new SandboxPhoneStore(db);
    this.arriving = new Batcher({ wait: 5, most: 200 }, async (messages) => {
      await phones.receive(messages);
      return messages.map(() => undefined);
    });
  }

  async deliver(message: PageMessage, address: SandboxAddress): Promise<DeliveryOutcome> {
    const { tenant, person, method, caseId } = message.attempt;
    try {
      await this.arriving.add({
        tenant,
        person,
        method,
        kind: address.as,
        key: message.key,
        try: message.attempt.try,
        caseId,
        language: message.language,
        text: message.text,
        answerUrl: message.answerUrl,
        repeat: message.repeat,
      });
      return { type: 'delivered' };
    } catch (error) {
      // The insert may have committed without our hearing of it; (key, try) keeps a second one out.
      return {
        type: 'unknown',
        reason: `sandbox phone: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }
}
