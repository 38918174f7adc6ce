import type { Tx } from '@tocsin/event-log';
import { SCHEMA } from './escalation-routing.migration.js';

/** Must be the sequence's increment. */
const BLOCK = 1000;

/** Case ids without a round trip each: this process draws a block at a time. A restart leaves a gap, never a repeat. */
export class CaseIds {
  private readonly free: bigint[] = [];

  /** @returns ids that nobody else has; give back what was not used, so that ids stay short */
  async draw(tx: Tx, count: number): Promise<bigint[]> {
    while (this.free.length < count) {
      const [row] = await tx.query<{ first: string }>({
        name: 'routing.case-ids',
        text: `SELECT nextval('${SCHEMA}.case_id_block')::text AS first`,
        values: [],
      });
      if (row === undefined) throw new Error('nextval gave no row');
      const first = BigInt(row.first);
      for (let n = 0; n < BLOCK; n++) this.free.push(first + BigInt(n));
    }
    return this.free.splice(0, count);
  }

  giveBack(ids: readonly bigint[]): void {
    this.free.unshift(...ids);
  }
}
