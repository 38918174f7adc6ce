import type { Instant, Priority } from '@tocsin/contracts';
import { after } from '../escalation/timing.js';
import type { Happening, Stimulus } from '../simulate/happening.js';

/** What one test saw of its world. */
export interface Seen {
  readonly start: Instant;
  readonly stimuli: readonly Stimulus[];
  readonly happenings: readonly Happening[];
}

export type Page = Happening & { readonly type: 'paged' };

/** «The case» at a time of the test: that of the latest event. */
interface CaseSeen {
  readonly priority: Priority;
  readonly service: string | undefined;
  readonly pages: readonly Page[];
}

/** @param seconds after the start of the test */
export function caseAt(seconds: number, { start, stimuli, happenings }: Seen): CaseSeen | undefined {
  const now = after(start, seconds);
  const event = stimuli.findLast(({ at, act }) => at <= now && act.type === 'event')?.act;
  if (event?.type !== 'event') return undefined;
  const past = happenings.filter(({ at }) => at <= now);
  const opened = past.findLast(
    (one): one is Happening & { type: 'opened' } =>
      one.type === 'opened' && one.case.startsWith(`${event.event.ticketKey}#`),
  );
  if (opened === undefined) return undefined;
  const own = past.filter((one) => one.case === opened.case);
  const raised = own.findLast((one): one is Happening & { type: 'raised' } => one.type === 'raised');
  return {
    priority: raised?.priority ?? opened.priority,
    service: opened.service,
    pages: own.filter((one): one is Page => one.type === 'paged'),
  };
}
