import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '@tocsin/test-rig/worlds';
import {
  afterReading,
  EMPTY_BELIEVED_AFTER,
  type FeedReading,
  isLeaveTitle,
  type LeaveFeed,
  mayBeSame,
  NEW_FEED,
  TOLD_AFTER,
} from './leave-feed.js';

const MINUTE = 60_000;
const NOW = 1_795_424_400_000;
const read = (named: number, standing: number, confirmed = false): FeedReading => ({
  ...{ type: 'read', named, standing, confirmed },
});

const isEmptied = (reading: FeedReading): boolean =>
  reading.type === 'read' && reading.named === 0 && reading.standing > 0;

/** By what the docs say. @param emptyFor milliseconds */
const holds = (reading: FeedReading & { readonly type: 'read' }, emptyFor: number): boolean =>
  isEmptied(reading) && !reading.confirmed && emptyFor < EMPTY_BELIEVED_AFTER;

interface Told {
  readonly feed: LeaveFeed;
  readonly now: number;
  readonly failures: number;
  readonly emptySince: number | undefined;
}

/** One reading by the rule and by the plain story. */
function checked(reading: FeedReading, { feed, now, failures: before, emptySince }: Told): Told {
  const verdict = afterReading(feed, reading, now);
  const failures = reading.type === 'failed' ? before + 1 : 0;
  const held = reading.type === 'read' && holds(reading, now - (emptySince ?? now));
  expect(verdict.tell === 'failing').toBe(failures === TOLD_AFTER);
  expect(verdict.nextAt).toBeGreaterThan(now);
  expect(verdict.act).toBe(reading.type === 'read' && !held ? 'take' : 'keep');
  expect(verdict.tell === 'emptied').toBe(held && emptySince === undefined);
  const since = held ? (emptySince ?? now) : undefined;
  return { feed: verdict.feed, now, failures, emptySince: reading.type === 'read' ? since : emptySince };
}

describe('a calendar that is read again and again', () => {
  it.each<[string, LeaveFeed, FeedReading, object]>([
    ['is taken when it has leave', NEW_FEED, read(2, 0), { act: 'take', nextAt: NOW + 15 * MINUTE }],
    ['is taken when it is empty and always was', NEW_FEED, read(0, 0), { act: 'take' }],
    [
      'is not taken when it is suddenly empty, and that is told',
      NEW_FEED,
      read(0, 3),
      { act: 'keep', tell: 'emptied' },
    ],
    [
      'is taken empty when a person confirms it',
      { failures: 0, emptySince: NOW - 1 },
      read(0, 3, true),
      { act: 'take' },
    ],
    [
      'is taken empty after a day',
      { failures: 0, emptySince: NOW - EMPTY_BELIEVED_AFTER },
      read(0, 3),
      { act: 'take' },
    ],
    [
      'is told to be empty once',
      { failures: 0, emptySince: NOW - EMPTY_BELIEVED_AFTER + 1 },
      read(0, 3),
      { act: 'keep', tell: undefined },
    ],
    [
      'keeps what stands when it is the same',
      NEW_FEED,
      { type: 'same' },
      { act: 'keep', nextAt: NOW + 15 * MINUTE },
    ],
    [
      'is tried again soon after a failure',
      NEW_FEED,
      { type: 'failed' },
      { act: 'keep', nextAt: NOW + MINUTE },
    ],
    [
      'is told of at the third failure, and later and later',
      { failures: 2, failingSince: NOW - 9 },
      { type: 'failed' },
      {
        act: 'keep',
        nextAt: NOW + 4 * MINUTE,
        tell: 'failing',
        feed: { failures: 3, failingSince: NOW - 9 },
      },
    ],
    [
      'is not told of again',
      { failures: 9, failingSince: 1 },
      { type: 'failed' },
      { act: 'keep', nextAt: NOW + 15 * MINUTE, tell: undefined },
    ],
    [
      'forgets its failures when it can be read',
      { failures: 9, failingSince: 1 },
      read(1, 1),
      { act: 'take', feed: { failures: 0, failingSince: undefined } },
    ],
  ])('%s', (_, feed, reading, verdict) => {
    const { tell, ...rest } = afterReading(feed, reading, NOW);
    expect({ tell, ...rest }).toMatchObject(verdict);
  });

  it('is read whole once a day, and while it is empty', () => {
    const { feed } = afterReading(NEW_FEED, read(1, 0), NOW);
    expect([mayBeSame(NEW_FEED, NOW), mayBeSame(feed, NOW), mayBeSame(feed, NOW + 24 * 60 * MINUTE)]).toEqual(
      [...[false, true, false]],
    );
    expect(mayBeSame(afterReading(feed, read(0, 1), NOW).feed, NOW)).toBe(false);
  });

  it('never lets leave to come be taken away before it was empty for a day or a person said so', () => {
    const readings = fc.array(
      fc.record({
        reading: fc.oneof(
          fc.constant<FeedReading>({ type: 'failed' }),
          fc.constant<FeedReading>({ type: 'same' }),
          fc.record({
            ...{ type: fc.constant('read' as const), named: fc.nat(1), standing: fc.nat(1) },
            confirmed: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
          }),
        ),
        hours: fc.integer({ min: 0, max: 12 }),
      }),
      { maxLength: 30 },
    );
    const seen = { held: 0, taken: 0 };
    fc.assert(
      fc.property(readings, (story) => {
        let told: Told = { feed: NEW_FEED, now: NOW, failures: 0, emptySince: undefined };
        for (const { reading, hours } of story) {
          told = checked(reading, { ...told, now: told.now + hours * 60 * MINUTE });
          if (isEmptied(reading)) seen[told.emptySince === undefined ? 'taken' : 'held'] += 1;
        }
      }),
      { numRuns: runs(1000) },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });

  it.each([
    [undefined, undefined, true],
    ['Team lunch', undefined, true],
    ['Annual LEAVE', ['out of office', 'leave'], true],
    ['年假', ['年假'], true],
    ['Team lunch', ['leave'], false],
    [undefined, ['leave'], false],
  ])('title %s by %j is leave: %s', (title, match, expected) => {
    expect(isLeaveTitle(title, match)).toBe(expected);
  });
});
