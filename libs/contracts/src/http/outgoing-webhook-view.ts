import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { IsoInstant } from '../time.js';

/** `paused` by a person; `disabled` since it answered 410, until its config changes or a person resumes it. */
export const WEBHOOK_STATES = ['active', 'paused', 'disabled'] as const;

/** An outgoing webhook as the API shows it; of its address the origin alone, for paths hold secrets. */
export const OutgoingWebhookView = z.object({
  name: ConfigName,
  address: z.string(),
  events: z.array(z.string()),
  services: z.array(ConfigName).optional(),
  when: z.string().optional(),
  /** Requests a second at most. */
  rate: z.number(),
  state: z.enum(WEBHOOK_STATES),
  /** Since when it is not active, and by whom or why. */
  since: IsoInstant.optional(),
  by: z.string().optional(),
  /** The receiver asked for silence until then (Retry-After). */
  quietUntil: IsoInstant.optional(),
  /** Why nothing can be sent at all, such as a secret that cannot be found. */
  fault: z.string().optional(),
  /** Deliveries that are not over, and when the event of the oldest happened. */
  waiting: z.int(),
  waitingSince: IsoInstant.optional(),
  /** Given up in the last 7 days. */
  dead: z.int(),
});
export type OutgoingWebhookView = z.infer<typeof OutgoingWebhookView>;

export const OutgoingWebhookList = z.object({ webhooks: z.array(OutgoingWebhookView) });
export type OutgoingWebhookList = z.infer<typeof OutgoingWebhookList>;

export const WEBHOOK_DELIVERY_STATES = ['waiting', 'sending', 'delivered', 'dead'] as const;

/** One event on its way to one endpoint. */
export const WebhookDelivery = z.object({
  /** The `webhook-id` of every one of its requests. */
  id: z.string(),
  type: z.string(),
  /** What its order is kept by: a case, a maintenance window, or a test of its own. */
  about: z.string(),
  at: IsoInstant,
  state: z.enum(WEBHOOK_DELIVERY_STATES),
  /** Since it was recorded, or last replayed. */
  tries: z.int(),
  /** Only the first of its case is tried; the others wait behind it. */
  nextTryAt: IsoInstant.optional(),
  replayedBy: z.string().optional(),
  /** Every request, replays included, the newest last; at most 50. */
  requests: z.array(
    z.object({
      at: IsoInstant,
      endedAt: IsoInstant.optional(),
      /** Absent where nothing was answered. */
      status: z.int().optional(),
      /** `HTTP 503`, or why there was no answer. */
      outcome: z.string().optional(),
    }),
  ),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const WebhookDeliveries = z.object({
  deliveries: z.array(WebhookDelivery),
  /** Give it as `cursor` for the older ones. */
  next: z.string().optional(),
});
export type WebhookDeliveries = z.infer<typeof WebhookDeliveries>;

export const WebhookDeliveriesQuery = z.object({
  state: z.enum(WEBHOOK_DELIVERY_STATES).optional(),
  from: IsoInstant.optional(),
  to: IsoInstant.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type WebhookDeliveriesQuery = z.infer<typeof WebhookDeliveriesQuery>;

/** Deliveries that are over, of events in [from, to). */
export const WebhookReplayQuery = z.object({
  from: IsoInstant,
  to: IsoInstant,
  state: z.enum(['delivered', 'dead']).optional(),
});
export type WebhookReplayQuery = z.infer<typeof WebhookReplayQuery>;

export const ReplayedDeliveries = z.object({ replayed: z.int() });
export type ReplayedDeliveries = z.infer<typeof ReplayedDeliveries>;
