import { z } from 'zod';

/** What a plan makes worse. `blocks`: only break-glass passes it; `second-approver`: another operator's approval. */
export const PlannedRisk = z.object({
  kind: z.enum(['coverage', 'time-to-page', 'replayed-time-to-page', 'second-person', 'service-removed']),
  /** Empty: all services together. */
  service: z.string(),
  weight: z.enum(['blocks', 'second-approver', 'warning']),
  detail: z.string(),
});
export type PlannedRisk = z.infer<typeof PlannedRisk>;

/** The answer of `POST /v1/config/approve`: one tree on one revision, approved by one person. */
export const ApprovedPlan = z.object({
  /** Revision that the plan is made on; another one in force makes the approval stale. */
  base: z.int(),
  /** Of the proposed tree. */
  hash: z.string(),
  approvedBy: z.string(),
  at: z.iso.datetime(),
  risks: z.array(PlannedRisk),
});
export type ApprovedPlan = z.infer<typeof ApprovedPlan>;

/** One revision of `GET /v1/config/revisions`. */
export const ShownRevision = z.object({
  revision: z.int(),
  hash: z.string(),
  author: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
  /** What it made worse. */
  worsens: z.array(z.string()),
  /** The second person; null: none was needed, or the glass was broken and nobody has reviewed it. */
  approvedBy: z.string().nullable(),
  approvedAt: z.iso.datetime().nullable(),
  brokeGlass: z.boolean(),
});
export type ShownRevision = z.infer<typeof ShownRevision>;

/** The answer of `GET /v1/config/revisions`, the newest first. */
export const RevisionList = z.object({ revisions: z.array(ShownRevision) });
export type RevisionList = z.infer<typeof RevisionList>;

/** Something that a person must look at. */
export const ConfigProblem = z.object({
  kind: z.enum(['break-glass']),
  revision: z.int(),
  since: z.iso.datetime(),
  by: z.string(),
  detail: z.string(),
});
export type ConfigProblem = z.infer<typeof ConfigProblem>;

/** The answer of `GET /v1/config/problems`. */
export const ConfigProblems = z.object({ problems: z.array(ConfigProblem) });
export type ConfigProblems = z.infer<typeof ConfigProblems>;
