import { type ChangeBook, changeBook, NO_CHANGES } from '@tocsin/rules';
import type { Reads, ShiftChangeStore } from './shift-change.store.js';

interface KnownBook {
  readonly version: number;
  readonly book: ChangeBook;
}

/**
 * The changes in force, for decisions. What was read is kept; each transaction asks only whether the version has
 * grown, so a step that is planned after a change has committed sees it (S11), whichever process recorded it.
 */
export class LiveChanges {
  private readonly known = new Map<string, KnownBook>();

  constructor(private readonly changes: ShiftChangeStore) {}

  /**
   * @param db the decision's own transaction: a second connection could wait for the ones that wait for it
   * @param version read before: what commits in between is read again the next time, never missed
   */
  async load(db: Reads, tenant: string, version: number): Promise<ChangeBook> {
    if (version === 0) return NO_CHANGES;
    const known = this.known.get(tenant);
    if (known?.version === version) return known.book;
    const book = changeBook(await this.changes.live(db, tenant));
    this.known.set(tenant, { version, book });
    return book;
  }
}
