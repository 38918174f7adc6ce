import type { Config, Instant, Seconds, SlaKind } from '@tocsin/contracts';
import { DAY_MS, HOUR_MS, localTimeAt } from '../../on-call/zone-clock.js';
import { own } from '../../own.js';
import type { CaseStory, StoryPage } from './case-story.js';
import { firstPageAt, prioritiesOf } from './compare-stories.js';

/** Pages of one person by their own wall clock: night is from 22:00 to 07:00. */
export interface PageCount {
  readonly day: number;
  readonly night: number;
}

/** How long P1 cases waited for their first page, in seconds. */
export interface FirstPages {
  readonly cases: number;
  /** For whom nobody was ever paged. */
  readonly never: number;
  /** Absent when nobody was paged at all. */
  readonly p50?: number | undefined;
  readonly p90?: number | undefined;
  readonly p99?: number | undefined;
  readonly longest?: number | undefined;
}

/** What one world was for its people. */
export interface Burden {
  readonly pages: Readonly<Record<string, PageCount>>;
  readonly p1: FirstPages;
  /** How often a target led to nobody. */
  readonly holes: Readonly<Record<string, number>>;
  /** SLA clocks that ran out, by kind; of cases of which both sides tell. */
  readonly breaches: Readonly<Partial<Record<SlaKind, number>>>;
}

const NIGHT_FROM = 22 * HOUR_MS;
const NIGHT_UNTIL = 7 * HOUR_MS;

/** @param config knows the zones of the people; those that it does not know are counted in UTC */
export function burdenOf(stories: Iterable<CaseStory>, config: Config): Burden {
  const pages = new Map<string, { day: number; night: number }>();
  const holes = new Map<string, number>();
  const breaches = new Map<SlaKind, number>();
  const urgent: CaseStory[] = [];
  for (const story of stories) {
    for (const page of story.pages) {
      const count = pages.get(page.person) ?? { day: 0, night: 0 };
      pages.set(page.person, count);
      count[isNight(page, config) ? 'night' : 'day'] += 1;
    }
    for (const target of story.empty) countOne(holes, target);
    for (const { clock } of story.breaches ?? []) countOne(breaches, clock);
    if (isP1(story)) urgent.push(story);
  }
  return {
    ...{ pages: inOrder(pages), p1: firstPages(urgent), holes: inOrder(holes) },
    breaches: inOrder(breaches),
  };
}

const countOne = <K>(counts: Map<K, number>, key: K): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);

function isNight({ at, person }: StoryPage, config: Config): boolean {
  const local = localTimeAt(own(config.people, person)?.timeZone ?? 'UTC', at) % DAY_MS;
  return local >= NIGHT_FROM || local < NIGHT_UNTIL;
}

/** Whether it ever was one. */
export const isP1 = (story: CaseStory): boolean => prioritiesOf(story).includes('P1');

function firstPages(stories: readonly CaseStory[]): FirstPages {
  const waits = stories
    .flatMap((story) => {
      const wait = waitOf(story);
      return wait === undefined ? [] : [wait];
    })
    .sort((a, b) => a - b);
  const at = (share: number): number | undefined => waits[Math.max(0, Math.ceil(share * waits.length) - 1)];
  return {
    cases: stories.length,
    never: stories.length - waits.length,
    ...(waits.length === 0 ? {} : { p50: at(0.5), p90: at(0.9), p99: at(0.99), longest: waits.at(-1) }),
  };
}

/** Seconds for which a P1 case has waited for its first page; undefined: none came. */
export function waitOf(story: CaseStory): Seconds | undefined {
  const at = firstPageAt(story);
  return at === undefined ? undefined : (at - urgentSince(story)) / 1000;
}

/** A case that was paged before it became P1 has waited for nothing. */
function urgentSince(story: CaseStory): number {
  const became = becameP1(story);
  return Math.min(became, firstPageAt(story) ?? became);
}

export const becameP1 = ({ priorities, openedAt }: CaseStory): Instant =>
  priorities.find(({ priority }) => priority === 'P1')?.at ?? openedAt;

const inOrder = <K extends string, T>(counts: ReadonlyMap<K, T>): Record<K, T> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))) as Record<K, T>;
