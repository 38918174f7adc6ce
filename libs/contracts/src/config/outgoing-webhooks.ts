import { z } from 'zod';
import { OUTGOING_FAMILIES, OUTGOING_TYPES } from '../events/outgoing-event.js';
import { ConfigName } from '../ids.js';
import { OUTGOING_SHAPE_TEXTS } from '../messages/outgoing-webhooks.js';
import { say } from '../texts.js';
import { SecretRefs } from './sources.js';

const SECONDS_IN = { s: 1, m: 60, h: 3600 } as const;

/** How often at most: `10/s`, `100/m`. Read as requests a second. */
export const RequestRate = z
  .string()
  .regex(/^[1-9]\d{0,4}\/[smh]$/, OUTGOING_SHAPE_TEXTS.rate.en)
  .transform((text) => Number(text.slice(0, -2)) / SECONDS_IN[text.slice(-1) as keyof typeof SECONDS_IN]);

const Wanted = z.enum([...OUTGOING_FAMILIES, ...OUTGOING_TYPES], {
  error: ({ input }) => say(OUTGOING_SHAPE_TEXTS.event, 'en', { text: String(input) }),
});

/** One receiver of what happens, told by signed requests (Standard Webhooks 1.0.0). */
export const OutgoingWebhook = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: OUTGOING_SHAPE_TEXTS.url.en }),
  /** `whsec_` and 24 to 64 bytes in base64. While it is rotated the new and the old one: each request has both signatures. */
  secret: SecretRefs,
  /** Types such as `case.opened`, or whole families such as `case.*`. */
  events: z.array(Wanted).min(1),
  /** Only of cases of these services. */
  services: z.array(ConfigName).min(1).optional(),
  /** CEL over `case.*`: only of such cases. */
  when: z.string().min(1).optional(),
  rate: RequestRate.prefault('10/s'),
});
export type OutgoingWebhook = z.infer<typeof OutgoingWebhook>;
