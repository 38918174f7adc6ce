import { type PlacedCase, type Placement, placeRaise, type PlacingTerms } from '../grouping/place-raise.js';

/** The cases of a raise's key: its own, and the spans of those that a person has made part of others. */
export interface KeyedCases {
  readonly own: readonly PlacedCase[];
  /** With the id, owner and end of the case that goes on, and the span of the one that was merged. */
  readonly merged: readonly PlacedCase[];
}

/**
 * Where a raise goes when people have merged cases of its key: what would have come to a merged case comes to the one that
 * goes on in its place, but only where no case of the key is open there. A merge is never a bridge that makes others one.
 */
export function placeAmongMerged(
  at: number,
  { own, merged }: KeyedCases,
  terms: PlacingTerms,
  ticketsOwn?: bigint,
): Placement {
  const placed = placeRaise(at, own, terms, ticketsOwn);
  if (placed.type === 'join' || merged.length === 0) return placed;
  const beside = placeRaise(at, merged, terms);
  if (beside.type === 'join') return { ...beside, absorbed: [] };
  return placed.type === 'open' ? beside : placed;
}
