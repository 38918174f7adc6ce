import type { Config, Priority } from '@tocsin/contracts';
import { configWindows } from '../quiet/config-windows.js';
import type { QuietWindow } from '../quiet/quiet-window.js';
import { spansIn } from '../quiet/window-times.js';
import { type IntervalSet, type Span, union } from './interval-set.js';

/** Which cases, and when. */
export interface AskedSilence {
  readonly service: string;
  readonly priority: Priority;
  readonly span: Span;
}

/**
 * When windows surely hush every case of a service and priority. One that means only some of them (by market, source
 * or condition, or urgent safety being exempt from it) is none: the others must be paged.
 *
 * @param made windows that were made at run time, beside those of the config
 */
export const plannedSilence = (
  config: Config,
  made: readonly QuietWindow[],
  { service, priority, span }: AskedSilence,
): IntervalSet =>
  union(
    [...configWindows(config), ...made]
      .filter((window) => meansAll(window, service, priority))
      .flatMap(({ times }) => spansIn(times, span)),
  );

/** Whether a window surely hushes every case of a service and priority while it is on. */
export function meansAll({ scope, safety }: QuietWindow, service: string, priority: Priority): boolean {
  const { services, markets, sources, when } = scope;
  if (markets !== undefined || sources !== undefined || when !== undefined) return false;
  return services?.includes(service) !== false && (safety === 'muted' || priority !== 'P1');
}
