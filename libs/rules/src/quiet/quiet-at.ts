import type { Config, Instant } from '@tocsin/contracts';
import type { CaseFacts } from '../conditions/case-facts.js';
import { inScope, isSafety } from './in-scope.js';
import type { Quiet, QuietWindow } from './quiet-window.js';
import { spanAt } from './window-times.js';

/** Windows that follow each other without a gap are one silence; longer chains are looked at again where this ends. */
const MOST_IN_A_ROW = 32;

/** The windows that mean a case, whatever the time. */
export function windowsFor(
  windows: readonly QuietWindow[],
  facts: CaseFacts,
  taxonomy: Config['taxonomy'],
): readonly QuietWindow[] {
  const safety = isSafety(facts, taxonomy);
  return windows.filter((w) => (w.safety === 'muted' || !safety) && inScope(w.scope, facts));
}

/**
 * Whether windows hush a case at an instant, by which, and until when. Windows that overlap or touch are one silence:
 * nobody is paged between them.
 *
 * @param windows those that mean the case
 */
export function quietAt(windows: readonly QuietWindow[], at: Instant): Quiet | undefined {
  const first = longestAt(windows, at);
  if (first === undefined) return undefined;
  let { until } = first;
  for (let next = longestAt(windows, until), n = 1; next !== undefined && n < MOST_IN_A_ROW; n += 1) {
    ({ until } = next);
    next = longestAt(windows, until);
  }
  const { name, id } = first.window;
  return { by: { kind: 'window', name, ...(id === undefined ? {} : { id }) }, until };
}

function longestAt(
  windows: readonly QuietWindow[],
  at: Instant,
): { readonly window: QuietWindow; readonly until: Instant } | undefined {
  let longest: { window: QuietWindow; until: Instant } | undefined;
  for (const window of windows) {
    const span = spanAt(window.times, at);
    if (span !== undefined && (longest === undefined || span.until > longest.until))
      longest = { window, until: span.until };
  }
  return longest;
}
