import { describe, expect, it } from '@jest/globals';
import { changeBook } from '../../on-call/changes/change-book.js';
import { leave } from '../../on-call/changes/change.given.js';
import { changesKnownAt } from './known-changes.js';

const away = (id: string, recordedAt: number, cancelledAt?: number) =>
  leave('bo', ['2026-11-23T09:00', '2026-11-24T09:00'], { id, recordedAt, cancelledAt });
const idsAt = (book: ReturnType<typeof changeBook>): string[] => book.leaveOf('bo').map(({ id }) => id);

describe('the changes of shifts that were known at an instant', () => {
  const changes = [away('a', 10), away('b', 20, 40), away('c', 30)];
  const knownAt = changesKnownAt(changes);

  it.each([
    [9, []],
    [10, ['a']],
    [20, ['b', 'a']],
    [39, ['c', 'b', 'a']],
    [40, ['c', 'a']],
    [99, ['c', 'a']],
  ])('at %d are %j', (at, ids) => {
    expect(idsAt(knownAt(at))).toEqual(ids);
    expect(idsAt(changeBook(changes, at))).toEqual(ids);
  });

  it('are none where there never were any', () => {
    expect(idsAt(changesKnownAt([])(50))).toEqual([]);
  });
});
