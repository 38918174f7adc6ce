import type { Transactions, Tx } from '@tocsin/event-log';
import { closeIfInactive, closingOf } from '@tocsin/rules';
import { type Host, RepeatedLoop } from '@tocsin/runtime';
import { PUT_OFF_SECONDS } from '../advance-due/advance-each.js';
import type { CaseStore } from '../case.store.js';
import { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import { SCHEMA } from '../escalation-routing.migration.js';
import { ONE_NOW } from '../json-rows.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import { neverClosing, type RoutedCase } from '../routed-case.js';
import type { TimelineStore } from '../timeline.store.js';

const EVERY_MS = 1000;
const MOST_AT_ONCE = 200;

interface CloseParts {
  readonly transactions: Transactions;
  readonly cases: CaseStore;
  readonly works: CaseWorkStore;
  readonly configs: PinnedConfigs;
  readonly timeline: TimelineStore;
  readonly log: Host['log'];
}

/**
 * Closes cases whose source has said that it is over and was not contradicted, and those that everybody has forgotten.
 * The time stands on the case, so it outlives every process; every instance looks each second, none leads. Two that find
 * the same case take its lock one after the other, and the second sees that nothing is due.
 */
export class CloseDue extends RepeatedLoop {
  readonly name = 'close due cases';

  constructor(private readonly parts: CloseParts) {
    super({ everyMs: EVERY_MS, log: parts.log, failed: 'due cases could not be closed, trying again' });
  }

  protected round(): Promise<unknown> {
    return this.close();
  }

  /** @returns how many cases were due */
  async close(): Promise<number> {
    const due = await this.parts.transactions.query<{ id: string }>('cold', {
      name: 'routing.close-due',
      text: `SELECT id::text AS id FROM ${SCHEMA}.case_record WHERE close_at <= ${ONE_NOW} AND state <> 'merged'
        ORDER BY close_at LIMIT ${MOST_AT_ONCE}`,
      values: [],
    });
    for (const { id } of due) await this.closeOne(BigInt(id));
    return due.length;
  }

  private async closeOne(id: bigint): Promise<void> {
    try {
      await this.parts.transactions.run('hot', (tx) => this.closeIn(tx, id));
    } catch (err) {
      this.parts.log.error({ err, caseId: id.toString() }, 'a case could not be closed');
      await this.putOff(id);
    }
  }

  private async closeIn(tx: Tx, id: bigint): Promise<void> {
    const { cases, works, configs } = this.parts;
    const {
      cases: [routed],
      now,
    } = await cases.lock(tx, [id]);
    if (routed?.closeAt === undefined || now === undefined || routed.closeAt > now) return;
    if (routed.state === 'merged') return;
    const { current, contextOf } = await configs.load(tx, [routed]);
    const work = new CaseWork(now, contextOf);
    work.hear(routed, { kind: 'closing-looked' });
    if (routed.resolving === undefined)
      await this.closeForgotten(work, routed, closingOf(current.config, routed.service));
    else {
      const { by, eventId, since } = routed.resolving;
      work.act(
        routed,
        { type: 'Resolved', by },
        { facts: { eventId, since, reason: 'grace.over' }, follows: true },
      );
    }
    await works.save(tx, work);
  }

  /** Whoever said something since the time was set has put it off; what Tocsin itself told has not. */
  private async closeForgotten(
    work: CaseWork,
    routed: RoutedCase,
    times: Parameters<typeof closeIfInactive>[0],
  ): Promise<void> {
    const told = await this.parts.timeline.read(routed);
    const last = told.findLast(({ by }) => by !== 'tocsin');
    const heardAt = last === undefined ? routed.openedAt : Date.parse(last.at);
    work.record.come(routed.id, { heardAt });
    const decided = closeIfInactive(times, routed.escalation, heardAt, work.now);
    if (decided === 'close')
      work.act(
        routed,
        { type: 'Resolved', by: 'tocsin' },
        { facts: { reason: 'inactive', heardAt }, follows: true },
      );
    else {
      const rest = neverClosing(routed);
      work.put(decided === undefined ? rest : { ...rest, closeAt: decided });
    }
  }

  private async putOff(id: bigint): Promise<void> {
    await this.parts.transactions.query('cold', {
      text: `UPDATE ${SCHEMA}.case_record SET close_at = ${ONE_NOW} + make_interval(secs => $2) WHERE id = $1`,
      values: [id.toString(), PUT_OFF_SECONDS],
    });
  }
}
