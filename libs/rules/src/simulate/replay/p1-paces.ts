import type { Seconds } from '@tocsin/contracts';
import type { CaseStory } from './case-story.js';
import { firstPageAt } from './compare-stories.js';
import { becameP1, isP1, waitOf } from './weigh-difference.js';

/** How long P1 cases waited for their first page, and would have. */
export interface P1Pace {
  /** Absent: of all P1 cases on each side, whichever they are. */
  readonly service?: string | undefined;
  readonly cases: number;
  /** The median, where a case for which nobody was paged has waited for ever; null: for ever. */
  readonly before: Seconds | null;
  readonly after: Seconds | null;
}

type Stories = ReadonlyMap<string, CaseStory>;

/**
 * The medians that decide whether a config makes P1 cases wait longer: once of all that are P1 on each side; and for each
 * service of those that really were P1 and are cases of their own in the replay, counted from when they were, whatever
 * priority they would have. The first alone would call it better to make slow cases less urgent.
 */
export function p1Paces(before: Stories, after: Stories): P1Pace[] {
  const [was, would] = [before, after].map((stories) => [...stories.values()].filter(isP1).map(waitOf));
  const all = { cases: was?.length ?? 0, before: medianOf(was ?? []), after: medianOf(would ?? []) };
  return [...(all.cases === 0 || would?.length === 0 ? [] : [all]), ...ofServices(before, after)];
}

function ofServices(before: Stories, after: Stories): P1Pace[] {
  const waits = new Map<string, Pair[]>();
  for (const [name, was] of before) {
    const would = after.get(name);
    if (would === undefined || was.service === undefined || !isP1(was)) continue;
    const pairs = waits.get(was.service) ?? [];
    waits.set(was.service, pairs);
    pairs.push({ was: waitOf(was), would: waitSince(becameP1(was), would) });
  }
  return [...waits]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, pairs]) => ({
      ...{ service, cases: pairs.length },
      before: medianOf(pairs.map(({ was }) => was)),
      after: medianOf(pairs.map(({ would }) => would)),
    }));
}

interface Pair {
  readonly was: Seconds | undefined;
  readonly would: Seconds | undefined;
}

function waitSince(since: number, story: CaseStory): Seconds | undefined {
  const at = firstPageAt(story);
  return at === undefined ? undefined : Math.max(0, at - since) / 1000;
}

/** The lower one of two in the middle: what half of the cases had at most. */
function medianOf(waits: readonly (Seconds | undefined)[]): Seconds | null {
  const sorted = waits.map((wait) => wait ?? Infinity).sort((a, b) => a - b);
  const median = sorted[Math.max(0, Math.ceil(sorted.length / 2) - 1)] ?? Infinity;
  return median === Infinity ? null : median;
}

/** A due step is attempted within a second (L1): what differs by less is no difference. */
const TOLERANCE: Seconds = 1;

export const isSlower = ({ before, after }: P1Pace): boolean =>
  before !== null && (after === null || after - before >= TOLERANCE);
