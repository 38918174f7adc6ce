import type { Instant } from '@tocsin/contracts';
import { after, SAME_WISH_WITHIN } from './timing.js';
import type { Walk } from './walk-plan.js';

/** Whether this person was asked for within seconds, whatever else was asked for since. */
export const wasJustAdded = ({ added }: Walk, person: string, now: Instant): boolean =>
  added?.last.some((one) => one.person === person && now < after(one.at, SAME_WISH_WITHIN)) === true;

/** Whether a person has asked for this within seconds: a double tap is one action. */
export const isSameWish = ({ wish }: Walk, what: string, now: Instant): boolean =>
  wish !== undefined && wish.what === what && now < after(wish.at, SAME_WISH_WITHIN);
