import { type QuietWindow, quietWindowOf } from '@tocsin/rules';
import type { QuietWindowStore } from './quiet-window.store.js';
import type { Reads } from './shift-change.store.js';

/** The windows made at run time, and how often they had changed when they were read. */
export interface LiveWindows {
  readonly version: number;
  readonly windows: readonly QuietWindow[];
}

const NONE: LiveWindows = { version: 0, windows: [] };

/** Windows in force beside the config, kept like the changes of shifts: each transaction asks only for the version. */
export class LiveWindowBook {
  private readonly known = new Map<string, LiveWindows>();

  constructor(private readonly store: QuietWindowStore) {}

  /** @param db the decision's own transaction @param version read before, as that of the changes of shifts */
  async load(db: Reads, tenant: string, version: number): Promise<LiveWindows> {
    if (version === 0) return NONE;
    const known = this.known.get(tenant);
    if (known?.version === version) return known;
    const windows = (await this.store.list(db, tenant, false)).flatMap(
      (window) => quietWindowOf(window) ?? [],
    );
    const live = { version, windows };
    this.known.set(tenant, live);
    return live;
  }
}
