import type { Config, QuietScope } from '@tocsin/contracts';
import type { TimeSpan } from '../on-call/on-call-shift.js';
import { HOUR_MS } from '../on-call/zone-clock.js';
import { configWindows } from '../quiet/config-windows.js';
import type { QuietWindow } from '../quiet/quiet-window.js';
import { spanFrom, spansIn } from '../quiet/window-times.js';

/** A maintenance window that a change of config adds, removes or alters. */
export interface WindowChange {
  readonly name: string;
  /** Whom it hushes: of the new window, else of the one that goes. */
  readonly scope: QuietScope;
  /** Hours in the span of the plan; 0 where there is none. */
  readonly before: number;
  readonly after: number;
  /** When it is on next, from the plan's beginning on. */
  readonly next?: TimeSpan | undefined;
}

/** The windows that differ, by name, the new ones first in their order. */
export function windowChanges(before: Config, after: Config, span: TimeSpan): WindowChange[] {
  const [old, next] = [configWindows(before), configWindows(after)];
  const names = [...new Set([...next, ...old].map(({ name }) => name))];
  return names.flatMap((name) => {
    const [was, is] = [old, next].map((windows) => windows.find((window) => window.name === name));
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [changeOf(name, was, is, span)];
  });
}

function changeOf(
  name: string,
  was: QuietWindow | undefined,
  is: QuietWindow | undefined,
  span: TimeSpan,
): WindowChange {
  const next = is === undefined ? undefined : spanFrom(is.times, span.from);
  return {
    name,
    scope: (is ?? was)?.scope ?? {},
    before: hoursIn(was, span),
    after: hoursIn(is, span),
    ...(next === undefined ? {} : { next }),
  };
}

function hoursIn(window: QuietWindow | undefined, { from, until }: TimeSpan): number {
  const spans = window === undefined ? [] : spansIn(window.times, { from, until });
  const ms = spans.reduce((sum, s) => sum + Math.min(s.until, until) - Math.max(s.from, from), 0);
  return Math.round((ms / HOUR_MS) * 10) / 10;
}
