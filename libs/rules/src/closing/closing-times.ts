import type { Closing, Config, Instant } from '@tocsin/contracts';
import { own } from '../own.js';
import type { EscalationCase } from '../escalation/escalation-case.js';

/** How the cases of a service end and come back: what it does not say of it, the tree says. */
export function closingOf({ closing, services }: Config, service: string | undefined): Closing {
  const theirs = service === undefined ? undefined : own(services, service)?.closing;
  return { ...closing, ...theirs };
}

/** When a case closes whose source has just said that all is over; undefined: at once. */
export const closesAfterResolve = (times: Closing, now: Instant): Instant | undefined =>
  times['resolve-after'] === undefined ? undefined : now + times['resolve-after'] * 1000;

/** Whether a case that was resolved then is opened again by its source, instead of a new one. */
export const reopens = (times: Closing, resolvedAt: Instant | undefined, now: Instant): boolean =>
  times['reopen-within'] !== undefined &&
  resolvedAt !== undefined &&
  now < resolvedAt + times['reopen-within'] * 1000;

/** When to look whether a case has been forgotten; undefined: never. */
export const inactiveAt = (times: Closing, heardAt: Instant): Instant | undefined =>
  times.inactive === undefined ? undefined : heardAt + times.inactive * 1000;

/** Nobody is being paged: somebody has the case, or it never escalated. */
const AT_REST: readonly EscalationCase['status'][] = ['acknowledged', 'none'];

/**
 * Whether nobody has said anything of a case for so long that it is closed. One for which somebody is being paged, or
 * will be, is not forgotten: it is looked at again later.
 *
 * @param heardAt when anybody last said anything
 * @returns `close`, when to look again, or undefined: never
 */
export function closeIfInactive(
  times: Closing,
  { status }: Pick<EscalationCase, 'status'>,
  heardAt: Instant,
  now: Instant,
): 'close' | Instant | undefined {
  const at = inactiveAt(times, heardAt);
  if (at === undefined || at > now) return at;
  return AT_REST.includes(status) ? 'close' : inactiveAt(times, now);
}
