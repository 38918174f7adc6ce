import { z } from 'zod';
import { OnCallRole } from '../config/on-call.js';
import { ConfigName } from '../ids.js';
import { Priority } from '../priority.js';
import { Texts } from '../texts.js';
import { IsoInstant } from '../time.js';
import { ShiftChangeId, ShiftDifference } from './shift-change.js';

/** `cov_` and 26 characters. */
export const CoverRequestId = z.string().regex(/^cov_[0-9a-z]{26}$/);

/** Body of `POST /v1/cover-requests`: somebody else is wanted for a stretch of a person's turn. */
export const NewCoverRequest = z.strictObject({
  schedule: ConfigName,
  role: OnCallRole.default('primary'),
  /** Whose turn it is; an operator may ask on behalf of anybody. */
  person: ConfigName,
  from: IsoInstant,
  until: IsoInstant,
  /** Answers are taken until then; without it until the stretch begins. */
  expires: IsoInstant.optional(),
  reason: z.string().min(1).max(500).optional(),
});
export type NewCoverRequest = z.infer<typeof NewCoverRequest>;

/** Body of `POST /v1/cover-requests/{id}/accept` and `…/decline`; without a person it is whose token it is. */
export const NewCoverAnswer = z.strictObject({ person: ConfigName.optional() });
export type NewCoverAnswer = z.infer<typeof NewCoverAnswer>;

export const COVER_STATES = ['open', 'accepted', 'cancelled', 'expired'] as const;
export type CoverState = (typeof COVER_STATES)[number];

/** A request for cover, with everything that has happened to it. */
export const CoverRequestView = z.object({
  id: CoverRequestId,
  schedule: z.string(),
  role: OnCallRole,
  person: z.string(),
  from: IsoInstant,
  until: IsoInstant,
  expires: IsoInstant,
  reason: z.string().optional(),
  state: z.enum(COVER_STATES),
  /** Who may accept it now; empty once it is closed. */
  eligible: z.array(z.string()),
  /** Who covers, and the override that this became. */
  coveredBy: z.string().optional(),
  override: ShiftChangeId.optional(),
  history: z.array(
    z.object({
      what: z.enum(['asked', 'declined', 'accepted', 'cancelled', 'expired']),
      at: IsoInstant,
      person: z.string(),
      /** Whose token it was. */
      by: z.string(),
    }),
  ),
});
export type CoverRequestView = z.infer<typeof CoverRequestView>;

/** The answer of every act; accepting also says who has which hours from now on. */
export const AnsweredCover = z.object({
  request: CoverRequestView,
  differences: z.array(ShiftDifference),
  hours: z.array(z.object({ person: z.string(), hours: z.number() })),
});
export type AnsweredCover = z.infer<typeof AnsweredCover>;

/** Query of the list: without a state only open ones. */
export const CoverRequestQuery = z.object({
  schedule: ConfigName.optional(),
  /** Whose turns. */
  person: ConfigName.optional(),
  /** Only those that this person may accept. */
  eligible: ConfigName.optional(),
  state: z.enum([...COVER_STATES, 'all']).default('open'),
});
export type CoverRequestQuery = z.infer<typeof CoverRequestQuery>;

export const CoverRequestList = z.object({ requests: z.array(CoverRequestView) });
export type CoverRequestList = z.infer<typeof CoverRequestList>;

export const SHIFT_NOTICE_KINDS = [
  'cover-asked',
  'cover-accepted',
  'cover-expired',
  'shift-conflict',
  'coverage-hole',
  'leave-feed',
] as const;
export type ShiftNoticeKind = (typeof SHIFT_NOTICE_KINDS)[number];

/** Query of `GET /v1/shift-notices`: the newest first. */
export const ShiftNoticeQuery = z.object({
  person: ConfigName.optional(),
  kind: z.enum(SHIFT_NOTICE_KINDS).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type ShiftNoticeQuery = z.infer<typeof ShiftNoticeQuery>;

/** What somebody is told about shifts, when it was due. Rows are never altered. */
export const ShiftNotice = z.object({
  kind: z.enum(SHIFT_NOTICE_KINDS),
  /** Whom it is for. */
  person: z.string(),
  at: IsoInstant,
  /** The lane and whose turn it is about; a hole in the coverage is about a service instead. */
  schedule: z.string().optional(),
  role: OnCallRole.optional(),
  about: z.string().optional(),
  service: z.string().optional(),
  priority: Priority.optional(),
  from: IsoInstant,
  until: IsoInstant,
  text: Texts,
  /** The request for cover that it belongs to. */
  request: CoverRequestId.optional(),
  /** The leave or the public holiday that meets the turn. */
  because: z.string().optional(),
  /** Who could cover, the fairest first. */
  proposed: z
    .array(z.object({ person: z.string(), hours: z.number(), nights: z.int(), rested: z.boolean() }))
    .optional(),
});
export type ShiftNotice = z.infer<typeof ShiftNotice>;

export const ShiftNoticeList = z.object({ notices: z.array(ShiftNotice) });
export type ShiftNoticeList = z.infer<typeof ShiftNoticeList>;
