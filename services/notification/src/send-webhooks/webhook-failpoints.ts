import type { PassFailpoint } from '@tocsin/runtime';

/** The places where a drill may kill the process: an event is out, or not, and nothing says so yet. */
export const WEBHOOK_FAILPOINTS = ['webhooks.claimed', 'webhooks.sent', 'webhooks.before_record'] as const;

export type PassWebhookFailpoint = PassFailpoint<(typeof WEBHOOK_FAILPOINTS)[number]>;
