import { CaseView, type EngineInput, isoOf } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import type { Pin, WeighInput, WeighRefusal } from '@tocsin/rules';
import { viewOf } from '../case-view.js';
import type { CaseStore } from '../case.store.js';
import type { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import { type CaseWanted, type ClosedTo, openCase } from '../open-case.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { KeptAnswerStore, RequestKey } from '../respond-to-case/kept-answer.store.js';
import type { RoutedCase } from '../routed-case.js';
import { putWeighed, weighAgain } from './weigh-case.js';

/** A person's wish for the priority of a case; without `pin` the one that is pinned is freed. */
export interface PinRequest extends CaseWanted {
  readonly by: string;
  readonly pin?: Omit<Pin, 'at' | 'by'> | undefined;
  readonly key?: RequestKey | undefined;
  readonly traceparent?: string | undefined;
}

/** Why nothing has changed. */
export type PinRefusal =
  | WeighRefusal
  | ClosedTo
  | { readonly reason: 'already-resolved' | 'merged' | 'other-request' };

export type PinResult =
  | { readonly ok: true; readonly view: CaseView }
  | { readonly ok: false; readonly refused: PinRefusal };

interface PinParts {
  readonly transactions: Transactions;
  readonly cases: CaseStore;
  readonly works: CaseWorkStore;
  readonly configs: PinnedConfigs;
  readonly kept: KeptAnswerStore;
}

const refuse = (refused: PinRefusal): PinResult => ({ ok: false, refused });

/** Lets people pin the priority of a case, and free it again. */
export class PinPriority {
  constructor(private readonly parts: PinParts) {}

  /** With a key the second identical request gets the first one's answer; a refusal is not kept. */
  pin(request: PinRequest): Promise<PinResult> {
    const { kept, transactions } = this.parts;
    const { key } = request;
    return transactions.run('hot', async (tx) => {
      const before = key === undefined ? undefined : await kept.take(tx, key);
      if (before === 'other-request') return refuse({ reason: 'other-request' });
      if (before !== undefined) return { ok: true, view: CaseView.parse(JSON.parse(before.answer)) };
      const result = await this.pinIn(tx, request);
      if (result.ok && key !== undefined)
        await kept.keep(tx, key, { status: 200, answer: JSON.stringify(result.view) });
      return result;
    });
  }

  private async pinIn(tx: Tx, request: PinRequest): Promise<PinResult> {
    const opened = await openCase(tx, this.parts, request);
    if ('refused' in opened) return refuse(opened.refused);
    const { routed, work, configs } = opened;
    if (routed.state === 'resolved') return refuse({ reason: 'already-resolved' });
    if (routed.state === 'merged') return refuse({ reason: 'merged' });
    const weighed = weighAgain(routed, inputOf(request), configs.current, work.now);
    work.hear(routed, recordedPin(request));
    if (weighed.refused !== undefined) {
      work.record.refused(routed.id, weighed.refused.reason);
      await this.parts.works.save(tx, work);
      return refuse(weighed.refused);
    }
    tellPin(work, routed, request);
    putWeighed(work, weighed, { traceparent: request.traceparent, facts: { asked: request.by } });
    await this.parts.works.save(tx, work);
    return { ok: true, view: viewOf(work.latest(routed)) };
  }
}

const inputOf = ({ by, pin }: PinRequest): WeighInput =>
  pin === undefined ? { type: 'Unpinned' } : { type: 'Pinned', pin: { ...pin, by } };

/** The reason is somebody's own words and decides nothing. */
function recordedPin({ by, pin }: PinRequest): EngineInput {
  if (pin === undefined) return { kind: 'unpinned', by };
  const { priority, until } = pin;
  return { kind: 'pinned', by, priority, ...(until === undefined ? {} : { until }) };
}

function tellPin(work: CaseWork, routed: RoutedCase, { by, pin, traceparent }: PinRequest): void {
  if (pin === undefined)
    return work.tell(routed, { type: 'PriorityUnpinned', by, facts: { cause: 'unpinned' }, traceparent });
  const { priority, reason, until } = pin;
  const facts = { priority, reason, ...(until === undefined ? {} : { until: isoOf(until) }) };
  work.tell(routed, { type: 'PriorityPinned', by, facts, traceparent });
}
