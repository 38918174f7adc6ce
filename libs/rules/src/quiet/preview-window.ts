import type { Config, Instant } from '@tocsin/contracts';
import type { CaseFacts } from '../conditions/case-facts.js';
import type { TimeSpan } from '../on-call/on-call-shift.js';
import { WEEK_MS } from '../on-call/zone-clock.js';
import { inScope, isSafety } from './in-scope.js';
import type { QuietWindow } from './quiet-window.js';
import { spanAt } from './window-times.js';

/** A case as it opened. */
export interface PastCase {
  readonly facts: CaseFacts;
  readonly openedAt: Instant;
}

/** What a window would have done to a case. */
export type WindowVerdict = 'out-of-scope' | 'at-another-time' | 'hushed' | 'exempt';

/**
 * What a window would have done to cases of the past, had it come back every week: a planned window has no past of its
 * own, and the same weekday and hours are the best likeness of it.
 */
export function previewWindow(
  window: QuietWindow,
  cases: readonly PastCase[],
  taxonomy: Config['taxonomy'],
): WindowVerdict[] {
  return cases.map(({ facts, openedAt }) => {
    if (!inScope(window.scope, facts)) return 'out-of-scope';
    if (!wasOn(window.times, openedAt)) return 'at-another-time';
    return window.safety === 'exempt' && isSafety(facts, taxonomy) ? 'exempt' : 'hushed';
  });
}

function wasOn(times: QuietWindow['times'], at: Instant): boolean {
  if (times.kind === 'once') return weeksBack(times, at);
  return spanAt({ ...times, since: undefined, until: undefined }, at) !== undefined;
}

/** Whether a stretch moved by whole weeks holds an instant. */
function weeksBack({ from, until }: TimeSpan, at: Instant): boolean {
  const sinceBeginning = (((at - from) % WEEK_MS) + WEEK_MS) % WEEK_MS;
  return sinceBeginning < until - from;
}
