import type { Config, Instant } from '@tocsin/contracts';
import type { CaseFacts } from '../conditions/case-facts.js';
import { quietAt, windowsFor } from './quiet-at.js';
import { type OpenParent, quietByParent } from './quiet-by-parent.js';
import type { Quiet, QuietWindow } from './quiet-window.js';

/** What may keep a case quiet. */
export interface HushedCase {
  /** The source that has said that it is over. */
  readonly resolving?: { readonly by: string } | undefined;
  readonly closeAt?: Instant | undefined;
  readonly facts: CaseFacts;
}

/** What is in force, whatever the case has pinned. */
export interface QuietTimes {
  readonly windows: readonly QuietWindow[];
  readonly parents: readonly OpenParent[];
  readonly config: Pick<Config, 'taxonomy' | 'services'>;
}

/** Milliseconds after which a case that should have closed by now is looked at again. */
const CLOSING_LATE = 5000;

/** What keeps a case quiet at an instant: that its source has said that it is over, a window, or an open parent. */
export function quietOfCase(
  { resolving, closeAt = 0, facts }: HushedCase,
  { windows, parents, config }: QuietTimes,
  at: Instant,
): Quiet | undefined {
  // Nobody is paged for what is over; the case closes by its own due time.
  if (resolving !== undefined)
    return { by: { kind: 'resolving', name: resolving.by }, until: Math.max(closeAt, at + CLOSING_LATE) };
  const inWindow =
    windows.length === 0 ? undefined : quietAt(windowsFor(windows, facts, config.taxonomy), at);
  return inWindow ?? quietByParent(facts, parents, config.services, at);
}
