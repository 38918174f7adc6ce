import type { PassFailpoint } from '@tocsin/runtime';

/** The places where a drill may kill the process: a page is out, or not, and nothing says so yet. */
export const DELIVERY_FAILPOINTS = ['notifier.before_send', 'notifier.after_send'] as const;

export type PassDeliveryFailpoint = PassFailpoint<(typeof DELIVERY_FAILPOINTS)[number]>;
