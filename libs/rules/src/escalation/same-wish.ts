import type { Instant } from '@tocsin/contracts';
import { after, SAME_WISH_WITHIN } from './timing.js';
import type { Walk } from './walk-plan.js';

/** Whether a person has asked for this within seconds: a double tap is one action. */
export const isSameWish = ({ wish }: Walk, what: string, now: Instant): boolean =>
  wish !== undefined && wish.what === what && now < after(wish.at, SAME_WISH_WITHIN);
