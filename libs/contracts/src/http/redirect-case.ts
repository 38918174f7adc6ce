import { z } from 'zod';
import { Targets } from '../config/targets.js';
import { Wait } from '../config/units.js';
import { IsoInstant } from '../time.js';
import { CaseAct } from './case-view.js';

const Said = CaseAct.pick({ person: true, via: true, note: true });

/** Body of `POST /v1/cases/{id}/snooze`: silence until an instant, or for a duration such as `2h`. */
export const SnoozeCase = Said.extend({
  until: IsoInstant.optional(),
  /** Read as seconds. */
  for: Wait.optional(),
  reason: z.string().trim().min(1).max(500),
}).refine((body) => (body.until === undefined) !== (body.for === undefined), {
  error: 'either «until» or «for»',
  path: ['until'],
});
export type SnoozeCase = z.infer<typeof SnoozeCase>;

/**
 * Body of `POST /v1/cases/{id}/owner-times`: after how long of silence the owner is reminded and loses the case, in
 * place of the policy's times. What is not given does not happen until then.
 */
export const OwnerTimesOfCase = Said.extend({
  remind: Wait.optional(),
  reopen: Wait.optional(),
  until: IsoInstant.optional(),
  for: Wait.optional(),
  reason: z.string().trim().min(1).max(500),
}).refine((body) => (body.until === undefined) !== (body.for === undefined), {
  error: 'either «until» or «for»',
  path: ['until'],
});
export type OwnerTimesOfCase = z.infer<typeof OwnerTimesOfCase>;

/** Body of `POST /v1/cases/{id}/reassign`: targets as in a policy, such as `person bo`. */
export const ReassignCase = Said.extend({ to: Targets });
export type ReassignCase = z.infer<typeof ReassignCase>;

/** Body of `POST /v1/cases/{id}/responders`: who is to be paged too; `by` is who asks, when an operator speaks for a person. */
export const AddResponder = Said.omit({ person: true }).extend({
  person: z.string(),
  by: z.string().optional(),
});
export type AddResponder = z.infer<typeof AddResponder>;
