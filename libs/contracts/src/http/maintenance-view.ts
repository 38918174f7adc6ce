import { z } from 'zod';
import { MaintenanceRule, QuietSafety, QuietScope } from '../config/maintenance.js';
import { Duration } from '../config/units.js';
import { MAINTENANCE_EVENT_TYPES } from '../events/maintenance-event.js';
import { CaseId } from '../ids.js';
import { Priority } from '../priority.js';
import { IsoInstant } from '../time.js';

/** `mnt_` and 26 characters. */
export const MaintenanceId = z.string().regex(/^mnt_[0-9a-z]{26}$/);

const stretch = {
  name: z.string().trim().min(1).max(200),
  ...QuietScope.shape,
  /** Without it from now on. */
  from: IsoInstant.optional(),
  until: IsoInstant.optional(),
  /** Read as seconds. */
  for: Duration.optional(),
  safety: QuietSafety.default('exempt'),
  reason: z.string().min(1).max(500).optional(),
};

/** Body of `POST /v1/maintenance`: one stretch of maintenance, beside the config; it ends `until` or after `for`. */
export const NewMaintenance = z
  .strictObject(stretch)
  .refine(({ until, for: lasts }) => (until === undefined) !== (lasts === undefined), {
    error: 'either «until» or «for»',
    path: ['until'],
  });
export type NewMaintenance = z.infer<typeof NewMaintenance>;

/** Body of `POST /v1/maintenance/preview`: such a stretch, or a window as the config has it. */
export const MaintenancePreviewBody = z.union([MaintenanceRule, NewMaintenance]);
export type MaintenancePreviewBody = z.infer<typeof MaintenancePreviewBody>;

export const MAINTENANCE_STATES = ['planned', 'active', 'ended', 'cancelled'] as const;

/** The last that was said of a window on topic `maintenance`. */
export const MaintenanceTold = z.object({
  type: z.enum(MAINTENANCE_EVENT_TYPES),
  /** When it happened. */
  at: IsoInstant,
  toldAt: IsoInstant,
});
export type MaintenanceTold = z.infer<typeof MaintenanceTold>;

/** A maintenance window. One of the config shows the stretch that it is in, or the next one. */
export const MaintenanceView = z.object({
  /** Of a window made at run time. */
  id: MaintenanceId.optional(),
  name: z.string(),
  origin: z.enum(['config', 'run-time']),
  state: z.enum(MAINTENANCE_STATES),
  ...QuietScope.shape,
  safety: QuietSafety,
  from: IsoInstant.optional(),
  until: IsoInstant.optional(),
  reason: z.string().optional(),
  recordedAt: IsoInstant.optional(),
  recordedBy: z.string().optional(),
  /** It was ended before its time. */
  endedAt: IsoInstant.optional(),
  endedBy: z.string().optional(),
  cancelledAt: IsoInstant.optional(),
  cancelledBy: z.string().optional(),
  /** In the list; absent where nothing was told of it yet. */
  told: MaintenanceTold.optional(),
});
export type MaintenanceView = z.infer<typeof MaintenanceView>;

export const MaintenanceList = z.object({ windows: z.array(MaintenanceView) });
export type MaintenanceList = z.infer<typeof MaintenanceList>;

/** Query of the list: without `over=true` what is planned or active. */
export const MaintenanceQuery = z.object({ over: z.enum(['true', 'false']).default('false') });
export type MaintenanceQuery = z.infer<typeof MaintenanceQuery>;

/** What a window would have hushed of the cases that opened in the last 30 days. */
export const MaintenancePreview = z.object({
  from: IsoInstant,
  until: IsoInstant,
  /** Cases that its scope means, whenever they opened. */
  inScope: z.int(),
  hushed: z.int(),
  /** Urgent safety cases that would have paged all the same. */
  exempt: z.int(),
  /** The newest of those hushed and exempt; at most 200. */
  cases: z.array(
    z.object({
      id: CaseId,
      priority: Priority,
      openedAt: IsoInstant,
      service: z.string().optional(),
      /** Absent where the case is restricted. */
      subject: z.string().optional(),
      verdict: z.enum(['hushed', 'exempt']),
    }),
  ),
});
export type MaintenancePreview = z.infer<typeof MaintenancePreview>;
