import { z } from 'zod';
import { QuietSafety, QuietScope } from '../config/maintenance.js';
import { TimeZone, WEEKDAYS } from '../config/units.js';
import { Tenant } from '../ids.js';
import { IsoInstant } from '../time.js';

/** A maintenance window as its events show it. */
export const MaintenanceWindowFacts = z.object({
  /** `mnt_…` of one made at run time; `config:` and the name, percent-encoded, of one of the config. Always ASCII. */
  id: z.string(),
  name: z.string(),
  origin: z.enum(['config', 'run-time']),
  scope: QuietScope,
  safety: QuietSafety,
  times: z.union([
    z.object({ kind: z.literal('once'), from: IsoInstant, until: IsoInstant }),
    z.object({
      kind: z.literal('weekly'),
      timeZone: TimeZone,
      days: z.array(z.enum(WEEKDAYS)),
      /** Minutes since midnight of the wall clock. */
      from: z.int().min(0).max(1439),
      /** Seconds. */
      lasts: z.int().positive(),
      /** First and last local day on which it may begin. */
      since: z.iso.date().optional(),
      until: z.iso.date().optional(),
    }),
  ]),
});
export type MaintenanceWindowFacts = z.infer<typeof MaintenanceWindowFacts>;

/** One stretch of silence of a window; a weekly window has another one each time. */
export const MaintenanceOccurrence = z.object({
  /** The window's id, «@» and the instant at which the silence began: the same whoever tells of it. */
  id: z.string(),
  from: IsoInstant,
  /** When it is over, as far as is known now: a later change of the window is told. */
  until: IsoInstant,
});
export type MaintenanceOccurrence = z.infer<typeof MaintenanceOccurrence>;

/** Why it happened: its time came, another config came into force, or somebody did it. */
export const MaintenanceCause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('schedule') }),
  z.object({ kind: z.literal('config'), revision: z.int().positive() }),
  z.object({ kind: z.literal('person'), by: z.string(), reason: z.string().optional() }),
]);
export type MaintenanceCause = z.infer<typeof MaintenanceCause>;

const told = {
  tenant: Tenant,
  /** Tenant, window, what happened and to which occurrence or when: the same on every delivery. ASCII. */
  id: z.string(),
  window: MaintenanceWindowFacts,
  /** When it happened, which may be long before it is told. */
  at: IsoInstant,
  /** It is told more than a minute after it happened, as after downtime. */
  late: z.boolean(),
  cause: MaintenanceCause,
};

/** There is a window that there was not; it may be on at once, which its own event then says. */
export const MaintenanceCreated = z.object({
  type: z.literal('MaintenanceCreated'),
  ...told,
  /** The stretch that is going on, or the next one. */
  occurrence: MaintenanceOccurrence.optional(),
});

/** From now on the window hushes. */
export const MaintenanceStarted = z.object({
  type: z.literal('MaintenanceStarted'),
  ...told,
  occurrence: MaintenanceOccurrence,
});

/** It hushes no longer; `occurrence` is the one that started, `until` the instant at which it ended. */
export const MaintenanceEnded = z.object({
  type: z.literal('MaintenanceEnded'),
  ...told,
  occurrence: MaintenanceOccurrence,
  /** Before its time: by a person, or because another config has no such window, or other hours. */
  early: z.boolean(),
});

/** Its scope, safety or times are others; `window` is how it is now. One that goes on keeps its occurrence. */
export const MaintenanceChanged = z.object({
  type: z.literal('MaintenanceChanged'),
  ...told,
  before: MaintenanceWindowFacts,
  occurrence: MaintenanceOccurrence.optional(),
});

/** It will not begin, or not again: cancelled by a person, or taken out of the config. */
export const MaintenanceCancelled = z.object({ type: z.literal('MaintenanceCancelled'), ...told });

/**
 * What became of a maintenance window, told once each: the payload of topic `maintenance`, written by
 * escalation-routing. Of one window in the order in which it happened.
 */
export const MaintenanceEvent = z.discriminatedUnion('type', [
  MaintenanceCreated,
  MaintenanceStarted,
  MaintenanceEnded,
  MaintenanceChanged,
  MaintenanceCancelled,
]);
export type MaintenanceEvent = z.infer<typeof MaintenanceEvent>;
