import type { Instant } from '@tocsin/contracts';
import { type ChangeBook, changeBook, NO_CHANGES } from '../../on-call/changes/change-book.js';
import type { ShiftChange } from '../../on-call/changes/shift-change.js';

/** The changes of shifts as they were known at each instant; each state of knowledge is ordered once. */
export function changesKnownAt(changes: readonly ShiftChange[]): (at: Instant) => ChangeBook {
  if (changes.length === 0) return () => NO_CHANGES;
  const turns = changes.flatMap(({ recordedAt, cancelledAt }) =>
    cancelledAt === undefined ? [recordedAt] : [recordedAt, cancelledAt],
  );
  const instants = [...new Set(turns)].sort((a, b) => a - b);
  const books = new Map<number, ChangeBook>();
  return (at) => {
    const index = instants.findLastIndex((turn) => turn <= at);
    const book = books.get(index) ?? changeBook(changes, instants[index] ?? at);
    books.set(index, book);
    return book;
  };
}
