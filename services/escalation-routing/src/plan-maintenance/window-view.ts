import { type Instant, isoOf, type MaintenanceView } from '@tocsin/contracts';
import { type QuietWindow, spanFrom } from '@tocsin/rules';
import type { RecordedWindow } from '../quiet-window.store.js';

const iso = (at: Instant | undefined): string | undefined => (at === undefined ? undefined : isoOf(at));

/** A window made at run time as the API shows it. */
export function recordedView(window: RecordedWindow, now: Instant): MaintenanceView {
  const { id, name, scope, safety, from, until, recordedAt, recordedBy, reason } = window;
  return {
    ...{ id, name, origin: 'run-time', state: stateOf(window, now), ...scope, safety },
    ...{ from: isoOf(from), until: isoOf(until), recordedAt: isoOf(recordedAt), recordedBy, reason },
    ...{ endedAt: iso(window.endedAt), endedBy: window.endedBy },
    ...{ cancelledAt: iso(window.cancelledAt), cancelledBy: window.cancelledBy },
  };
}

export function stateOf(window: RecordedWindow, now: Instant): MaintenanceView['state'] {
  if (window.cancelledAt !== undefined) return 'cancelled';
  if (window.endedAt !== undefined || window.until <= now) return 'ended';
  return window.from <= now ? 'active' : 'planned';
}

/** A window of the config: the stretch that it is in, else the next one. */
export function configView({ name, scope, safety, times }: QuietWindow, now: Instant): MaintenanceView {
  const span = spanFrom(times, now);
  const state = span === undefined ? 'ended' : span.from <= now ? 'active' : 'planned';
  return {
    ...{ name, origin: 'config', state, ...scope, safety },
    ...{ from: iso(span?.from), until: iso(span?.until) },
  };
}
