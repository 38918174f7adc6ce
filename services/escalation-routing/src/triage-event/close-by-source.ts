import type { Config } from '@tocsin/contracts';
import { closesAfterResolve, closingOf, inactiveAt, reopens } from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import { neverClosing, type RoutedCase } from '../routed-case.js';
import { type CausedEvent, eventFacts } from './told-by-event.js';

/** How the cases of one batch end and come back by what their sources say. */
export class CloseBySource {
  constructor(
    private readonly work: CaseWork,
    private readonly config: Config,
  ) {}

  /** With the time at which it will be looked at whether anybody still cares. */
  watched(before: RoutedCase): RoutedCase {
    const routed = neverClosing(before);
    const closeAt = inactiveAt(closingOf(this.config, routed.service), this.work.now);
    return closeAt === undefined ? routed : { ...routed, closeAt };
  }

  /** Whether what is raised again belongs to this case, with its history and its clocks. */
  returns({ state, service, resolvedAt }: RoutedCase): boolean {
    return state === 'resolved' && reopens(closingOf(this.config, service), resolvedAt, this.work.now);
  }

  /**
   * The source has said that it is over: at once, or after a grace in which nobody is paged any more.
   * @returns whether it had said so before; the grace does not begin anew then
   */
  close({ event, traceparent }: CausedEvent, routed: RoutedCase): boolean {
    const { now } = this.work;
    const closeAt = closesAfterResolve(closingOf(this.config, routed.service), now);
    if (closeAt === undefined)
      this.work.act(
        routed,
        { type: 'Resolved', by: event.source },
        { traceparent, facts: eventFacts(event) },
      );
    else if (routed.resolving !== undefined) return true;
    else {
      const resolving = { by: event.source, since: now, eventId: event.id };
      const waiting = this.work.put({ ...routed, resolving, closeAt });
      const facts = { ...eventFacts(event), closesAt: closeAt };
      this.work.tell(waiting, { type: 'ResolveAwaited', by: event.source, facts, traceparent });
      this.work.act(waiting, { type: 'QuietChanged' }, { traceparent });
    }
    return false;
  }

  /** What was over is not: whoever was to be paged is paged at once. */
  withdraw({ event, traceparent }: CausedEvent, routed: RoutedCase): RoutedCase {
    const { resolving } = routed;
    if (resolving === undefined) return routed;
    const open = this.work.put(this.watched(routed));
    const facts = { ...eventFacts(event), since: resolving.since };
    this.work.tell(open, { type: 'ResolveWithdrawn', by: event.source, facts, traceparent });
    this.work.act(open, { type: 'QuietChanged' }, { traceparent });
    return this.work.latest(open);
  }
}
