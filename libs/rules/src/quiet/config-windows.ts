import type { Config, MaintenanceRule, QuietScope } from '@tocsin/contracts';
import { DAY_MS } from '../on-call/zone-clock.js';
import { isLive } from '../watched/rule-mode.js';
import type { QuietWindow } from './quiet-window.js';
import { weekdayOf } from './window-times.js';

/** The windows that stand in the config and hush, in their order. */
export const configWindows = ({ maintenance }: Config): readonly QuietWindow[] =>
  maintenance.filter(isLive).map(windowOfRule);

/** One day is a week of which only that day comes. */
export function windowOfRule(rule: MaintenanceRule): QuietWindow {
  const { name, safety, on, every, timeZone, from, for: lasts, since = on, until = on } = rule;
  const days = on === undefined ? (every ?? []) : [weekdayOf(Math.floor(Date.parse(on) / DAY_MS))];
  return {
    name,
    safety,
    scope: scopeOf(rule),
    times: { kind: 'weekly', timeZone, days, from, lasts, since, until },
  };
}

/** What was given of a scope, and nothing else. */
export const scopeOf = ({ services, markets, sources, when }: QuietScope): QuietScope => ({
  ...(services === undefined ? {} : { services }),
  ...(markets === undefined ? {} : { markets }),
  ...(sources === undefined ? {} : { sources }),
  ...(when === undefined ? {} : { when }),
});
