import { promiseOf, type SlaClock } from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import { putWeighed, weighAgain } from '../reweigh-priority/weigh-case.js';
import type { RoutedCase } from '../routed-case.js';

/**
 * What the clocks of a case say is a fact that its priority may stand on: weighed in the transaction that moved them. A
 * changed priority is heard by the clocks in turn; what they tell can by that only become worse, so that it comes to
 * rest after two rounds more at most.
 */
export function weighPromise(work: CaseWork, before: RoutedCase, clocks: readonly SlaClock[]): void {
  const routed = work.latest(before);
  if (routed.state === 'resolved') return;
  const promise = promiseOf(clocks);
  if (promise === (routed.weighing?.facts.promise ?? '')) return;
  const { inForce } = work.contextOf(routed);
  const weighed = weighAgain(routed, { type: 'Promised', promise }, inForce, work.now);
  putWeighed(work, weighed, { facts: { promise } });
}
