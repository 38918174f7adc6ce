import {
  type Instant,
  isoOf,
  type MaintenanceCause,
  type MaintenanceEvent,
  type MaintenanceOccurrence,
  type MaintenanceWindowFacts,
} from '@tocsin/contracts';
import type { TimeSpan } from '../../on-call/on-call-shift.js';
import type { QuietWindow } from '../quiet-window.js';
import { windowIdOf } from './told-windows.js';

/** Something that became of a window. */
export type MaintenanceHook = {
  readonly window: QuietWindow;
  readonly at: Instant;
  readonly cause: MaintenanceCause;
} & (
  | { readonly type: 'Created'; readonly occurrence?: TimeSpan | undefined }
  | { readonly type: 'Started'; readonly occurrence: TimeSpan }
  | { readonly type: 'Ended'; readonly occurrence: TimeSpan; readonly early: boolean }
  | { readonly type: 'Changed'; readonly before: QuietWindow; readonly occurrence?: TimeSpan | undefined }
  | { readonly type: 'Cancelled' }
);

/** Milliseconds after which what is told counts as late. */
const LATE_MS = 60_000;

/** The event that tells of it; its id is the same whoever tells, and however often. */
export function maintenanceEventOf(hook: MaintenanceHook, tenant: string, toldAt: Instant): MaintenanceEvent {
  const { window, at, cause } = hook;
  const told = {
    ...{ tenant, id: `${tenant}/${windowIdOf(window)}/${whatHappened(hook)}`, window: factsOf(window) },
    ...{ at: isoOf(at), late: toldAt - at > LATE_MS, cause },
  };
  switch (hook.type) {
    case 'Created':
      return { type: 'MaintenanceCreated', ...told, ...occurrenceIn(hook) };
    case 'Started':
      return { type: 'MaintenanceStarted', ...told, occurrence: occurrenceOf(window, hook.occurrence) };
    case 'Ended':
      return {
        ...{ type: 'MaintenanceEnded', ...told },
        ...{ occurrence: occurrenceOf(window, hook.occurrence), early: hook.early },
      };
    case 'Changed':
      return { type: 'MaintenanceChanged', ...told, before: factsOf(hook.before), ...occurrenceIn(hook) };
    case 'Cancelled':
      return { type: 'MaintenanceCancelled', ...told };
  }
}

/** What happened, and to which occurrence or by which revision. A person does each of it to a window once. */
function whatHappened(hook: MaintenanceHook): string {
  const what = hook.type.toLowerCase();
  if (hook.type === 'Started' || hook.type === 'Ended') return `${what}/${isoOf(hook.occurrence.from)}`;
  return hook.cause.kind === 'config' ? `${what}/revision-${hook.cause.revision}` : what;
}

const occurrenceIn = (hook: {
  readonly window: QuietWindow;
  readonly occurrence?: TimeSpan | undefined;
}): { occurrence?: MaintenanceOccurrence } =>
  hook.occurrence === undefined ? {} : { occurrence: occurrenceOf(hook.window, hook.occurrence) };

const occurrenceOf = (window: QuietWindow, { from, until }: TimeSpan): MaintenanceOccurrence => ({
  id: `${windowIdOf(window)}@${isoOf(from)}`,
  from: isoOf(from),
  until: isoOf(until),
});

function factsOf(window: QuietWindow): MaintenanceWindowFacts {
  const { name, scope, safety, times, id } = window;
  return {
    ...{ id: windowIdOf(window), name, origin: id === undefined ? 'config' : 'run-time', scope, safety },
    times:
      times.kind === 'once'
        ? { kind: 'once', from: isoOf(times.from), until: isoOf(times.until) }
        : { ...times, days: [...times.days] },
  };
}
