import type { CoverState, Instant, OnCallRole } from '@tocsin/contracts';
import type { TimeSpan } from '../on-call-shift.js';

/** A stretch of a person's turn in one lane. */
export interface HeldStretch extends TimeSpan {
  readonly schedule: string;
  readonly role: OnCallRole;
  readonly person: string;
}

/** What somebody said to a request. Answers are only ever added. */
export interface CoverAnswer {
  readonly person: string;
  readonly answer: 'accepted' | 'declined';
  readonly at: Instant;
  /** Whose token it was. */
  readonly by: string;
}

/** Somebody else is wanted for a stretch of a turn. */
export interface CoverRequest extends HeldStretch {
  readonly id: string;
  readonly reason?: string | undefined;
  readonly askedAt: Instant;
  readonly askedBy: string;
  /** Not after the stretch begins. */
  readonly expiresAt: Instant;
  readonly answers: readonly CoverAnswer[];
  readonly cancelledAt?: Instant | undefined;
  readonly cancelledBy?: string | undefined;
  /** The override that it became. */
  readonly override?: string | undefined;
}

export type CoverRefusal =
  | 'own-turn'
  | 'already-covered'
  | 'closed'
  | 'not-eligible'
  /** The person who asked does not have these hours any more. */
  | 'outdated';

export type CoverDecision =
  | { readonly ok: true; readonly answer: CoverAnswer | undefined }
  | { readonly ok: false; readonly reason: CoverRefusal };

/** Whether the person of a stretch has all of it, and by what. */
export type Holding = 'by-layers' | 'by-override' | 'by-swap' | 'not-theirs';

interface AnswerFacts {
  readonly now: Instant;
  readonly eligible: readonly string[];
  readonly holding: Holding;
}

const refuse = (reason: CoverRefusal): CoverDecision => ({ ok: false, reason });

export const acceptanceOf = ({ answers }: CoverRequest): CoverAnswer | undefined =>
  answers.find(({ answer }) => answer === 'accepted');

/** A request that nobody took has expired by the clock alone: no row needs to say so. */
export function coverState(request: CoverRequest, now: Instant): CoverState {
  if (acceptanceOf(request) !== undefined) return 'accepted';
  if (request.cancelledAt !== undefined) return 'cancelled';
  return now >= request.expiresAt ? 'expired' : 'open';
}

/**
 * Takes an answer: the first who accepts covers. The same answer given twice is one.
 *
 * @returns the answer to add, undefined when it stands already; or why it is refused
 */
export function answerCover(
  request: CoverRequest,
  { person, answer, by }: Omit<CoverAnswer, 'at'>,
  { now, eligible, holding }: AnswerFacts,
): CoverDecision {
  const theirLast = request.answers.findLast((given) => given.person === person);
  if (theirLast?.answer === answer) return { ok: true, answer: undefined };
  const state = coverState(request, now);
  if (state === 'accepted') return refuse('already-covered');
  if (state !== 'open') return refuse('closed');
  if (person === request.person) return refuse('own-turn');
  if (answer === 'accepted') {
    if (!eligible.includes(person)) return refuse('not-eligible');
    if (holding === 'not-theirs' || holding === 'by-swap') return refuse('outdated');
  }
  return { ok: true, answer: { person, answer, at: now, by } };
}
