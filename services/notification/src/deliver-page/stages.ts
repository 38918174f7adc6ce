import { type Channels, deliverBy, type DeliveryOutcome, type PageMessage } from '../channels/channel.js';
import type { StoppedEpochs } from '../ledger/stopped-epochs.js';
import { headlineOf, pageHtml, pageText } from '../render-page/page-text.js';
import type { PassDeliveryFailpoint } from './delivery-failpoints.js';
import type { Delivery, EndedDelivery, RenderedDelivery } from './delivery.js';
import type { Stage } from './pipeline.js';

/** One try may take this long; what is not known by then is `unknown`. */
export const DEADLINE_MS = 5_000;

/**
 * Lets through only what is still ours. A process that was stopped for a minute comes back with a queue of attempts
 * that others have taken over: it must not send them.
 */
export const stillClaimed =
  (monotonic: () => number): Stage<Delivery, Delivery> =>
  (delivery) =>
    delivery.lease.heldUntil > monotonic() ? delivery : { dropped: 'lease-lost' };

/** No attempt begins once the case was answered (S7). Claims ask the table; this asks what commits told us since. */
export const stopIfAcknowledged =
  (stopped: StoppedEpochs): Stage<Delivery, Delivery> =>
  (delivery) =>
    stopped.has(delivery.page)
      ? { ...delivery, ending: { type: 'cancelled', reason: 'answered before it was sent' } }
      : delivery;

interface RenderParts {
  /** The page key: what the provider gets as idempotency key. */
  readonly keyOf: (delivery: Delivery) => string;
  readonly answerUrlOf: (delivery: Delivery) => string;
}

export const render =
  ({ keyOf, answerUrlOf }: RenderParts): Stage<Delivery, RenderedDelivery> =>
  (delivery) => {
    const { address, attempt, page, language, claimedAt } = delivery;
    if (address === undefined)
      return {
        ...delivery,
        ending: { type: 'permanent', of: 'address', reason: 'the contact method no longer exists' },
      };
    const context = { language, repeat: attempt.repeat, now: claimedAt, answerUrl: answerUrlOf(delivery) };
    const message: PageMessage = {
      key: keyOf(delivery),
      attempt,
      page,
      language,
      headline: headlineOf(page, language),
      text: pageText(page, context),
      html: address.kind === 'email' ? pageHtml(page, context) : '',
      answerUrl: context.answerUrl,
      repeat: attempt.repeat,
      at: claimedAt,
      traceparent: delivery.traceparent,
    };
    return { ...delivery, address, message };
  };

interface SendParts {
  readonly channels: Channels;
  readonly pass: PassDeliveryFailpoint;
  /** Told when an attempt begins. */
  readonly onBegin: (delivery: Delivery) => void;
}

export const send =
  ({ channels, pass, onBegin }: SendParts): Stage<RenderedDelivery, EndedDelivery> =>
  async (delivery) => {
    pass('notifier.before_send');
    delivery.lease.begun = true;
    onBegin(delivery);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), DEADLINE_MS);
    try {
      const ending = await deliverBy(channels, delivery.message, delivery.address, deadline.signal).catch(
        surprise,
      );
      pass('notifier.after_send');
      return { ...delivery, ending };
    } finally {
      clearTimeout(timer);
    }
  };

/** A channel that throws has a fault of its own; the page may be out. Fail open: repeat it, marked. */
const surprise = (error: unknown): DeliveryOutcome => ({
  type: 'unknown',
  reason: `the channel failed: ${error instanceof Error ? error.message : String(error)}`,
});
