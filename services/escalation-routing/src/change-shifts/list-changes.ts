import { instantOf, type ShiftChangeList, type ShiftChangeQuery } from '@tocsin/contracts';
import { knownAt, type ShiftChange } from '@tocsin/rules';
import type { ClockStore } from '../clock.store.js';
import type { PoolReads } from '../pool-reads.js';
import type { ShiftChangeStore } from '../shift-change.store.js';
import { personsOf } from './change-faults.js';
import { changeView } from './change-view.js';

/** Later than any change that people make. */
const FAR = 8.64e14;

/** The changes of one kind in the order in which they were recorded. */
export class ListChanges {
  constructor(
    private readonly reads: PoolReads,
    private readonly changes: ShiftChangeStore,
    private readonly clock: ClockStore,
  ) {}

  async list(tenant: string, kind: ShiftChange['kind'], query: ShiftChangeQuery): Promise<ShiftChangeList> {
    const from = query.from === undefined ? await this.clock.now() : instantOf(query.from);
    const all = await this.changes.touching(this.reads, tenant, { from, until: FAR });
    const asked = (query.cancelled === 'true' ? all : knownAt(all)).filter(
      (change) =>
        change.kind === kind &&
        (query.schedule === undefined || (change.kind !== 'leave' && change.schedule === query.schedule)) &&
        (query.person === undefined || personsOf(change).some(([, person]) => person === query.person)),
    );
    return { changes: asked.map(changeView) };
  }
}
