import type { Instant, MaintenanceCause } from '@tocsin/contracts';
import type { TimeSpan } from '../../on-call/on-call-shift.js';
import type { QuietWindow } from '../quiet-window.js';
import { spanAt, spanFrom } from '../window-times.js';
import type { MaintenanceHook } from './maintenance-hook.js';
import { type ToldWindow, windowIdOf } from './told-windows.js';

/** Something that changes which windows there are, at its instant. */
export type WindowsChange =
  /** The windows of a config that comes into force: those of the one before are no more. */
  | {
      readonly kind: 'config';
      readonly at: Instant;
      readonly revision: number;
      readonly windows: readonly QuietWindow[];
    }
  /** A window made at run time. */
  | {
      readonly kind: 'recorded';
      readonly at: Instant;
      readonly window: QuietWindow;
      readonly by: string;
      readonly reason?: string | undefined;
    }
  /** One made at run time is ended before its time, or cancelled. */
  | {
      readonly kind: 'stopped';
      readonly at: Instant;
      readonly id: string;
      readonly as: 'ended' | 'cancelled';
      readonly by: string;
    };

type Known = Readonly<Record<string, ToldWindow>>;

interface Changed {
  readonly windows: Known;
  readonly hooks: readonly MaintenanceHook[];
}

interface Moment {
  readonly at: Instant;
  readonly cause: MaintenanceCause;
}

/** What a change makes of the windows, all of which the clock has brought to its instant before. */
export function changeWindows(known: Known, change: WindowsChange, at: Instant): Changed {
  const { kind } = change;
  if (kind === 'config') return adoptConfig(known, change, at);
  const { by } = change;
  if (kind === 'recorded') {
    const { window, reason } = change;
    const cause = { kind: 'person', by, ...(reason === undefined ? {} : { reason }) } as const;
    const { told, hooks } = begin(window, { at, cause });
    return { windows: { ...known, [windowIdOf(window)]: told }, hooks };
  }
  const stopped = known[change.id];
  if (stopped === undefined || stopped.over === true) return { windows: known, hooks: [] };
  const { window } = stopped;
  const moment: Moment = { at, cause: { kind: 'person', by } };
  const hooks: MaintenanceHook[] =
    change.as === 'cancelled' ? [{ type: 'Cancelled', window, ...moment }] : cutShort(stopped, moment);
  return { windows: { ...known, [change.id]: { window, over: true } }, hooks };
}

function adoptConfig(
  known: Known,
  { revision, windows }: Extract<WindowsChange, { kind: 'config' }>,
  at: Instant,
): Changed {
  const moment: Moment = { at, cause: { kind: 'config', revision } };
  const beside = Object.entries(known).filter(([, { window }]) => window.id !== undefined);
  const next = Object.fromEntries<ToldWindow>(beside);
  const hooks: MaintenanceHook[] = [];
  for (const window of windows) {
    const id = windowIdOf(window);
    const was = known[id];
    const { told, hooks: said } = was === undefined ? begin(window, moment) : alter(was, window, moment);
    next[id] = told;
    hooks.push(...said);
  }
  for (const [id, told] of Object.entries(known)) if (!(id in next)) hooks.push(...takeOut(told, moment));
  return { windows: next, hooks };
}

interface One {
  readonly told: ToldWindow;
  readonly hooks: readonly MaintenanceHook[];
}

/** A window that was over before anybody heard of it is not worth a word. */
function begin(window: QuietWindow, moment: Moment): One {
  const occurrence = spanFrom(window.times, moment.at);
  if (occurrence === undefined) return { told: { window }, hooks: [] };
  const started = startNow(window, moment);
  return {
    told: { window, running: started?.occurrence },
    hooks: [
      { type: 'Created', window, ...moment, occurrence: started?.occurrence ?? occurrence },
      ...(started === undefined ? [] : [started]),
    ],
  };
}

function alter(was: ToldWindow, window: QuietWindow, moment: Moment): One {
  const before = was.window;
  const { at } = moment;
  if (JSON.stringify(before) === JSON.stringify(window)) return { told: was, hooks: [] };
  if (isPast(was, at) && isPast({ window }, at)) return { told: { window }, hooks: [] };
  const changed = { type: 'Changed', window, ...moment, before } as const;
  const running = goingOn(was, window, at);
  if (running !== undefined)
    return { told: { window, running }, hooks: [{ ...changed, occurrence: running }] };
  const started = startNow(window, moment);
  const occurrence = started?.occurrence ?? spanFrom(window.times, at);
  return {
    told: { window, running: started?.occurrence },
    hooks: [
      { ...changed, occurrence },
      ...cutShort({ ...was, window }, moment),
      ...(started === undefined ? [] : [started]),
    ],
  };
}

/** The silence that is on and that a changed window goes on with, until its new end. */
function goingOn({ running }: ToldWindow, window: QuietWindow, at: Instant): TimeSpan | undefined {
  const on = running === undefined ? undefined : spanAt(window.times, at);
  return running === undefined || on === undefined ? undefined : { from: running.from, until: on.until };
}

const isPast = ({ window, running }: ToldWindow, at: Instant): boolean =>
  running === undefined && spanFrom(window.times, at) === undefined;

/** What will not come again is cancelled; a last stretch that is cut short has ended, and that says it. */
function takeOut(told: ToldWindow, moment: Moment): MaintenanceHook[] {
  const { window, running } = told;
  const comes = spanFrom(window.times, running?.until ?? moment.at) !== undefined;
  return [...cutShort(told, moment), ...(comes ? [{ type: 'Cancelled', window, ...moment } as const] : [])];
}

function startNow(
  window: QuietWindow,
  moment: Moment,
): Extract<MaintenanceHook, { type: 'Started' }> | undefined {
  const on = spanAt(window.times, moment.at);
  if (on === undefined) return undefined;
  return { type: 'Started', window, ...moment, occurrence: { from: moment.at, until: on.until } };
}

const cutShort = ({ window, running }: ToldWindow, moment: Moment): MaintenanceHook[] =>
  running === undefined
    ? []
    : [
        {
          ...{ type: 'Ended', window, ...moment, early: true },
          occurrence: { from: running.from, until: moment.at },
        } as const,
      ];
