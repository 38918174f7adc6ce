import { caseIdText } from '@tocsin/contracts';
import type { Gathering, Weighing } from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import { type CurrentConfig, putWeighed, weighAgain } from '../reweigh-priority/weigh-case.js';
import type { RoutedCase } from '../routed-case.js';

/** What a case has learnt from one that became part of it, to be forgotten when that is taken back. Plain JSON. */
export interface Learnt {
  readonly before: Weighing;
  readonly after: Weighing;
  readonly because: RoutedCase['because'];
}

/** Keeps what an act on tickets makes of a case. */
export function putGathering(work: CaseWork, routed: RoutedCase, { face, group, gathered }: Gathering): void {
  const latest = work.latest(routed);
  work.put({
    ...without(latest, 'gathered'),
    ...face,
    ...(latest.group === undefined ? {} : { group: { ...latest.group, ...group } }),
    ...(gathered === undefined ? {} : { gathered }),
  });
}

/** The case goes on as part of another, or, without one, as a case of its own again. */
export function putPartOf(work: CaseWork, routed: RoutedCase, into: bigint | undefined): void {
  work.put({
    ...without(work.latest(routed), 'joinedInto'),
    ...(into === undefined ? {} : { joinedInto: into }),
  });
}

/**
 * What was said of the tickets that come counts where they are: as of an event that comes late, it only raises.
 * @returns what may be forgotten again; nothing when it has made the case more urgent, which no undo takes back
 */
export function learnFrom(
  work: CaseWork,
  into: RoutedCase,
  merged: RoutedCase,
  { current, traceparent }: { readonly current: CurrentConfig; readonly traceparent?: string | undefined },
): Learnt | undefined {
  const latest = work.latest(into);
  const { weighing: before, because } = latest;
  if (merged.weighing === undefined || before === undefined) return undefined;
  const said = { type: 'Said', facts: merged.weighing.facts, newest: false } as const;
  const weighed = weighAgain(latest, said, current, work.now);
  putWeighed(work, weighed, { traceparent, facts: { merged: caseIdText(merged.id) } });
  const { weighing: after } = weighed.after;
  return weighed.changed || after === undefined ? undefined : { before, after, because };
}

/** Unless something has been learnt since. */
export function forget(work: CaseWork, into: RoutedCase, learnt: Learnt | undefined): void {
  const latest = work.latest(into);
  if (learnt === undefined || JSON.stringify(latest.weighing) !== JSON.stringify(learnt.after)) return;
  work.put({ ...latest, weighing: learnt.before, because: learnt.because });
}

function without(routed: RoutedCase, member: 'gathered' | 'joinedInto'): RoutedCase {
  const kept: { -readonly [K in keyof RoutedCase]: RoutedCase[K] } = { ...routed };
  delete kept[member];
  return kept;
}
