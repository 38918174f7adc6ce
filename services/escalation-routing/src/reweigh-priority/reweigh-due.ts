import type { Transactions } from '@tocsin/event-log';
import { type Host, RepeatedLoop } from '@tocsin/runtime';
import type { CaseStore } from '../case.store.js';
import { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import { SCHEMA } from '../escalation-routing.migration.js';
import { ONE_NOW } from '../json-rows.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import { putWeighed, weighAgain } from './weigh-case.js';

const EVERY_MS = 1000;
const MOST_AT_ONCE = 200;

/** Seconds for which a case that cannot be weighed is put off, so that it cannot hold up the others. */
const PUT_OFF_SECONDS = 30;

export interface ReweighParts {
  readonly transactions: Transactions;
  readonly cases: CaseStore;
  readonly works: CaseWorkStore;
  readonly configs: PinnedConfigs;
  readonly log: Host['log'];
}

/**
 * Weighs priorities that time alone may change: lowered after their stable time, freed when their pin ends. The time
 * stands on the case, so it outlives every process; every instance looks each second, none leads. Two that find the
 * same case take its lock one after the other, and the second sees that nothing is due.
 */
export class ReweighDue extends RepeatedLoop {
  readonly name = 'reweigh due priorities';

  constructor(private readonly parts: ReweighParts) {
    super({ everyMs: EVERY_MS, log: parts.log, failed: 'due priorities could not be weighed, trying again' });
  }

  protected round(): Promise<unknown> {
    return this.reweigh();
  }

  /** @returns how many cases were due */
  async reweigh(): Promise<number> {
    const due = await this.parts.transactions.query<{ id: string }>('cold', {
      name: 'routing.reweigh-due',
      text: `SELECT id::text AS id FROM ${SCHEMA}.case_record WHERE reweigh_at <= ${ONE_NOW}
        ORDER BY reweigh_at LIMIT ${MOST_AT_ONCE}`,
      values: [],
    });
    for (const { id } of due) await this.reweighOne(BigInt(id));
    return due.length;
  }

  private async reweighOne(id: bigint): Promise<void> {
    try {
      await this.parts.transactions.run('hot', (tx) => this.reweighIn(tx, id));
    } catch (err) {
      this.parts.log.error({ err, caseId: id.toString() }, 'a priority could not be weighed anew');
      await this.putOff(id);
    }
  }

  private async reweighIn(tx: Parameters<CaseStore['lock']>[0], id: bigint): Promise<void> {
    const { cases, works, configs } = this.parts;
    const {
      cases: [routed],
      now,
    } = await cases.lock(tx, [id]);
    if (routed === undefined || now === undefined || routed.state === 'resolved' || routed.state === 'merged')
      return;
    const { current, contextOf } = await configs.load(tx, [routed]);
    const weighed = weighAgain(routed, { type: 'Woke' }, current, now);
    if (weighed.cause === 'too-early') return;
    const work = new CaseWork(now, contextOf);
    work.hear(routed, { kind: 'reweighed' });
    if (weighed.cause === 'pin-ended')
      work.tell(routed, { type: 'PriorityUnpinned', by: 'tocsin', facts: { cause: weighed.cause } });
    putWeighed(work, weighed, {});
    await works.save(tx, work);
  }

  private async putOff(id: bigint): Promise<void> {
    await this.parts.transactions.query('cold', {
      text: `UPDATE ${SCHEMA}.case_record SET reweigh_at = ${ONE_NOW} + make_interval(secs => $2) WHERE id = $1`,
      values: [id.toString(), PUT_OFF_SECONDS],
    });
  }
}
