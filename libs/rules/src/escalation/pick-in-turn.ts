import type { RoundRobin } from '@tocsin/contracts';

/** Somebody whose turn it may be. */
export interface Candidate {
  readonly person: string;
  /** Cases that they own and that are not resolved. */
  readonly load: number;
  readonly speaks: readonly string[];
}

export interface Turn {
  /** How many turns the policy has taken so far. */
  readonly turn: number;
  readonly prefer: RoundRobin['prefer'];
  /** Of the case; empty when nobody said it. */
  readonly language: string;
}

/**
 * Whose turn it is. Every preference in its order divides those who are left: who speaks the case's language, who has
 * the least load. Among equals the turn goes round in the order of the team, so the same arguments pick the same person.
 *
 * @returns undefined when there is nobody
 */
export function pickInTurn(
  candidates: readonly Candidate[],
  { turn, prefer, language }: Turn,
): Candidate | undefined {
  const count = candidates.length;
  if (count === 0) return undefined;
  const from = turn % count;
  const inOrder = [...candidates.slice(from), ...candidates.slice(0, from)];
  return prefer.reduce<readonly Candidate[]>((left, wish) => DIVIDE[wish](left, language), inOrder)[0];
}

const DIVIDE = {
  language: (left: readonly Candidate[], language: string) => {
    const speakers = left.filter(({ speaks }) => speaks.includes(language));
    return speakers.length === 0 ? left : speakers;
  },
  load: (left: readonly Candidate[]) => {
    const least = Math.min(...left.map(({ load }) => load));
    return left.filter(({ load }) => load === least);
  },
} as const satisfies Record<RoundRobin['prefer'][number], unknown>;
