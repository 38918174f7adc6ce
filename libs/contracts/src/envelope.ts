import { z } from 'zod';
import { Lane } from './priority.js';
import { IsoInstant } from './time.js';

/**
 * CloudEvents 1.0, structured mode, as every Kafka message's value.
 * Extension attributes: `tenant`, `lane`, `traceparent` (W3C).
 */
export const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: IsoInstant,
  datacontenttype: z.literal('application/json'),
  lane: Lane,
  traceparent: z.string().optional(),
  data: z.unknown(),
});
export type Envelope = z.infer<typeof Envelope>;
