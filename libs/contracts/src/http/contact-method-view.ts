import { z } from 'zod';
import { IsoInstant } from '../time.js';

/** `POST /v1/contact-methods`: adds a webhook to a person; by an operator's token it counts as verified. */
export const NewContactMethod = z.strictObject({
  person: z.string(),
  kind: z.literal('webhook'),
  url: z.url(),
  secret: z.string().min(24).optional(),
  bands: z
    .string()
    .regex(/^P[1-5](-P[1-5])?$/)
    .default('P1-P5'),
});
export type NewContactMethod = z.infer<typeof NewContactMethod>;

export const ContactMethodView = z.object({
  id: z.string(),
  person: z.string(),
  kind: z.string(),
  /** Where it leads, secrets hidden. */
  address: z.string(),
  verified: z.boolean(),
  by: z.enum(['config', 'person']),
});
export type ContactMethodView = z.infer<typeof ContactMethodView>;

/** One message on a sandbox phone, as `GET /v1/sandbox/messages` lists it. */
export const SandboxMessage = z.object({
  id: z.string(),
  person: z.string(),
  method: z.string(),
  /** The page key: the same on every try. */
  key: z.string(),
  caseId: z.string(),
  text: z.string(),
  answerUrl: z.string(),
  repeat: z.boolean(),
  at: IsoInstant,
});
export type SandboxMessage = z.infer<typeof SandboxMessage>;
