import type { Config } from '@tocsin/contracts';
import { HOUR_MS } from '../on-call/zone-clock.js';
import { configWindows } from '../quiet/config-windows.js';
import type { QuietWindow } from '../quiet/quiet-window.js';
import { spansIn } from '../quiet/window-times.js';
import { type Span, union, within } from './interval-set.js';
import { type AskedSilence, meansAll } from './planned-silence.js';

/** What a window hushes of a service's cases of one priority. */
export interface HushedHours {
  readonly name: string;
  /** Of a window made at run time. */
  readonly id?: string | undefined;
  /** Every case of them; all but urgent safety; or only those of some markets, sources or a condition. */
  readonly means: 'all' | 'all-but-safety' | 'some';
  /** Hours of the span, to a tenth. */
  readonly hours: number;
  /** The first stretch that meets the span. */
  readonly first: Span;
}

/**
 * The windows that hush cases of a service and priority within a span, those of the config first. What a proof says of
 * every instant does not hold for these cases in these hours.
 *
 * @param made windows that were made at run time
 */
export const hushedHours = (
  config: Config,
  made: readonly QuietWindow[],
  { service, priority, span }: AskedSilence,
): HushedHours[] =>
  [...configWindows(config), ...made].flatMap((window): HushedHours[] => {
    const { name, id, scope, times } = window;
    const [first, ...more] =
      scope.services?.includes(service) === false ? [] : within(union(spansIn(times, span)), span);
    if (first === undefined) return [];
    const ms = [first, ...more].reduce((sum, { from, until }) => sum + until - from, 0);
    const means = meansAll(window, service, priority) ? 'all' : isNarrow(window) ? 'some' : 'all-but-safety';
    const hours = Math.round((ms / HOUR_MS) * 10) / 10;
    return [{ name, ...(id === undefined ? {} : { id }), means, hours, first }];
  });

const isNarrow = ({ scope: { markets, sources, when } }: QuietWindow): boolean =>
  markets !== undefined || sources !== undefined || when !== undefined;
