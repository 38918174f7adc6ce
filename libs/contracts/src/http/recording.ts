import { z } from 'zod';
import { RecordedInput } from '../engine-input.js';
import { IsoInstant } from '../time.js';
import { MaintenanceView } from './maintenance-view.js';
import { ShiftChangeView } from './shift-change.js';

/** Query of `GET /v1/simulations/recording`: from when the history is wanted; without it 30 days back. */
export const RecordingQuery = z.object({ from: IsoInstant.optional() });
export type RecordingQuery = z.infer<typeof RecordingQuery>;

/** What a replay needs beside the inputs. */
export const Recording = z.object({
  /** From here on there are inputs; later than asked for when less is kept. */
  from: IsoInstant,
  /** Everything up to here is written for sure. */
  until: IsoInstant,
  /** Inputs at most: to show progress. */
  inputs: z.int(),
  /** The config trees that these inputs were decided by. */
  revisions: z.array(z.object({ revision: z.int(), tree: z.record(z.string(), z.unknown()) })),
  /** All changes of shifts that touch the time, cancelled ones too. */
  changes: z.array(ShiftChangeView),
  /** Maintenance windows made at run time that touch it, ended and cancelled ones too. */
  windows: z.array(MaintenanceView),
});
export type Recording = z.infer<typeof Recording>;

/** Query of `GET /v1/simulations/inputs`: those after one id, in the order of ids. */
export const RecordedInputsQuery = z.object({
  from: IsoInstant.optional(),
  after: z.coerce.number().int().nonnegative().default(0),
});
export type RecordedInputsQuery = z.infer<typeof RecordedInputsQuery>;

/** A page of the recording; the last one has no `next`. */
export const RecordedInputs = z.object({
  inputs: z.array(RecordedInput),
  next: z.int().optional(),
});
export type RecordedInputs = z.infer<typeof RecordedInputs>;
