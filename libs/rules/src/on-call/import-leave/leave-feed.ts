import type { Instant } from '@tocsin/contracts';

/** What is known of a calendar that is read again and again. Plain JSON. */
export interface LeaveFeed {
  /** In a row; 0 after one that could be read. */
  readonly failures: number;
  /** When the first of them was. */
  readonly failingSince?: Instant | undefined;
  /** When the calendar was last known to be what was taken from it. */
  readonly readAt?: Instant | undefined;
  /** When all of it was last read, not only said to be the same. */
  readonly wholeAt?: Instant | undefined;
  /** Since when it has been empty though leave from it is to come. */
  readonly emptySince?: Instant | undefined;
}

export const NEW_FEED: LeaveFeed = { failures: 0 };

/** How one reading ended; `standing` is leave from this calendar that is to come, `named` what it says now. */
export type FeedReading =
  | { readonly type: 'failed' }
  /** It is as it was. */
  | { readonly type: 'same' }
  | {
      readonly type: 'read';
      readonly named: number;
      readonly standing: number;
      /** A person has said that an empty calendar is meant so. */
      readonly confirmed: boolean;
    };

export interface FeedVerdict {
  readonly feed: LeaveFeed;
  /** `take` what was read; else what stands is kept. */
  readonly act: 'take' | 'keep';
  readonly nextAt: Instant;
  /** Said once for each time that it begins. */
  readonly tell?: 'failing' | 'emptied' | undefined;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const READ_EVERY = 15 * MINUTE;
/** Doubled from failure to failure up to the ordinary time. */
const AGAIN_AFTER = MINUTE;
/** Failures in a row before anybody is told: one is an accident of the net. */
export const TOLD_AFTER = 3;
/** So long an empty calendar is kept apart from leave that somebody has planned. */
export const EMPTY_BELIEVED_AFTER = 24 * HOUR;
/** All of it is read at least so often: the days that series are laid out ahead move on. */
const WHOLE_EVERY = 24 * HOUR;

/**
 * What follows from a reading. A calendar that fails keeps what was taken from it. One that suddenly has nothing, though
 * leave from it is to come, keeps that too until a person confirms it or it has been empty for a day: an account that
 * was closed or a filter that changed must not call people back from leave.
 */
export function afterReading(feed: LeaveFeed, reading: FeedReading, now: Instant): FeedVerdict {
  switch (reading.type) {
    case 'failed':
      return afterFailure(feed, now);
    case 'same':
      return { feed: { ...mended(feed), readAt: now }, act: 'keep', nextAt: now + READ_EVERY };
    case 'read': {
      const read = { ...mended(feed), readAt: now, wholeAt: now };
      const nextAt = now + READ_EVERY;
      if (!isSuspect(feed, reading, now))
        return { feed: { ...read, emptySince: undefined }, act: 'take', nextAt };
      const { emptySince = now } = feed;
      const tell = feed.emptySince === undefined ? ({ tell: 'emptied' } as const) : {};
      // Unlike what was taken, it must be read whole again: «as before» would say nothing.
      return { feed: { ...read, wholeAt: undefined, emptySince }, act: 'keep', nextAt, ...tell };
    }
  }
}

function afterFailure(feed: LeaveFeed, now: Instant): FeedVerdict {
  const failures = feed.failures + 1;
  return {
    feed: { ...feed, failures, failingSince: feed.failingSince ?? now },
    act: 'keep',
    nextAt: now + Math.min(READ_EVERY, AGAIN_AFTER * 2 ** (failures - 1)),
    ...(failures === TOLD_AFTER ? { tell: 'failing' } : {}),
  };
}

const mended = (feed: LeaveFeed): LeaveFeed => ({ ...feed, failures: 0, failingSince: undefined });

const isSuspect = (
  { emptySince }: LeaveFeed,
  { named, standing, confirmed }: Extract<FeedReading, { type: 'read' }>,
  now: Instant,
): boolean =>
  named === 0 && standing > 0 && !confirmed && (emptySince === undefined || now < believedAt(emptySince));

/** When an empty calendar is taken for what it is, if it still is empty then. */
export const believedAt = (emptySince: Instant): Instant => emptySince + EMPTY_BELIEVED_AFTER;

/** Whether the server may answer that nothing has changed. */
export const mayBeSame = ({ wholeAt }: LeaveFeed, now: Instant): boolean =>
  wholeAt !== undefined && now < wholeAt + WHOLE_EVERY;

/** Whether an event of this title is leave. */
export const isLeaveTitle = (title: string | undefined, match: readonly string[] | undefined): boolean =>
  match === undefined || match.some((word) => title?.toLowerCase().includes(word.toLowerCase()) === true);
