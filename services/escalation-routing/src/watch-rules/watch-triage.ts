import type { TicketEvent } from '@tocsin/contracts';
import { mayOpen, type Ticket, wouldGroup, wouldRoute } from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import { type CurrentConfig, watchedWeighing } from '../reweigh-priority/weigh-case.js';
import type { RoutedCase } from '../routed-case.js';

interface Heard {
  readonly event: TicketEvent;
  /** As it was before the event. */
  readonly before: Ticket;
}

/** What rules that only watch would have made of a case as it opens: its service and its priority. */
export function watchOpened(
  work: CaseWork,
  routed: RoutedCase,
  event: TicketEvent,
  current: CurrentConfig,
): void {
  const { weighing } = routed;
  const priorities = weighing === undefined ? [] : watchedWeighing(weighing, current, work.now);
  work.watched.add(routed, [...priorities, ...wouldRoute(event, current.config)], current.revision);
}

/** Where grouping rules that only watch would have put what may open a case. */
export function watchGrouping(
  work: CaseWork,
  routed: RoutedCase,
  heard: Heard,
  current: CurrentConfig,
): void {
  const { event, before } = heard;
  if (!mayOpen(event, before.caseId !== undefined)) return;
  work.watched.add(routed, wouldGroup(event, current.config), current.revision);
}
