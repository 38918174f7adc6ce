import type { Instant } from '@tocsin/contracts';
import { spanAt, spanFrom } from '../window-times.js';
import type { MaintenanceHook } from './maintenance-hook.js';
import type { ToldWindow } from './told-windows.js';

const SCHEDULE = { kind: 'schedule' } as const;

/**
 * What the clock alone makes of a window between two instants, the second included: it starts and ends. Stretches that
 * touch or overlap are one silence, and one occurrence.
 */
export function passTime(
  known: ToldWindow,
  from: Instant,
  to: Instant,
): { readonly known: ToldWindow; readonly hooks: readonly MaintenanceHook[] } {
  const { window } = known;
  const hooks: MaintenanceHook[] = [];
  let { running } = known;
  for (let at = from; known.over !== true; ) {
    if (running === undefined) {
      const next = spanFrom(window.times, at);
      if (next === undefined || next.from > to) break;
      at = Math.max(at, next.from);
      running = { from: at, until: next.until };
      hooks.push({ type: 'Started', window, at, cause: SCHEDULE, occurrence: running });
    } else {
      if (running.until > to) break;
      at = running.until;
      const on = spanAt(window.times, at);
      if (on !== undefined) {
        running = { from: running.from, until: on.until };
      } else {
        hooks.push({ type: 'Ended', window, at, cause: SCHEDULE, occurrence: running, early: false });
        running = undefined;
      }
    }
  }
  return { known: { ...known, running }, hooks };
}

/** When the clock will next make something of a window; undefined when it never will. */
export function nextHookAt({ window, running, over }: ToldWindow, after: Instant): Instant | undefined {
  if (over === true) return undefined;
  return running?.until ?? spanFrom(window.times, after)?.from;
}
