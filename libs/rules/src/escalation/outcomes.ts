import type { CaseEventType, CaseFactsOf } from '@tocsin/contracts';
import type { Decision, RefusalReason, StayReason } from './decision.js';
import type { Effect, StopPages, Tell, TellOf } from './effect.js';
import type { EscalationCase } from './escalation-case.js';

/** Who is named when no person caused it. */
export const TOCSIN = 'tocsin';

/** Nothing happened, and nothing was wrong. */
export const stay = (state: EscalationCase, stayed: StayReason): Decision => ({ state, effects: [], stayed });

/** The input may not have its way. */
export const refuse = (state: EscalationCase, reason: RefusalReason, owner?: string): Decision => ({
  state,
  effects: [],
  refused: { reason, ...(owner === undefined ? {} : { owner }) },
});

/** A row of the timeline. */
export const tell = <T extends CaseEventType>(
  event: T,
  epoch: number,
  facts: CaseFactsOf<T>,
  by: string = TOCSIN,
): Tell => ({ type: 'Tell', event, epoch, by, facts }) satisfies TellOf<T> as unknown as Tell;

/** The pages of these epochs are void: each is stopped once. */
export const stopEpochs = (
  epochs: readonly number[],
  reason: StopPages['reason'],
  by: string = TOCSIN,
): StopPages[] =>
  [...new Set(epochs)]
    .filter((epoch) => epoch > 0)
    .map((epoch) => ({ type: 'StopPages', epoch, reason, by }));

/** A decision with effects that come before its own. */
export const preceded = (before: readonly Effect[], decision: Decision): Decision => ({
  ...decision,
  effects: [...before, ...decision.effects],
});
