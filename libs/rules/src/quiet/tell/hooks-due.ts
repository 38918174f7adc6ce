import type { Instant } from '@tocsin/contracts';
import { DAY_MS } from '../../on-call/zone-clock.js';
import { changeWindows, type WindowsChange } from './change-windows.js';
import type { MaintenanceHook } from './maintenance-hook.js';
import { nextHookAt, passTime } from './pass-time.js';
import type { ToldWindow, ToldWindows } from './told-windows.js';

/** What happened longer ago is not told any more: nobody can act on it, and a year of it would be a flood. */
const LONGEST_LATE_MS = DAY_MS;

/** What is to be told of a tenant's windows, and what has then been told. */
export interface HooksDue {
  /** In the order in which it happened. */
  readonly hooks: readonly MaintenanceHook[];
  readonly told: ToldWindows;
  /** How many are not told because they happened more than a day ago. */
  readonly missed: number;
  /** The instant from which the clock alone gives something to tell again; undefined when it never will. */
  readonly nextAt?: Instant | undefined;
}

/**
 * What has become of a tenant's maintenance windows since it was told last: the same whether it is asked for every
 * second or once after an outage. A clock that was set back says nothing twice: nothing is due until it has caught up,
 * unless it was ahead by more than a day.
 *
 * @param changes which windows came, went and were altered since then, in any order
 * @param now milliseconds since 1970
 */
export function hooksDue(told: ToldWindows, changes: readonly WindowsChange[], now: Instant): HooksDue {
  const begin = told.until - now > LONGEST_LATE_MS ? returned(told, now) : told;
  const to = Math.max(now, begin.until);
  let { until: at, windows, revision } = begin;
  const all: MaintenanceHook[] = [];
  const pass = (next: Instant): void => {
    const passed = Object.entries(windows).map(([id, known]) => [id, passTime(known, at, next)] as const);
    windows = Object.fromEntries(passed.map(([id, { known }]) => [id, known]));
    all.push(...passed.flatMap(([, { hooks }]) => hooks));
    at = next;
  };
  for (const change of changes.toSorted((a, b) => a.at - b.at)) {
    pass(Math.min(Math.max(change.at, at), to));
    const changed = changeWindows(windows, change, at);
    windows = changed.windows;
    all.push(...changed.hooks);
    if (change.kind === 'config') revision = change.revision;
  }
  pass(to);
  const hooks = all.filter((hook) => hook.at >= now - LONGEST_LATE_MS).toSorted((a, b) => a.at - b.at);
  const next = Object.values(windows).flatMap((known) => nextHookAt(known, to) ?? []);
  return {
    hooks,
    told: { until: to, revision, windows: present(windows, to) },
    missed: all.length - hooks.length,
    ...(next.length === 0 ? {} : { nextAt: Math.min(...next) }),
  };
}

/** The clock was far ahead and is right again: what it ran ahead to has not begun. */
const returned = ({ revision, windows }: ToldWindows, now: Instant): ToldWindows => ({
  ...{ until: now, revision },
  windows: Object.fromEntries(
    Object.entries(windows).map(([id, known]): [string, ToldWindow] => [
      id,
      known.running !== undefined && known.running.from > now ? { ...known, running: undefined } : known,
    ]),
  ),
});

/** Without the windows made at run time that can never be on again. */
const present = (windows: ToldWindows['windows'], at: Instant): ToldWindows['windows'] =>
  Object.fromEntries(
    Object.entries(windows).filter(
      ([, { window, running }]) =>
        window.id === undefined ||
        running !== undefined ||
        window.times.kind === 'weekly' ||
        window.times.until > at,
    ),
  );
