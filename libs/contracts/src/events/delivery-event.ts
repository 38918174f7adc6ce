import { z } from 'zod';
import { Tenant } from '../ids.js';
import { IsoInstant } from '../time.js';
import { PagePosition } from './page-event.js';

/** The states of an attempt (a row of the ledger); see architecture, «States». */
export const ATTEMPT_STATES = [
  'planned',
  'leased',
  'handed',
  'accepted',
  'delivered',
  'failed',
  'unknown',
  'cancelled',
  'suppressed',
] as const;
export const AttemptState = z.enum(ATTEMPT_STATES);
export type AttemptState = z.infer<typeof AttemptState>;

/** An attempt reached a state worth telling: routing writes it into the case's timeline. */
export const AttemptRecorded = PagePosition.extend({
  type: z.literal('AttemptRecorded'),
  tenant: Tenant,
  person: z.string(),
  channel: z.string(),
  /** Name of the person's contact method. */
  method: z.string(),
  try: z.int().positive(),
  state: AttemptState,
  reason: z.string().optional(),
  repeat: z.boolean(),
  /** Nothing will ever arrive at this address: a mark of it, so that another address of the method is not blamed. */
  deadAddress: z.string().optional(),
  at: IsoInstant,
});
export type AttemptRecorded = z.infer<typeof AttemptRecorded>;

/** Every way to reach this person for this page has failed or does not exist: the step must not wait out its time (L2). */
export const PageUnreachable = PagePosition.extend({
  type: z.literal('PageUnreachable'),
  tenant: Tenant,
  person: z.string(),
  reason: z.string(),
  at: IsoInstant,
});
export type PageUnreachable = z.infer<typeof PageUnreachable>;

/** An answer that notification took while routing could not be reached; handed over on the hot lane. */
export const CaseAnswered = PagePosition.pick({ caseId: true, epoch: true }).extend({
  type: z.literal('CaseAnswered'),
  tenant: Tenant,
  person: z.string(),
  act: z.enum(['acknowledge', 'escalate', 'resolve']),
  via: z.string(),
  at: IsoInstant,
});
export type CaseAnswered = z.infer<typeof CaseAnswered>;

/** The payloads of topic `deliveries`, written by notification. */
export const DeliveryEvent = z.discriminatedUnion('type', [AttemptRecorded, PageUnreachable, CaseAnswered]);
export type DeliveryEvent = z.infer<typeof DeliveryEvent>;
