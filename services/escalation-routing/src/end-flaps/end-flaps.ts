import type { Transactions, Tx } from '@tocsin/event-log';
import { type CaseGroup, calmed, calmReason, isCalm } from '@tocsin/rules';
import { type Host, RepeatedLoop } from '@tocsin/runtime';
import type { CaseStore } from '../case.store.js';
import { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import { SCHEMA } from '../escalation-routing.migration.js';
import { ONE_NOW } from '../json-rows.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { RoutedCase } from '../routed-case.js';

const EVERY_MS = 1000;
const MOST_AT_ONCE = 200;

/** Seconds for which a case whose flap state cannot be ended is put off, so that it cannot hold up the others. */
const PUT_OFF_SECONDS = 30;

export interface EndFlapsParts {
  readonly transactions: Transactions;
  readonly cases: CaseStore;
  readonly works: CaseWorkStore;
  readonly configs: PinnedConfigs;
  readonly log: Host['log'];
}

/**
 * Ends flap states whose calm has come. A case of which everything is cleared by then is resolved; one that is wrong
 * stays open as it is. Two instances that find the same case take its lock one after the other, and the second sees
 * that nothing is due.
 */
export class EndFlaps extends RepeatedLoop {
  readonly name = 'end flap states';

  constructor(private readonly parts: EndFlapsParts) {
    super({ everyMs: EVERY_MS, log: parts.log, failed: 'flap states could not be ended, trying again' });
  }

  protected round(): Promise<unknown> {
    return this.end();
  }

  /** @returns how many cases were due */
  async end(): Promise<number> {
    const due = await this.parts.transactions.query<{ id: string }>('cold', {
      name: 'routing.calm-cases',
      text: `SELECT id::text AS id FROM ${SCHEMA}.case_record WHERE calm_at <= ${ONE_NOW} AND state <> 'merged'
        ORDER BY calm_at LIMIT ${MOST_AT_ONCE}`,
      values: [],
    });
    for (const { id } of due) await this.endOne(BigInt(id));
    return due.length;
  }

  private async endOne(id: bigint): Promise<void> {
    try {
      await this.parts.transactions.run('hot', (tx) => this.endIn(tx, id));
    } catch (err) {
      this.parts.log.error({ err, caseId: id.toString() }, 'a flap state could not be ended');
      await this.putOff(id);
    }
  }

  private async endIn(tx: Tx, id: bigint): Promise<void> {
    const { cases, works, configs } = this.parts;
    const {
      cases: [routed],
      now,
    } = await cases.lock(tx, [id]);
    const { group } = routed ?? {};
    if (routed === undefined || now === undefined || group === undefined || !isCalm(group, now)) return;
    if (routed.state === 'merged') return;
    const { contextOf } = await configs.load(tx, [routed]);
    const work = new CaseWork(now, contextOf);
    work.hear(routed, { kind: 'calmed' });
    endFlap(work, routed, group);
    await works.save(tx, work);
  }

  private async putOff(id: bigint): Promise<void> {
    await this.parts.transactions.query('cold', {
      text: `UPDATE ${SCHEMA}.case_record SET calm_at = ${ONE_NOW} + make_interval(secs => $2) WHERE id = $1`,
      values: [id.toString(), PUT_OFF_SECONDS],
    });
  }
}

function endFlap(work: CaseWork, routed: RoutedCase, group: CaseGroup): void {
  const { flapping, calm = 0 } = group;
  const over = routed.state === 'resolved';
  const cleared = !over && group.open <= 0;
  const because = calmReason(over ? 'calmClosed' : cleared ? 'calmResolved' : 'calm', calm);
  const after = work.put({ ...routed, group: calmed(group) });
  const facts = { rule: group.rule, because, since: flapping?.since };
  work.tell(after, { type: 'FlapEnded', by: 'tocsin', facts });
  if (cleared) work.act(after, { type: 'Resolved', by: 'tocsin' }, { facts: { because }, follows: true });
}
