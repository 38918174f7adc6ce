import { z } from 'zod';
import { IsoInstant } from '../time.js';

/** Cases that are over, filed under another path because a taxonomy gave their category one. */
export const CategoryMove = z.object({
  revision: z.int(),
  from: z.string(),
  to: z.string(),
  cases: z.int(),
  beganAt: IsoInstant,
  lastAt: IsoInstant,
});
export type CategoryMove = z.infer<typeof CategoryMove>;

export const CategoryMoves = z.object({ moves: z.array(CategoryMove) });
export type CategoryMoves = z.infer<typeof CategoryMoves>;
