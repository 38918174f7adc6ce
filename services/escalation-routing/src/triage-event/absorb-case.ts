import { caseIdText, type Texts, type TicketEvent } from '@tocsin/contracts';
import { EMPTY_FACTS, joinedGroups } from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import { type CurrentConfig, putWeighed, weighAgain } from '../reweigh-priority/weigh-case.js';
import type { RoutedCase } from '../routed-case.js';

interface Bridge {
  readonly event: TicketEvent;
  readonly because: Texts;
  readonly traceparent?: string | undefined;
}

/**
 * Two cases were one all along. `into` goes on as it is, with its pages, its owner and its clocks: nobody is paged a
 * second time. The other ends, its pages stop, and its tickets go on with `into`, which is never less urgent.
 */
export function absorbCase(
  work: CaseWork,
  into: RoutedCase,
  absorbed: RoutedCase,
  { current, bridge }: { readonly current: CurrentConfig; readonly bridge: Bridge },
): void {
  const { event, because, traceparent } = bridge;
  const facts = { eventId: event.id, because };
  const { group } = absorbed;
  const joinedInto = caseIdText(into.id);
  work.act(absorbed, { type: 'Resolved', by: 'tocsin' }, { traceparent, facts: { ...facts, joinedInto } });
  work.put({
    ...work.latest(absorbed),
    joinedInto: into.id,
    ...(group === undefined ? {} : { group: { ...group, flapping: undefined } }),
  });
  const merged = work.put({
    ...into,
    events: into.events + absorbed.events,
    ...(into.group === undefined || group === undefined ? {} : { group: joinedGroups(into.group, group) }),
  });
  const told = { ...facts, case: caseIdText(absorbed.id), events: absorbed.events, tickets: group?.tickets };
  work.tell(merged, { type: 'CaseJoined', by: 'tocsin', facts: told, traceparent });
  if (absorbed.weighing === undefined) return;
  // A weighing that was kept before a fact was known lacks it.
  const known = { ...EMPTY_FACTS, ...absorbed.weighing.facts };
  const said = { type: 'Said', facts: known, newest: false } as const;
  putWeighed(work, weighAgain(merged, said, current, work.now), { traceparent, facts });
}
