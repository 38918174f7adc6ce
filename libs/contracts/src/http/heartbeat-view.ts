import { z } from 'zod';
import { IsoInstant } from '../time.js';

/** What a job may say: that it is alive, that a run begins, ends well, or fails. */
export const HEARTBEAT_SIGNS = ['beat', 'start', 'finish', 'fail'] as const;
export type HeartbeatSign = (typeof HEARTBEAT_SIGNS)[number];

/** Why a heartbeat counts as missed. */
export const MISS_REASONS = ['silent', 'too-long', 'failed'] as const;
export type MissReason = (typeof MISS_REASONS)[number];

/** A heartbeat as the API shows it. `off`: switched off in the config. */
export const HeartbeatView = z.object({
  name: z.string(),
  status: z.enum(['waiting', 'running', 'missed', 'off']),
  reason: z.enum(MISS_REASONS).optional(),
  heardAt: IsoInstant.optional(),
  /** When silence becomes a miss. */
  dueAt: IsoInstant.optional(),
  missedAt: IsoInstant.optional(),
});
export type HeartbeatView = z.infer<typeof HeartbeatView>;

export const HeartbeatList = z.object({ heartbeats: z.array(HeartbeatView) });
export type HeartbeatList = z.infer<typeof HeartbeatList>;
